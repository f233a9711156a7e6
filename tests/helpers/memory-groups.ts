import type { AtOnce } from '../../src/core/awaitable.ts';
import type { Group, GroupStore } from '../../src/store/group-store.ts';

/** Adapter: groups that are known as long as the process lives. */
export function createMemoryGroups(now: () => Date = () => new Date()): AtOnce<GroupStore> {
  const groups: (Omit<Group, 'hasToken'> & { tokenHash: string | null })[] = [];
  const shown = ({ id, name, createdAt, tokenHash }: (typeof groups)[number]): Group => ({
    id,
    name,
    createdAt,
    hasToken: tokenHash !== null,
  });
  return {
    addGroup(name, tokenHash) {
      if (groups.some((group) => group.name === name)) return null;
      const group = { id: groups.length + 1, name, createdAt: now().toISOString(), tokenHash };
      groups.push(group);
      return shown(group);
    },
    groups: () => groups.map(shown),
    setToken(name, tokenHash) {
      const group = groups.find((known) => known.name === name);
      if (group) group.tokenHash = tokenHash;
      return group !== undefined;
    },
    groupOfToken(tokenHash) {
      const group = groups.find((known) => known.tokenHash === tokenHash);
      return group ? shown(group) : null;
    },
    close: () => {},
  };
}
