import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Awaitable } from '../../src/core/awaitable.ts';
import type { GroupStore } from '../../src/store/group-store.ts';

/** What every store of groups must do, whatever it is made of. */
export function describeGroups(name: string, open: () => Awaitable<GroupStore>): void {
  describe(name, () => {
    let store: GroupStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('has none at first', async () => {
      expect(await store.groups()).toEqual([]);
      expect(await store.groupOfToken('hash')).toBeNull();
    });

    it('adds groups, with a token or without', async () => {
      const one = await store.addGroup('one', 'hash-1');
      const two = await store.addGroup(`둘 "2" '; DROP SCHEMA answer_grader --`, null);
      expect(one).toEqual({ id: one?.id, name: 'one', createdAt: one?.createdAt, hasToken: true });
      expect(new Date(one?.createdAt ?? '').toISOString()).toBe(one?.createdAt);
      expect(two).toMatchObject({ name: `둘 "2" '; DROP SCHEMA answer_grader --`, hasToken: false });
      expect(two?.id).toBeGreaterThan(one?.id ?? 0);
      expect(await store.groups()).toEqual([one, two]);
    });

    it('adds no group of a name that is known', async () => {
      const one = await store.addGroup('one', 'hash-1');
      expect(await store.addGroup('one', 'hash-2')).toBeNull();
      expect(await store.groups()).toEqual([one]);
      expect(await store.groupOfToken('hash-2')).toBeNull();
    });

    it('gives a name to one of several who ask at the same moment', async () => {
      const asked = await Promise.all(['a', 'b', 'c'].map(async (hash) => store.addGroup('one', hash)));
      const added = asked.filter((group) => group !== null);
      expect(added).toHaveLength(1);
      expect(await store.groups()).toEqual(added);
    });

    it('tells whose a token is', async () => {
      const one = await store.addGroup('one', 'hash-1');
      const two = await store.addGroup('two', 'hash-2');
      await store.addGroup('three', null);
      expect(await store.groupOfToken('hash-1')).toEqual(one);
      expect(await store.groupOfToken('hash-2')).toEqual(two);
      for (const hash of ['hash-3', '', 'HASH-1', 'hash-1 ', 'null'])
        expect(await store.groupOfToken(hash)).toBeNull();
    });

    it('takes another token in place of the one before', async () => {
      const one = await store.addGroup('one', 'hash-1');
      await store.addGroup('two', null);
      expect(await store.setToken('one', 'hash-2')).toBe(true);
      expect(await store.groupOfToken('hash-1')).toBeNull();
      expect(await store.groupOfToken('hash-2')).toEqual(one);
      expect(await store.setToken('two', 'hash-1')).toBe(true);
      expect(await store.groupOfToken('hash-1')).toMatchObject({ name: 'two', hasToken: true });
    });

    it('closes a group to the network, whose token is nobody’s then', async () => {
      await store.addGroup('one', 'hash-1');
      expect(await store.setToken('one', null)).toBe(true);
      expect(await store.groupOfToken('hash-1')).toBeNull();
      expect(await store.groups()).toMatchObject([{ name: 'one', hasToken: false }]);
    });

    it('gives no token to a group that is not there', async () => {
      expect(await store.setToken('one', 'hash-1')).toBe(false);
      expect(await store.groups()).toEqual([]);
    });
  });
}
