import { remembered } from '../core/remembered.ts';
import { plainName, remarkOnName } from './names.ts';
import type { ReadingHints } from './reader.ts';

const part = /^[([（](?:발표자?|조장|팀장|방장|리더|스터디장|스터디 리더|leader|host|presenter)[)\]）]$/iu;

/** A name in a table, plain but for words in brackets, which may tell two people apart; only a part such as (발표) is none. */
export const nameInTable = remembered((written: string): string => {
  const plain = plainName(written);
  const remark = remarkOnName(written);
  return remark === '' || plain.endsWith(remark) || part.test(remark) ? plain : `${plain} ${remark}`;
});

function keyOf(name: string): string {
  return nameInTable(name).toLowerCase().replace(/\s/gu, '');
}

/** The member that a name as written stands for; null where a list of members has nobody of that name. */
export type MemberNames = (written: string) => string | null;

/** How names are understood, given what a person says of them. */
export function memberNames({ members, aliases = {} }: ReadingHints): MemberNames {
  const known = new Map(Object.entries(aliases).map(([written, name]) => [keyOf(written), name]));
  for (const name of members ?? []) known.set(keyOf(name), name);
  if (known.size === 0) return members ? () => null : nameInTable;
  return (written) => known.get(keyOf(written)) ?? (members ? null : nameInTable(written));
}
