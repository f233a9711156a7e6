import { describe, expect, it } from 'vitest';
import { createRunControl } from '../../src/judge/run-control.ts';
import { createReplyClaims, type ReplyClaimsOptions } from '../../src/models/reply-claims.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { handClock } from '../helpers/hand-clock.ts';
import { settle } from '../helpers/scripted-model.ts';

const clocks = () => ({ clock: handClock(), control: createRunControl() });

function claimsOn(
  run: string,
  { clock, control } = clocks(),
  store: ReplyClaimsOptions['store'] = createMemoryStore(),
) {
  return createReplyClaims({ store, run, stopped: control.stopped, ...clock.options });
}

/** Whether a promise has been kept by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await settle();
  return done;
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
    shared.clock.tick(500);
    expect(await isDone(waiting)).toBe(false);
    one.giveBack('key');
    shared.clock.tick(500);
    expect(await isDone(waiting)).toBe(true);
  });

  it('tells once that others are waited for, and again when they are waited for again', async () => {
    const [shared, store] = [clocks(), createMemoryStore()];
    const told: number[] = [];
    const one = claimsOn('one', shared, store);
    const other = createReplyClaims({
      store,
      run: 'other',
      stopped: shared.control.stopped,
      ...shared.clock.options,
      onWait: (requests) => told.push(requests),
    });
    for (const round of ['first', 'second']) {
      await Promise.all([one.take(`${round} a`), one.take(`${round} b`)]);
      const waiting = Promise.all([other.take(`${round} a`), other.take(`${round} b`)]);
      await settle();
      shared.clock.tick(500);
      shared.clock.tick(500);
      expect(told).toEqual(round === 'first' ? [2] : [2, 2]);
      one.giveBack(`${round} a`);
      one.giveBack(`${round} b`);
      shared.clock.tick(500);
      shared.clock.tick(500);
      await waiting;
    }
  });

  it('goes to one of those who wait for it', async () => {
    const [shared, store] = [clocks(), createMemoryStore()];
    const claims = ['one', 'two', 'three'].map((run) => claimsOn(run, shared, store));
    const taken = claims.map((each) => each.take('key'));
    const counts: number[] = [];
    for (const each of claims) {
      shared.clock.tick(500);
      const done = await Promise.all(taken.map(isDone));
      counts.push(done.filter(Boolean).length);
      each.giveBack('key');
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
    claims.giveBack('a');
    claims.giveBack('b');
    expect(written).toEqual(['claim a,b,c,d']);
    mine.clock.tick(500);
    claims.giveBack('c');
    claims.giveBack('d');
    expect(written).toEqual(['claim a,b,c,d', 'release a,b', 'release c,d']);
  });

  it('that was just given back is there for this run at once', async () => {
    const claims = claimsOn('one');
    await claims.take('other');
    await claims.take('key');
    claims.giveBack('key');
    expect(await isDone(claims.take('key'))).toBe(true);
  });

  it('that is wanted twice by one run is there for one of them at a time', async () => {
    const mine = clocks();
    const claims = claimsOn('one', mine);
    const [first, second] = [claims.take('key'), claims.take('key')];
    expect([await isDone(first), await isDone(second)]).toEqual([true, false]);
    claims.giveBack('key');
    mine.clock.tick(500);
    expect(await isDone(second)).toBe(true);
  });

  it('of a run that falls silent is taken over', async () => {
    const [mine, yours, store] = [clocks(), clocks(), createMemoryStore()];
    await claimsOn('one', mine, store).take('key');
    const waiting = claimsOn('other', yours, store).take('key');
    const silence: boolean[] = [];
    for (let second = 1; second <= 20; second += 1) {
      yours.clock.tick(1000);
      silence.push(await isDone(waiting));
    }
    expect([silence.indexOf(true) >= 5, silence.at(-1)]).toEqual([true, true]);
  });

  it('is not taken over right after a sleep of the machine, when the others had no time to say a word', async () => {
    const [mine, yours, store] = [clocks(), clocks(), createMemoryStore()];
    await claimsOn('one', mine, store).take('key');
    const waiting = claimsOn('other', yours, store).take('key');
    await settle();
    const night = 8 * 3_600_000;
    yours.clock.tick(night);
    expect(await isDone(waiting)).toBe(false);
    mine.clock.tick(night);
    yours.clock.tick(500);
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
    await settle();
    mine.clock.tick(500);
    yours.clock.tick(500);
    expect(beats).toEqual(['one', 'other', 'one', 'other']);
    one.giveBack('key');
    expect([mine.clock.isTicking(), yours.clock.isTicking()]).toEqual([false, true]);
    yours.clock.tick(500);
    await waiting;
    expect(yours.clock.isTicking()).toBe(true);
    other.giveBack('key');
    expect(yours.clock.isTicking()).toBe(false);
  });

  it('that is stopped waits for nothing, and still gives back what it has', async () => {
    const [shared, store] = [clocks(), createMemoryStore()];
    const stopped = clocks();
    const [one, other] = [claimsOn('one', shared, store), claimsOn('other', stopped, store)];
    await one.take('key');
    await other.take('own');
    const waiting = other.take('key');
    stopped.control.stop();
    await expect(waiting).rejects.toMatchObject({ failure: 'aborted' });
    await expect(other.take('key')).rejects.toMatchObject({ failure: 'aborted' });
    other.giveBack('own');
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
    isFull = true;
    yours.clock.tick(500);
    await expect(waiting).rejects.toBe(full);
    // What is in flight may still come back.
    expect(yours.clock.isTicking()).toBe(true);
    expect(() => yours.clock.tick(500)).not.toThrow();
    other.giveBack('own');
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
    expect(() => claims.giveBack('key')).not.toThrow();
    expect(mine.clock.isTicking()).toBe(false);
  });
});
