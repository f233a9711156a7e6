import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { newRunName } from '../../src/store/run-life.ts';
import type { GradeStore } from '../../src/store/store.ts';

const now = Date.parse('2026-11-01T00:00:00.000Z');
const minute = 60_000;
/** Names of runs that are no process of this machine. */
const [one, other, third] = ['run one', 'run.two', '3'];

function isGiven(store: GradeStore, key: string, run: string, at: number): boolean {
  return store.claimReplies([key], run, at).has(key);
}

/** What every store must do with claims, whatever it is made of. */
export function describeClaims(open: () => GradeStore): void {
  describe('claims', () => {
    it('are given to the first of several runs, and once', () => {
      const store = open();
      store.beat(one, now);
      store.beat(other, now);
      expect(isGiven(store, 'key', one, now)).toBe(true);
      expect(isGiven(store, 'key', other, now)).toBe(false);
      expect(isGiven(store, 'key', one, now)).toBe(false);
      expect(isGiven(store, 'another', other, now)).toBe(true);
    });

    it('are given out of many as far as they are free', () => {
      const store = open();
      store.beat(one, now);
      store.beat(other, now);
      expect(store.claimReplies(['a', 'b'], one, now)).toEqual(new Set(['a', 'b']));
      expect(store.claimReplies(['b', 'c', 'a', 'd'], other, now)).toEqual(new Set(['c', 'd']));
      expect(store.claimReplies([], one, now)).toEqual(new Set());
      store.releaseReplies(['a', 'b', 'c'], one);
      expect(store.claimReplies(['a', 'b', 'c', 'd'], third, now)).toEqual(new Set(['a', 'b']));
    });

    it('can be had again when they were given back', () => {
      const store = open();
      store.beat(one, now);
      store.claimReplies(['key'], one, now);
      store.releaseReplies(['key'], one);
      expect(isGiven(store, 'key', other, now)).toBe(true);
    });

    it('cannot be given back by others', () => {
      const store = open();
      store.beat(one, now);
      store.claimReplies(['key'], one, now);
      store.releaseReplies(['key'], other);
      store.releaseReplies(['unclaimed'], other);
      expect(isGiven(store, 'key', other, now)).toBe(false);
    });

    it('do not end with a reply, but with their return', () => {
      const store = open();
      store.beat(one, now);
      store.claimReplies(['key'], one, now);
      store.keepReplies([['key', 'reply']]);
      expect(isGiven(store, 'key', other, now)).toBe(false);
    });

    it('last as long as their run shows that it is alive', () => {
      const store = open();
      store.beat(one, now);
      store.claimReplies(['key'], one, now);
      for (let later = now; later < now + minute; later += 1000) {
        store.beat(one, later);
        expect(isGiven(store, 'key', other, later + 900)).toBe(false);
      }
    });

    it.each([
      ['has long been silent', now + minute],
      ['was last heard in the future, before the clock was set back', now - minute],
    ])('of a run that %s are taken over, by one', (_name, later) => {
      const store = open();
      store.beat(one, now);
      store.claimReplies(['key'], one, now);
      store.beat(other, later);
      expect(isGiven(store, 'key', other, later)).toBe(true);
      expect(isGiven(store, 'key', one, later)).toBe(false);
      store.releaseReplies(['key'], one);
      expect(isGiven(store, 'key', third, later)).toBe(false);
    });

    it('of a run that never showed that it is alive are taken over', () => {
      const store = open();
      store.claimReplies(['key'], one, now);
      expect(isGiven(store, 'key', other, now)).toBe(true);
    });

    it('of a process of this machine that has ended are taken over at once', () => {
      const store = open();
      const ended = newRunName(spawnSync(process.execPath, ['-e', '0']).pid);
      store.beat(ended, now);
      store.claimReplies(['key'], ended, now);
      expect(isGiven(store, 'key', other, now)).toBe(true);
    });

    it('of a process of this machine that is there are respected', () => {
      const store = open();
      const running = newRunName();
      store.beat(running, now);
      store.claimReplies(['key'], running, now);
      expect(isGiven(store, 'key', newRunName(), now)).toBe(false);
    });

    it('of several dead runs are all free', () => {
      const store = open();
      const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
      for (const [index, key] of keys.entries()) {
        store.beat(`dead ${index % 3}`, now);
        store.claimReplies([key], `dead ${index % 3}`, now);
      }
      store.beat(other, now + minute);
      expect([...store.claimReplies(keys, other, now + minute)]).toEqual(keys);
    });
  });
}
