import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { newRunName } from '../../src/store/run-life.ts';
import type { GradeStore } from '../../src/store/store.ts';

const now = Date.parse('2026-11-01T00:00:00.000Z');
const minute = 60_000;
/** Names of runs that are no process of this machine. */
const [one, other, third] = ['run one', 'run.two', '3'];

async function isGiven(store: GradeStore, key: string, run: string, at: number): Promise<boolean> {
  return (await store.claimReplies([key], run, at)).has(key);
}

/** What every store must do with claims, whatever it is made of. */
export function describeClaims(open: () => GradeStore): void {
  describe('claims', () => {
    it('are given to the first of several runs, and once', async () => {
      const store = open();
      await store.beat(one, now);
      await store.beat(other, now);
      expect(await isGiven(store, 'key', one, now)).toBe(true);
      expect(await isGiven(store, 'key', other, now)).toBe(false);
      expect(await isGiven(store, 'key', one, now)).toBe(false);
      expect(await isGiven(store, 'another', other, now)).toBe(true);
    });

    it('are given out of many as far as they are free', async () => {
      const store = open();
      await store.beat(one, now);
      await store.beat(other, now);
      expect(await store.claimReplies(['a', 'b'], one, now)).toEqual(new Set(['a', 'b']));
      expect(await store.claimReplies(['b', 'c', 'a', 'd'], other, now)).toEqual(new Set(['c', 'd']));
      expect(await store.claimReplies([], one, now)).toEqual(new Set());
      await store.releaseReplies(['a', 'b', 'c'], one);
      expect(await store.claimReplies(['a', 'b', 'c', 'd'], third, now)).toEqual(new Set(['a', 'b']));
    });

    it('can be had again when they were given back', async () => {
      const store = open();
      await store.beat(one, now);
      await store.claimReplies(['key'], one, now);
      await store.releaseReplies(['key'], one);
      expect(await isGiven(store, 'key', other, now)).toBe(true);
    });

    it('cannot be given back by others', async () => {
      const store = open();
      await store.beat(one, now);
      await store.claimReplies(['key'], one, now);
      await store.releaseReplies(['key'], other);
      await store.releaseReplies(['unclaimed'], other);
      expect(await isGiven(store, 'key', other, now)).toBe(false);
    });

    it('do not end with a reply, but with their return', async () => {
      const store = open();
      await store.beat(one, now);
      await store.claimReplies(['key'], one, now);
      await store.keepReplies([['key', 'reply']]);
      expect(await isGiven(store, 'key', other, now)).toBe(false);
    });

    it('last as long as their run shows that it is alive', async () => {
      const store = open();
      await store.beat(one, now);
      await store.claimReplies(['key'], one, now);
      for (let later = now; later < now + minute; later += 1000) {
        await store.beat(one, later);
        expect(await isGiven(store, 'key', other, later + 900)).toBe(false);
      }
    });

    it.each([
      ['has long been silent', now + minute],
      ['was last heard in the future, before the clock was set back', now - minute],
    ])('of a run that %s are taken over, by one', async (_name, later) => {
      const store = open();
      await store.beat(one, now);
      await store.claimReplies(['key'], one, now);
      await store.beat(other, later);
      expect(await isGiven(store, 'key', other, later)).toBe(true);
      expect(await isGiven(store, 'key', one, later)).toBe(false);
      await store.releaseReplies(['key'], one);
      expect(await isGiven(store, 'key', third, later)).toBe(false);
    });

    it('of a run that never showed that it is alive are taken over', async () => {
      const store = open();
      await store.claimReplies(['key'], one, now);
      expect(await isGiven(store, 'key', other, now)).toBe(true);
    });

    it('of a process of this machine that has ended are taken over at once', async () => {
      const store = open();
      const ended = newRunName(spawnSync(process.execPath, ['-e', '0']).pid);
      await store.beat(ended, now);
      await store.claimReplies(['key'], ended, now);
      expect(await isGiven(store, 'key', other, now)).toBe(true);
    });

    it('of a process of this machine that is there are respected', async () => {
      const store = open();
      const running = newRunName();
      await store.beat(running, now);
      await store.claimReplies(['key'], running, now);
      expect(await isGiven(store, 'key', newRunName(), now)).toBe(false);
    });

    it('of several dead runs are all free', async () => {
      const store = open();
      const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
      for (const [index, key] of keys.entries()) {
        await store.beat(`dead ${index % 3}`, now);
        await store.claimReplies([key], `dead ${index % 3}`, now);
      }
      await store.beat(other, now + minute);
      expect([...(await store.claimReplies(keys, other, now + minute))]).toEqual(keys);
    });
  });
}
