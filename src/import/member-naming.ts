import { maybeName } from './name-shapes.ts';
import { plainName } from './names.ts';
import type { ReadingHints } from './reader.ts';

/** How members are called, as far as a person said so. */
export interface MemberNaming {
  /** null where nobody said who is a member. */
  known: ReadonlySet<string> | null;
  /** The name of who is called so: by another name of theirs, else plain. */
  nameOf(written: string): string;
  /** Whether it is a member's name, or may be where nobody said who is one. */
  isName(written: string): boolean;
}

/** The names of members, and other names of theirs. */
export function memberNaming({ members, aliases = {} }: ReadingHints): MemberNaming {
  const known = members ? new Set(members.map(plainName)) : null;
  const others = new Map(Object.entries(aliases).map(([other, name]) => [plainName(other), plainName(name)]));
  const nameOf = (written: string) => {
    const plain = plainName(written);
    return others.get(plain) ?? plain;
  };
  return {
    known,
    nameOf,
    isName: (written) => (known ? known.has(nameOf(written)) : maybeName(written)),
  };
}

/** A name as written, or another name of that member; so that two who differ in what stands around it stay apart. */
export function asWritten(written: string, { nameOf }: MemberNaming): string {
  const name = nameOf(written);
  return plainName(written) === name ? written : name;
}
