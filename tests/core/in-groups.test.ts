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

  test('by itself waits for the next turn of the event loop', async () => {
    const groups: number[][] = [];
    const add = inGroups<number>((items) => void groups.push([...items]));
    await Promise.all([add(1), Promise.resolve().then(() => add(2))]);
    expect(groups).toEqual([[1, 2]]);
  });
});
