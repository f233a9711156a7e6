import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Grade } from '../../src/core/grade.ts';
import { readReviewRows } from '../../src/import/review-rows.ts';
import { type ReviewRow, reviewCsv } from '../../src/reports/review-csv.ts';
import { gradeOf, notAttemptedOf, ungradedOf } from './sample.ts';

const override: Grade['override'] = {
  score: 72.5,
  levels: {},
  reason: '-5 for the slip, "as agreed"\nlast week',
  by: '@Lea',
  at: '2026-03-01T00:00:00.000Z',
  stale: [],
  machine: { state: 'graded', score: 60, criteria: [], keyPoints: [] },
};
const rowOf = (grade: Grade): ReviewRow => ({
  chapter: '1장: 인덱스',
  questionText: 'What is an index?',
  answer: '=HYPERLINK("x"), and\na second line',
  grade,
});
const rows = [
  gradeOf({}),
  gradeOf({ member: '=Cem', attempt: 'revised', score: 72.5, override }),
  ungradedOf({ member: '서다온', similarTo: ['Ann'] }),
  notAttemptedOf({ member: 'Ben' }),
].map(rowOf);

test.each(['ko', 'en'] as const)('a review sheet in %s', (language) => {
  expect(reviewCsv(rows, language)).toMatchSnapshot();
});

test('opens as UTF-8 in spreadsheets', () => {
  expect(reviewCsv(rows, 'ko').startsWith('\uFEFFchapter,member,')).toBe(true);
});

test('no cell is a formula', () => {
  const records: string[][] = parse(reviewCsv(rows, 'en'), { bom: true });
  const suspicious = records.flat().filter((cell) => /^[=+\-@\t\r]/u.test(cell));
  expect(suspicious).toEqual([]);
});

test('what was decided is read back as it was', () => {
  expect(readReviewRows(reviewCsv(rows, 'en'), 'sheet.csv')).toEqual([
    {
      line: 4,
      chapter: '1장: 인덱스',
      member: '=Cem',
      question: 1,
      attempt: 'revised',
      override: override.score,
      reason: override.reason,
      by: override.by,
      answerVersion: '0123456789abcdef',
      decidedAt: override.at,
    },
  ]);
});
