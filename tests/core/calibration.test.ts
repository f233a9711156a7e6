import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementOf } from '../../src/core/agreement.ts';
import { calibrationOf } from '../../src/core/calibration.ts';
import { resultOf } from './marked-results.ts';

const ungraded = { machine: null, needsReview: true };
const results = [
  resultOf({ id: '1', human: 0, machine: 0.5, needsReview: true }),
  resultOf({ id: '2', human: 1, machine: 1 }),
  resultOf({ id: '3', human: 0.5, machine: 0.25 }),
  resultOf({ id: '4', question: 'q2', questionText: 'Why?', human: 1, machine: 0, second: 0.5 }),
  resultOf({ id: '5', question: 'q2', human: 0, ungradedReason: 'refused', second: 0, ...ungraded }),
  resultOf({ id: '6', question: 'q2', human: 0.5, ungradedReason: 'refused', ...ungraded }),
  resultOf({ id: '7', question: 'q3', questionText: 'How?', human: 0.5, ...ungraded }),
];
const calibration = calibrationOf(results);
const pairs = [
  { human: 0, machine: 0.5 },
  { human: 1, machine: 1 },
  { human: 0.5, machine: 0.25 },
  { human: 1, machine: 0 },
];

describe('calibrationOf', () => {
  test('counts what was graded, what not and why', () => {
    expect(calibration).toMatchObject({
      count: 7,
      graded: 4,
      ungraded: 3,
      ungradedReasons: { refused: 2, unknown: 1 },
      review: 1,
      coverage: 4 / 7,
      steps: 2,
    });
  });

  test('takes the judge’s agreement over graded answers only', () => {
    expect(calibration.judge.agreement).toEqual(agreementOf(pairs, 2));
    expect(calibration.judge.intervals.mae).toBeNull();
    expect(Object.values(calibration.baselines).map((baseline) => baseline.count)).toEqual([4, 4, 4]);
  });

  test('gives intervals from 5 answers on', () => {
    const five = [...results.slice(0, 4), resultOf({ id: '8' })];
    expect(calibrationOf(five).judge.intervals.mae).not.toBeNull();
  });

  test('compares the people where two marked, also where the judge did not', () => {
    const marks = [
      { human: 1, machine: 0.5 },
      { human: 0, machine: 0 },
    ];
    expect(calibration.humans).toEqual(agreementOf(marks, 2));
    expect(calibrationOf(results.slice(0, 4)).humans).toBeNull();
  });

  test('groups by question, in order', () => {
    expect(calibration.perQuestion).toEqual([
      {
        question: 'q1',
        questionText: 'What is an index?',
        count: 3,
        humanMean: 0.5,
        machineMean: expect.closeTo(1.75 / 3, 12),
        mae: 0.25,
        pearson: expect.closeTo(0.25 / Math.sqrt(0.5 * (1.3125 - 1.75 ** 2 / 3)), 12),
      },
      { question: 'q2', questionText: 'Why?', count: 1, humanMean: 1, machineMean: 0, mae: 1, pearson: null },
      {
        question: 'q3',
        questionText: 'How?',
        count: 0,
        humanMean: null,
        machineMean: null,
        mae: null,
        pearson: null,
      },
    ]);
  });

  test('groups by the range of the human mark', () => {
    const empty = { count: 0, humanMean: null, machineMean: null, mae: null, bias: null };
    expect(calibration.perRange).toEqual([
      { from: 0, to: 0.2, count: 1, humanMean: 0, machineMean: 0.5, mae: 0.5, bias: 0.5 },
      { from: 0.2, to: 0.4, ...empty },
      { from: 0.4, to: 0.6, count: 1, humanMean: 0.5, machineMean: 0.25, mae: 0.25, bias: -0.25 },
      { from: 0.6, to: 0.8, ...empty },
      { from: 0.8, to: 1, count: 2, humanMean: 1, machineMean: 0.5, mae: 0.5, bias: -0.5 },
    ]);
  });

  test('tells whether the judge errs where it is unsure', () => {
    expect(calibration.unsure).toEqual({
      review: { count: 1, mae: 0.5 },
      rest: { count: 3, mae: expect.closeTo(1.25 / 3, 12) },
    });
    expect(calibrationOf(results.slice(1)).unsure).toBeNull();
    expect(calibrationOf(results.slice(0, 1)).unsure).toBeNull();
  });

  test('lists the largest disagreements, none where marks are equal', () => {
    expect(calibration.disagreements.map((result) => result.id)).toEqual(['4', '1', '3']);
    const many = Array.from({ length: 12 }, (_, index) => resultOf({ id: `${index}`, machine: index / 100 }));
    expect(calibrationOf(many).disagreements.map((result) => result.id)).toEqual(
      Array.from({ length: 10 }, (_, index) => `${index}`),
    );
  });

  test('of nothing has no figures', () => {
    expect(calibrationOf([])).toMatchObject({ count: 0, coverage: 0, humans: null, unsure: null });
  });

  test('loses no answer', () => {
    const result = fc
      .record({
        question: fc.constantFrom('a', 'b', 'c'),
        human: fc.integer({ min: 0, max: 10 }).map((mark) => mark / 10),
        machine: fc.option(fc.integer({ min: 0, max: 10 }).map((mark) => mark / 10)),
        needsReview: fc.boolean(),
      })
      .map(resultOf);
    fc.assert(
      fc.property(fc.array(result, { maxLength: 4 }), (all) => {
        const found = calibrationOf(all);
        const sum = (groups: readonly { count: number }[]) =>
          groups.reduce((total, group) => total + group.count, 0);
        expect(found.graded + found.ungraded).toBe(all.length);
        expect(sum(found.perQuestion)).toBe(found.graded);
        expect(sum(found.perRange)).toBe(found.graded);
        expect(Object.values(found.ungradedReasons).reduce((total, count) => total + count, 0)).toBe(
          found.ungraded,
        );
      }),
    );
  });
});
