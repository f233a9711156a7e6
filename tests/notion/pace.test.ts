import { expect, test } from 'vitest';
import { createPace } from '../../src/notion/pace.ts';

/** When each of so many requests goes out, in milliseconds, where all want to at the same time. */
async function timesOf(count: number, startAt = 0): Promise<number[]> {
  const times: number[] = [];
  const pace = createPace({
    perSecond: 4,
    burst: 2,
    now: () => startAt,
    wait: async (ms) => void times.push(startAt + ms),
  });
  for (let index = 0; index < count; index += 1) {
    const before = times.length;
    await pace();
    if (times.length === before) times.push(startAt);
  }
  return times;
}

test('after a rest some go at once, the others at the pace', async () => {
  expect(await timesOf(5)).toEqual([0, 0, 250, 500, 750]);
  expect(await timesOf(3, 10_000)).toEqual([10_000, 10_000, 10_250]);
});

test('what was not used is not saved up beyond the burst', async () => {
  let time = 0;
  const waits: number[] = [];
  const pace = createPace({
    perSecond: 4,
    burst: 2,
    now: () => time,
    wait: async (ms) => void waits.push(ms),
  });
  await pace();
  time = 60_000;
  for (let index = 0; index < 4; index += 1) await pace();
  expect(waits).toEqual([250, 500]);
});
