import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AtOnce } from '../../src/core/awaitable.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import {
  createReplyClaims,
  type ReplyClaims,
  type ReplyClaimsOptions,
} from '../../src/models/reply-claims.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { handClock } from '../helpers/hand-clock.ts';
import { later, scheduled, settleLater } from '../helpers/later.ts';

const clocks = () => ({ clock: handClock(), control: createRunControl() });

/** Turns a clock and lets everything happen that is due then. */
async function pass({ clock }: ReturnType<typeof clocks>, ms = 500): Promise<void> {
  clock.tick(ms);
  await settleLater();
}

/** Whether a promise has been kept by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await settleLater();
  return done;
}

type Store = ReplyClaimsOptions['store'];

function claimsOf(run: string, { clock, control }: ReturnType<typeof clocks>, store: Store): ReplyClaims {
  return createReplyClaims({ store, run, stopped: control.stopped, ...clock.options });
}

describe.each([
  { kind: 'at once', asKind: (store: AtOnce<Store>): Store => store },
  { kind: 'later', asKind: (store: AtOnce<Store>): Store => later(store) },
])('with a store that answers $kind', ({ asKind }) => {
  function claimsOn(run: string, own = clocks(), store: AtOnce<Store> = createMemoryStore()): ReplyClaims {
    return claimsOf(run, own, asKind(store));
  }

  describe('a claim', () => {
    it('that nobody has is there at once', async () => {
      const claims = claimsOn('one');
      expect(await isDone(claims.take('key'))).toBe(true);
    });

    it('of another run is waited for until it is given back', async () => {
      const [shared, store] = [clocks(), createMemoryStore()];
      const [one, other] = [claimsOn('one', shared, store), claimsOn('other', shared, store)];
      await one.take('key');
      const waiting = other.take('key');
      await pass(shared);
      expect(await isDone(waiting)).toBe(false);
      await one.giveBack('key');
      await pass(shared);
      expect(await isDone(waiting)).toBe(true);
    });

    it('tells once that others are waited for, and again when they are waited for again', async () => {
      const [shared, store] = [clocks(), createMemoryStore()];
      const told: number[] = [];
      const one = claimsOn('one', shared, store);
      const other = createReplyClaims({
        store: asKind(store),
        run: 'other',
        stopped: shared.control.stopped,
        ...shared.clock.options,
        onWait: (requests) => told.push(requests),
      });
      for (const round of ['first', 'second']) {
        await Promise.all([one.take(`${round} a`), one.take(`${round} b`)]);
        const waiting = Promise.all([other.take(`${round} a`), other.take(`${round} b`)]);
        await settleLater();
        await pass(shared);
        await pass(shared);
        expect(told).toEqual(round === 'first' ? [2] : [2, 2]);
        await one.giveBack(`${round} a`);
        await one.giveBack(`${round} b`);
        await pass(shared);
        await pass(shared);
        await waiting;
      }
    });

    it('goes to one of those who wait for it', async () => {
      const [shared, store] = [clocks(), createMemoryStore()];
      const claims = ['one', 'two', 'three'].map((run) => claimsOn(run, shared, store));
      const taken = claims.map((each) => each.take('key'));
      const counts: number[] = [];
      for (const each of claims) {
        await pass(shared);
        const done = await Promise.all(taken.map(isDone));
        counts.push(done.filter(Boolean).length);
        await each.giveBack('key');
      }
      expect(counts).toEqual([1, 2, 3]);
    });

    it('is written together with those that are wanted at the same moment, and so is its return', async () => {
      const [mine, store] = [clocks(), createMemoryStore()];
      const written: string[] = [];
      const watched = {
        ...store,
        claimReplies: (keys: readonly string[], run: string, now: number) => {
          written.push(`claim ${keys.join()}`);
          return store.claimReplies(keys, run, now);
        },
        releaseReplies: (keys: readonly string[], run: string) => {
          written.push(`release ${keys.join()}`);
          store.releaseReplies(keys, run);
        },
      };
      const claims = claimsOn('one', mine, watched);
      await Promise.all(['a', 'b', 'c', 'd'].map((key) => claims.take(key)));
      await Promise.all([claims.giveBack('a'), claims.giveBack('b')]);
      expect(written).toEqual(['claim a,b,c,d']);
      await pass(mine);
      await Promise.all([claims.giveBack('c'), claims.giveBack('d')]);
      expect(written).toEqual(['claim a,b,c,d', 'release a,b', 'release c,d']);
    });

    it('that was just given back is there for this run at once', async () => {
      const claims = claimsOn('one');
      await claims.take('other');
      await claims.take('key');
      void claims.giveBack('key');
      let done = false;
      void claims.take('key').then(() => {
        done = true;
      });
      await Promise.resolve();
      expect(done).toBe(true);
    });

    it('that is wanted twice by one run is there for one of them at a time', async () => {
      const mine = clocks();
      const claims = claimsOn('one', mine);
      const [first, second] = [claims.take('key'), claims.take('key')];
      expect([await isDone(first), await isDone(second)]).toEqual([true, false]);
      await claims.giveBack('key');
      await pass(mine);
      expect(await isDone(second)).toBe(true);
    });

    it('of a run that falls silent is taken over', async () => {
      const [mine, yours, store] = [clocks(), clocks(), createMemoryStore()];
      await claimsOn('one', mine, store).take('key');
      const waiting = claimsOn('other', yours, store).take('key');
      const silence: boolean[] = [];
      for (let second = 1; second <= 20; second += 1) {
        await pass(yours, 1000);
        silence.push(await isDone(waiting));
      }
      expect([silence.indexOf(true) >= 5, silence.at(-1)]).toEqual([true, true]);
    });

    it('is not taken over right after a sleep of the machine, when the others had no time to say a word', async () => {
      const [mine, yours, store] = [clocks(), clocks(), createMemoryStore()];
      await claimsOn('one', mine, store).take('key');
      const waiting = claimsOn('other', yours, store).take('key');
      await settleLater();
      const night = 8 * 3_600_000;
      await pass(yours, night);
      expect(await isDone(waiting)).toBe(false);
      await pass(mine, night);
      await pass(yours);
      expect(await isDone(waiting)).toBe(false);
    });
  });

  describe('a run', () => {
    it('shows that it is alive before its first claim and as long as it has or wants one', async () => {
      const [mine, yours, store] = [clocks(), clocks(), createMemoryStore()];
      const beats: string[] = [];
      const watched = {
        ...store,
        beat: (run: string, now: number) => {
          beats.push(run);
          store.beat(run, now);
        },
      };
      const [one, other] = [claimsOn('one', mine, watched), claimsOn('other', yours, watched)];
      await one.take('key');
      expect(beats).toEqual(['one']);
      const waiting = other.take('key');
      await settleLater();
      await pass(mine);
      await pass(yours);
      expect(beats).toEqual(['one', 'other', 'one', 'other']);
      await one.giveBack('key');
      expect([mine.clock.isTicking(), yours.clock.isTicking()]).toEqual([false, true]);
      await pass(yours);
      await waiting;
      expect(yours.clock.isTicking()).toBe(true);
      await other.giveBack('key');
      expect(yours.clock.isTicking()).toBe(false);
    });

    it('that is stopped waits for nothing, and still gives back what it has', async () => {
      const [shared, store] = [clocks(), createMemoryStore()];
      const stopped = clocks();
      const [one, other] = [claimsOn('one', shared, store), claimsOn('other', stopped, store)];
      await one.take('key');
      await other.take('own');
      const waiting = other.take('key');
      await settleLater();
      stopped.control.stop();
      await expect(waiting).rejects.toMatchObject({ failure: 'aborted' });
      await expect(other.take('key')).rejects.toMatchObject({ failure: 'aborted' });
      await other.giveBack('own');
      expect(stopped.clock.isTicking()).toBe(false);
      expect(store.claimReplies(['own'], 'three', stopped.clock.options.now())).toEqual(new Set(['own']));
    });

    it('gets to know while it waits that the database fails', async () => {
      const [mine, yours, store] = [clocks(), clocks(), createMemoryStore()];
      await claimsOn('one', mine, store).take('key');
      const full = new Error('disk full');
      let isFull = false;
      const filling = {
        ...store,
        beat: (run: string, now: number) => {
          if (isFull) throw full;
          store.beat(run, now);
        },
      };
      const other = claimsOn('other', yours, filling);
      await other.take('own');
      const waiting = other.take('key');
      await settleLater();
      isFull = true;
      yours.clock.tick(500);
      await expect(waiting).rejects.toBe(full);
      // What is in flight may still come back.
      expect(yours.clock.isTicking()).toBe(true);
      await pass(yours);
      await other.giveBack('own');
      expect(yours.clock.isTicking()).toBe(false);
    });

    it('lets the outcome of a request count, not that its claim could not be given back', async () => {
      const mine = clocks();
      const store = {
        ...createMemoryStore(),
        releaseReplies: () => {
          throw new Error('disk full');
        },
      };
      const claims = claimsOn('one', mine, store);
      await claims.take('key');
      await claims.giveBack('key');
      expect(mine.clock.isTicking()).toBe(false);
    });

    it('tells the store again what it gave back when the store failed the first time', async () => {
      const [mine, yours, store] = [clocks(), clocks(), createMemoryStore()];
      let isAway = false;
      const failing = {
        ...store,
        releaseReplies: (keys: readonly string[], run: string) => {
          if (isAway) throw new Error('the database is away');
          store.releaseReplies(keys, run);
        },
      };
      const one = claimsOn('one', mine, failing);
      await Promise.all([one.take('key'), one.take('own')]);
      const waiting = claimsOn('other', yours, store).take('key');
      await one.giveBack('key');
      isAway = true;
      await pass(mine);
      await pass(yours);
      expect(await isDone(waiting)).toBe(false);
      isAway = false;
      await pass(mine);
      await pass(yours);
      expect(await isDone(waiting)).toBe(true);
    });

    it('keeps what it got when the store had failed to take it back before', async () => {
      const [mine, store] = [clocks(), createMemoryStore()];
      let isAway = true;
      const failing = {
        ...store,
        // The store did it, and failed to say so.
        releaseReplies: (keys: readonly string[], run: string) => {
          store.releaseReplies(keys, run);
          if (isAway) throw new Error('the connection is gone');
        },
      };
      const one = claimsOn('one', mine, failing);
      await Promise.all([one.take('key'), one.take('own')]);
      await one.giveBack('key');
      await pass(mine);
      await one.take('key');
      isAway = false;
      await pass(mine);
      expect(store.claimReplies(['key'], 'other', mine.clock.options.now())).toEqual(new Set());
    });
  });
});

describe('with a store that takes its time', () => {
  /** A store whose calls of one kind end when the test says so. */
  function held<Name extends keyof Store>(name: Name, store = createMemoryStore()) {
    const calls: (() => void)[] = [];
    const slow = {
      ...store,
      [name]: async (...given: Parameters<Store[Name]>) => {
        const { promise, resolve } = Promise.withResolvers<void>();
        calls.push(resolve);
        const result = (store[name] as (...all: typeof given) => unknown)(...given);
        await promise;
        return result;
      },
    };
    return { calls, store: slow as Store, whole: store };
  }

  it('a run beats again only once the beat before has arrived', async () => {
    const mine = clocks();
    const { calls, store } = held('beat');
    const claims = claimsOf('one', mine, store);
    const taken = claims.take('key');
    await settleLater();
    expect(calls).toHaveLength(1);
    calls[0]?.();
    await taken;
    for (let round = 0; round < 3; round += 1) await pass(mine);
    expect(calls).toHaveLength(2);
    calls[1]?.();
    await settleLater();
    expect(calls).toHaveLength(2);
    await pass(mine);
    expect(calls).toHaveLength(3);
    calls[2]?.();
    await claims.giveBack('key');
  });

  it('a claim that comes when nobody waits for it any more is given back', async () => {
    const mine = clocks();
    const { calls, store, whole } = held('claimReplies');
    const taken = claimsOf('one', mine, store).take('key');
    await settleLater();
    mine.control.stop();
    await expect(taken).rejects.toMatchObject({ failure: 'aborted' });
    whole.beat('other', mine.clock.options.now());
    expect(whole.claimReplies(['key'], 'other', mine.clock.options.now())).toEqual(new Set());
    calls[0]?.();
    await settleLater();
    expect(whole.claimReplies(['key'], 'other', mine.clock.options.now())).toEqual(new Set(['key']));
    expect(mine.clock.isTicking()).toBe(false);
  });

  it('nothing is claimed for those who went away before their turn', async () => {
    const mine = clocks();
    const claimed: string[] = [];
    const whole = createMemoryStore();
    const { calls, store } = held('beat', {
      ...whole,
      claimReplies: (keys, run, now) => {
        claimed.push(...keys);
        return whole.claimReplies(keys, run, now);
      },
    });
    const taken = claimsOf('one', mine, store).take('key');
    await settleLater();
    mine.control.stop();
    await expect(taken).rejects.toMatchObject({ failure: 'aborted' });
    calls[0]?.();
    await settleLater();
    expect(claimed).toEqual([]);
    expect(mine.clock.isTicking()).toBe(false);
  });

  it('the last claim of a run has been given back when that is said, and is claimed anew afterwards', async () => {
    const [mine, yours] = [clocks(), clocks()];
    const { calls, store, whole } = held('releaseReplies');
    const claims = claimsOf('one', mine, store);
    await claims.take('key');
    const given = claims.giveBack('key');
    const again = claims.take('key');
    expect([await isDone(given), await isDone(again)]).toEqual([false, false]);
    calls[0]?.();
    await Promise.all([given, again]);
    expect(mine.clock.isTicking()).toBe(true);
    const waiting = claimsOf('other', yours, whole).take('key');
    await pass(mine);
    await pass(yours);
    expect(await isDone(waiting)).toBe(false);
  });

  it('a request is never with two, and comes to all, however long the store takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(fc.constantFrom('one', 'other'), fc.constantFrom('a', 'b')), { maxLength: 8 }),
        async (scheduler, wishes) => {
          const shared = clocks();
          const store = scheduled(createMemoryStore(), scheduler);
          const runs = new Map(['one', 'other'].map((run) => [run, claimsOf(run, shared, store)]));
          const busy = new Set<string>();
          let done = 0;
          const all = wishes.map(async ([run, key]) => {
            await scheduler.schedule(Promise.resolve(), 'the wish');
            const claims = runs.get(run);
            await claims?.take(key);
            expect(busy).not.toContain(key);
            busy.add(key);
            await scheduler.schedule(Promise.resolve(), 'the request');
            busy.delete(key);
            await claims?.giveBack(key);
            done += 1;
          });
          const outcome = Promise.all(all);
          for (let round = 0; round < 40 && done < wishes.length; round += 1) {
            await scheduler.waitIdle();
            shared.clock.tick(500);
          }
          await scheduler.waitIdle();
          expect(done).toBe(wishes.length);
          await outcome;
          expect(shared.clock.isTicking()).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });
});
