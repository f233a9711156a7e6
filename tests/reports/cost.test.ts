import { expect, test } from 'vitest';
import { costMarkdown, costsOf, hasCost } from '../../src/reports/cost.ts';
import { gradeOf } from './sample.ts';

const usage = (inputTokens: number, costUsd: number | null) => ({
  requests: 1,
  inputTokens,
  cachedInputTokens: inputTokens / 2,
  outputTokens: 100,
  costUsd,
});

test.each(['ko', 'en'] as const)('what grades took, by member and question (%s)', async (language) => {
  const grades = [
    gradeOf({ member: '서다온', question: 10, usage: usage(1000, 0.002) }),
    gradeOf({ member: '배|솔', question: 2, answerHash: 'another', usage: usage(2000, 0.003) }),
    gradeOf({ member: '서다온', question: 2, usage: usage(400, null) }),
  ];
  expect(costMarkdown('1장 색인', await costsOf(grades), language)).toMatchSnapshot();
});

test('grades that took nothing have no cost to show', async () => {
  expect(hasCost(await costsOf([gradeOf({ usage: { ...usage(0, 0), outputTokens: 0 } })]))).toBe(false);
  expect(hasCost(await costsOf([gradeOf({ usage: usage(10, 0) })]))).toBe(true);
});

test('a reply that equal answers share counts once', async () => {
  const grades = ['서다온', '배솔'].map((member) => gradeOf({ member, usage: usage(1000, 0.002) }));
  const { all, byMember } = await costsOf(grades);
  expect(all.inputTokens).toBe(1000);
  expect([...byMember.keys()]).toEqual(['서다온']);
});
