import { ConfigError } from '../core/errors.ts';
import { foldText } from '../core/fold.ts';
import type { Group, GroupStore } from '../store/group-store.ts';
import { hashOfToken, newToken } from './group-tokens.ts';

/** Opens the groups of a PostgreSQL database. @param address with user and password, as PostgreSQL writes it */
export type OpenGroups = (address: string) => Promise<GroupStore>;

function unknownGroup(name: string): ConfigError {
  return new ConfigError({
    ko: `"${name}" 그룹이 없습니다. 있는 그룹은 "group list"로 볼 수 있습니다.`,
    en: `there is no group "${name}"; "group list" shows those there are.`,
  });
}

function nameTaken(name: string): ConfigError {
  return new ConfigError({
    ko: `"${name}" 그룹이 이미 있습니다. 다른 이름을 쓰거나, 새 토큰이 필요하면 "group rotate"를 쓰세요.`,
    en: `there is a group "${name}" already; choose another name or, for a new token, use "group rotate".`,
  });
}

/**
 * Whether everybody needs a group's token: also where all of them were taken away, since then nobody may come in, and
 * not everybody.
 */
export function needsGroupTokens(groups: readonly Group[]): boolean {
  return groups.some(({ name, hasToken }) => name !== 'default' || hasToken);
}

/**
 * Adds a group with a token of its own.
 * @returns the group and its token, which is kept nowhere
 * @throws ConfigError where the name is taken, or one that a person would take for the same
 */
export async function addGroup(name: string, store: GroupStore): Promise<{ group: Group; token: string }> {
  const alike = (await store.groups()).find((group) => foldText(group.name) === foldText(name));
  if (alike) throw nameTaken(alike.name);
  const token = newToken();
  const group = await store.addGroup(name, hashOfToken(token));
  if (!group) throw nameTaken(name);
  return { group, token };
}

/**
 * Gives a group a new token; the old one, where it had one, and every login made with it are nobody's from then on.
 * @returns the token, which is kept nowhere
 * @throws ConfigError where there is no such group
 */
export async function rotateToken(name: string, store: GroupStore): Promise<string> {
  const token = newToken();
  if (!(await store.setToken(name, hashOfToken(token)))) throw unknownGroup(name);
  return token;
}

/**
 * Closes a group to the network; what it has graded stays.
 * @throws ConfigError where there is no such group
 */
export async function disableGroup(name: string, store: GroupStore): Promise<void> {
  if (!(await store.setToken(name, null))) throw unknownGroup(name);
}
