import { describe, expect, test } from 'vitest';
import { inGroups } from '../../src/core/in-groups.ts';

/** Runs what is to be done later when the test says so. */
function byHand() {
  const jobs: (() => void)[] = [];
  return { later: (job: () => void) => void jobs.push(job), run: () => jobs.splice(0).map((job) => job()) };
}

describe('what comes at the same moment', () => {
  test('is done together, in its order, and only then resolved', async () => {
    const groups: number[][] = [];
    const { later, run } = byHand();
    const add = inGroups<number>((items) => void groups.push([...items]), { later });
    const done: number[] = [];
    const added = [1, 2, 3].map(async (item) => {
      await add(item);
      done.push(item);
    });
    await Promise.resolve();
    expect({ groups, done }).toEqual({ groups: [], done: [] });
    run();
    await Promise.all(added);
    expect({ groups, done }).toEqual({ groups: [[1, 2, 3]], done: [1, 2, 3] });
  });

  test('is not mixed with what comes afterwards', async () => {
    const groups: string[][] = [];
    const { later, run } = byHand();
    const add = inGroups<string>((items) => void groups.push([...items]), { later });
    const first = add('a');
    run();
    const second = add('b');
    run();
    await Promise.all([first, second]);
    expect(groups).toEqual([['a'], ['b']]);
  });

  test('fails together, and what comes afterwards is tried again', async () => {
    let isFull = true;
    const { later, run } = byHand();
    const add = inGroups<string>(
      () => {
        if (isFull) throw new Error('the disk is full');
      },
      { later },
    );
    const failing = Promise.allSettled([add('a'), add('b')]);
    run();
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isFull = false;
    const afterwards = add('c');
    run();
    await expect(afterwards).resolves.toBeUndefined();
  });

  test('does not wait for the others once there are enough', async () => {
    const groups: number[][] = [];
    const { later, run } = byHand();
    const add = inGroups<number>((items) => void groups.push([...items]), { later, most: 2 });
    const added = [1, 2, 3].map(add);
    expect(groups).toEqual([[1, 2]]);
    run();
    await Promise.all(added);
    expect(groups).toEqual([[1, 2], [3]]);
  });

  test('is gathered while the group before is at work, and done after it, in its order', async () => {
    const groups: number[][] = [];
    const ends: (() => void)[] = [];
    const { later, run } = byHand();
    const add = inGroups<number>(
      (items) => {
        groups.push([...items]);
        return new Promise((resolve) => ends.push(resolve));
      },
      { later },
    );
    const done: number[] = [];
    const added = [1, 2, 3, 4].map((item) => async () => {
      await add(item);
      done.push(item);
    });
    const first = added[0]?.();
    run();
    const others = added.slice(1).map((each) => each());
    run();
    await Promise.resolve();
    expect({ groups, done }).toEqual({ groups: [[1]], done: [] });
    ends[0]?.();
    await first;
    expect({ groups, done }).toEqual({ groups: [[1], [2, 3, 4]], done: [1] });
    ends[1]?.();
    await Promise.all(others);
    expect(done).toEqual([1, 2, 3, 4]);
  });

  test('keeps its own time when it is not due by the end of the group before', async () => {
    const groups: number[][] = [];
    const end = Promise.withResolvers<void>();
    const { later, run } = byHand();
    const add = inGroups<number>(
      (items) => {
        groups.push([...items]);
        return end.promise;
      },
      { later },
    );
    const first = add(1);
    run();
    const second = add(2);
    end.resolve();
    await first;
    expect(groups).toEqual([[1]]);
    run();
    await second;
    expect(groups).toEqual([[1], [2]]);
  });

  test('that there is enough of is still no two groups at the same time', async () => {
    const groups: number[][] = [];
    const end = Promise.withResolvers<void>();
    const add = inGroups<number>(
      (items) => {
        groups.push([...items]);
        return end.promise;
      },
      { later: () => undefined, most: 2 },
    );
    const added = [1, 2, 3, 4, 5].map(add);
    await Promise.resolve();
    expect(groups).toEqual([[1, 2]]);
    end.resolve();
    await Promise.all(added);
    expect(groups).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  test('fails together where the work fails later, and what came meanwhile is done', async () => {
    const { later, run } = byHand();
    const first = Promise.withResolvers<void>();
    const works = [first.promise, Promise.resolve()];
    const add = inGroups<string>(() => works.shift(), { later });
    const failing = Promise.allSettled([add('a'), add('b')]);
    run();
    const meanwhile = add('c');
    run();
    const full = new Error('the disk is full');
    first.reject(full);
    expect(await failing).toEqual([
      { status: 'rejected', reason: full },
      { status: 'rejected', reason: full },
    ]);
    await expect(meanwhile).resolves.toBeUndefined();
  });

  test('by itself waits for the next turn of the event loop', async () => {
    const groups: number[][] = [];
    const add = inGroups<number>((items) => void groups.push([...items]));
    await Promise.all([add(1), Promise.resolve().then(() => add(2))]);
    expect(groups).toEqual([[1, 2]]);
  });
});
