import { expect, test } from 'vitest';
import { askedTogether } from '../../src/core/asked-together.ts';

test('what is asked at the same moment is asked once, and each gets its own answer', async () => {
  const asked: (readonly number[])[] = [];
  const double = askedTogether(async (numbers: readonly number[]) => {
    asked.push(numbers);
    return numbers.map((number) => 2 * number);
  });
  expect(await Promise.all([double(1), double(2), double(1)])).toEqual([2, 4, 2]);
  expect(await double(3)).toBe(6);
  expect(asked).toEqual([[1, 2, 1], [3]]);
});

test('nobody is told what was found out before they asked', async () => {
  let now = 0;
  const first = Promise.withResolvers<void>();
  const ask = askedTogether(async (questions: readonly null[]) => {
    const seen = now;
    if (seen === 0) await first.promise;
    return questions.map(() => seen);
  });
  const early = ask(null);
  await new Promise(setImmediate);
  now = 1;
  const late = ask(null);
  first.resolve();
  expect(await Promise.all([early, late])).toEqual([0, 1]);
});

test('a failure is told to all who asked, and to nobody after them', async () => {
  let fails = true;
  const ask = askedTogether(async (questions: readonly string[]) => {
    if (fails) throw new Error('gone');
    return questions;
  });
  const both = await Promise.allSettled([ask('a'), ask('b')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await ask('c')).toBe('c');
});
