import { expect, test } from 'vitest';
import { tellFailures } from '../../src/app/tell-failures.ts';

test('a job that failed is told of once, when it is given up', async () => {
  const told: unknown[] = [];
  const error = new Error('full');
  let isAway = true;
  const inner = {
    handle: () => Promise.reject(error),
    async giveUp() {
      if (isAway) throw new Error('away');
    },
  };
  const handler = tellFailures(inner, { jobFailed: (job, cause) => void told.push([job, cause]) });
  const job = { group: '2', run: 3, portion: 1 };
  await expect(handler.handle(job, new AbortController().signal)).rejects.toBe(error);
  await expect(handler.giveUp(job, error)).rejects.toThrow('away');
  expect(told).toEqual([]);
  isAway = false;
  await handler.giveUp(job, error);
  await handler.giveUp({ ...job, group: '' }, error);
  expect(told).toEqual([
    [{ ...job, group: 2 }, error],
    [{ ...job, group: null }, error],
  ]);
});
