import { describe, expect, test } from 'vitest';
import { calibrationOf, type MarkedResult } from '../../src/core/calibration.ts';
import { comparisonOf } from '../../src/core/comparison.ts';
import {
  type CalibrationReport,
  calibrationMarkdown,
  calibrationText,
} from '../../src/reports/calibration.ts';
import { resultOf } from '../core/marked-results.ts';
import { harmless, hostile } from './sample.ts';

const quarters = [0, 0.25, 0.5, 0.75, 1];

/** Forty answers to fourteen questions, marked in quarters, by a judge who errs as told. */
function resultsOf(errorOf: (index: number) => number): MarkedResult[] {
  return Array.from({ length: 40 }, (_, index) => {
    const human = quarters[(index * 7) % 5] ?? 0;
    const machine = Math.min(1, Math.max(0, human + errorOf(index)));
    return resultOf({
      id: `a${index}`,
      question: `q${index % 14}`,
      questionText: `Question ${index % 14}: what is it for?`,
      answer: Array.from({ length: 1 + ((index * 11) % 9) }, () => 'sorted').join(' '),
      human,
      machine,
      second: index % 4 === 0 ? Math.max(0, human - 0.25) : null,
      needsReview: Math.abs(machine - human) > 0.4,
      humanReason: index % 2 === 0 ? 'The price is missing.' : null,
      machineReason: 'It names the use, \nnot the price.',
    });
  });
}

const careful = resultsOf((index) => ((index % 5) - 2) / 8);
careful[3] = resultOf({ id: 'a3', machine: null, ungradedReason: 'refused', needsReview: true });
careful[9] = resultOf({ id: 'a9', machine: null });
const careless = resultsOf((index) => ((index % 3) - 1) / 2);

const full: CalibrationReport = {
  title: 'networks.jsonl',
  judge: 'gpt-6-luna',
  calibration: calibrationOf(careful),
  against: {
    judge: 'a-model-with-a-name-that-is-very-long',
    calibration: calibrationOf(careless),
    comparison: comparisonOf(careful, careless),
  },
  language: 'en',
};

const lengths = ['', 'one', 'one two three', 'one two three four five six seven'];
/** Twelve answers whose length tells their marks better than the judge does. */
const few = Array.from({ length: 12 }, (_, index) => {
  const human = (index % 4) / 3;
  const answer = lengths[index % 4] ?? '';
  return resultOf({ id: `${index}`, answer, question: `q${index % 3}`, human, machine: 1 - human });
});
const poor: CalibrationReport = { ...full, calibration: calibrationOf(few), against: null };

describe.each(['ko', 'en'] as const)('in %s', (language) => {
  test('everything, for the terminal', () => {
    expect(calibrationText({ ...full, language })).toMatchSnapshot();
  });

  test('everything, as Markdown', () => {
    expect(calibrationMarkdown({ ...full, language })).toMatchSnapshot();
  });

  test('few answers and a poor judge, for the terminal', () => {
    expect(calibrationText({ ...poor, language })).toMatchSnapshot();
  });

  test('few answers and a poor judge, as Markdown', () => {
    expect(calibrationMarkdown({ ...poor, language })).toMatchSnapshot();
  });

  test('nothing graded', () => {
    const calibration = calibrationOf([resultOf({ machine: null, ungradedReason: 'stopped' })]);
    expect(calibrationText({ ...poor, calibration, language })).toMatchSnapshot();
  });
});

test('the terminal shows 12 questions, the page all', () => {
  const count = (report: string) => new Set(report.match(/Question \d+: what is it for\?(?= )/gu)).size;
  const [, questions = ''] = calibrationText(full).split('By question');
  expect(count(questions.split('Largest disagreements')[0] ?? '')).toBe(12);
  expect(questions).toContain('… and 2 more');
  const [, page = ''] = calibrationMarkdown(full).split('## By question');
  expect(count(page.split('## Largest disagreements')[0] ?? '')).toBe(14);
});

test('a good judge on enough answers is not warned about', () => {
  expect(calibrationText({ ...full, against: null })).not.toContain('⚠');
});

test.each([
  [9, false],
  [10, true],
])('a simple measure that does better is told of from 10 answers on: %d', (count, isTold) => {
  const text = calibrationText({ ...poor, calibration: calibrationOf(few.slice(0, count)) });
  expect(text.includes('The simple measure “length alone”')).toBe(isTold);
});

test('a baseline on fewer answers warns of nothing, and its row says on how many', () => {
  const results = few.map((result, index) => (index === 0 ? { ...result, reference: null } : result));
  const text = calibrationText({ ...poor, calibration: calibrationOf(results) });
  expect(text).toContain('shared words (11 answers)');
  expect(text).not.toContain('“shared words”');
});

test('texts with markup mean nothing on the page', () => {
  const results = few.map((result) => ({
    ...result,
    questionText: hostile,
    answer: hostile,
    humanReason: hostile,
    machineReason: hostile,
  }));
  const page = calibrationMarkdown({
    ...poor,
    title: hostile,
    judge: hostile,
    calibration: calibrationOf(results),
  });
  expect(page).toContain(`# Compared with people’s marks: ${harmless}\n`);
  expect(page).toContain(
    `- answer: ${harmless}\n- people’s reason: ${harmless}\n- judge’s reason: ${harmless}`,
  );
  expect(page).toContain(`### ${harmless} (0)`);
  expect(page.split('\n').filter((line) => line.startsWith('and a second line'))).toEqual([]);
});
