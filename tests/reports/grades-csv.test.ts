import { expect, test } from 'vitest';
import type { Grade } from '../../src/core/grade.ts';
import { gradesCsv } from '../../src/reports/grades-csv.ts';
import { baselineOf, gradeOf, hostile, notAttemptedOf, ungradedOf } from './sample.ts';

const csvOf = async (grades: Grade[]) => (await Array.fromAsync(gradesCsv(grades))).join('');

test('the CSV of every kind of grade', async () => {
  const csv = await csvOf([
    gradeOf({}),
    gradeOf({
      member: '서다온',
      attempt: 'revised',
      flags: ['hedged', 'addresses_grader'],
      needsReview: true,
      reviewReasons: ['evidence_missing', 'addresses_grader'],
    }),
    gradeOf({
      score: 80,
      spread: 25.5,
      similarTo: ['Ben', '서다온'],
      stale: ['rubric'],
      override: {
        score: 80,
        levels: {},
        reason: 'said it aloud',
        by: 'Cid',
        at: '2026-02-01T00:00:00.000Z',
        stale: [],
        machine: { state: 'graded', score: 60, criteria: [], keyPoints: [] },
      },
    }),
    baselineOf({}),
    notAttemptedOf({ question: 2 }),
    ungradedOf({ question: 3 }),
  ]);
  expect(csv).toMatchSnapshot();
});

test('an ungraded answer has an empty score, one not attempted has 0', async () => {
  const csv = await csvOf([ungradedOf({}), notAttemptedOf({})]);
  const cells = csv
    .split('\n')
    .slice(1, 3)
    .map((row) => row.split(',').slice(4, 6));
  expect(cells).toEqual([
    ['ungraded', ''],
    ['not_attempted', '0'],
  ]);
});

test('an unknown cost is an empty cell', async () => {
  const usage = { ...gradeOf({}).usage, costUsd: null };
  expect(await csvOf([gradeOf({ usage })])).toContain(',1000,100,,2026-');
});

test.each(['=1+1', '+1', '-1', '@sum(a1)'])('a member %s is not a formula', async (member) => {
  expect(await csvOf([gradeOf({ member })])).toContain(`\n1장,'${member},1,`);
});

test('a reply that looks like a formula is not one', async () => {
  const feedback = { summary: '=HYPERLINK("x")', strengths: [], improvements: [], nextStep: '@y' };
  expect(await csvOf([gradeOf({ feedback })])).toContain(`,"'=HYPERLINK(""x"")",'@y,`);
});

test('line ends, commas and quotes stay within their cell', async () => {
  const feedback = { summary: hostile, strengths: [], improvements: [], nextStep: 'a, "b"' };
  expect(await csvOf([gradeOf({ feedback })])).toContain(`,"${hostile}","a, ""b""",`);
});

test('many grades are one table, whatever pieces it comes in', async () => {
  const grades = Array.from({ length: 1234 }, (_, index) => gradeOf({ question: index + 1 }));
  const pieces = await Array.fromAsync(gradesCsv(grades));
  expect(pieces.length).toBeGreaterThan(2);
  const lines = pieces.join('').trimEnd().split('\n');
  expect(lines).toHaveLength(1 + grades.length);
  expect(lines.filter((line) => line.includes('ungradedReason'))).toHaveLength(1);
});

test('no grades are a table with its head alone', async () => {
  expect((await csvOf([])).trimEnd().split('\n')).toHaveLength(1);
});
