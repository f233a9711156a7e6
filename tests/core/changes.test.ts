import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChangeCause, causesBetween, changesBetween } from '../../src/core/changes.ts';
import type { Grade, JudgeRecord, Override } from '../../src/core/grade.ts';
import { gradeOf } from './builders.ts';

const old = gradeOf({ member: '서다온', score: 50 });

function judgedBy(judge: Partial<JudgeRecord>): Grade {
  return { ...old, judge: { ...old.judge, ...judge } };
}

describe('causesBetween', () => {
  test.each<[string, Grade, ChangeCause[]]>([
    ['nothing', old, []],
    ['the answer', { ...old, answerHash: 'other' }, ['answer']],
    ['the model answer', { ...old, referenceHash: 'other' }, ['model_answer']],
    ['the rubric', { ...old, criteriaHash: 'other' }, ['rubric']],
    ['the prompt', judgedBy({ promptVersion: '2' }), ['prompt']],
    ['the model', judgedBy({ asked: ['other'] }), ['model']],
    ['one model more', judgedBy({ asked: ['model', 'other'] }), ['model']],
    ['how often it is asked', judgedBy({ samples: 3 }), ['model']],
    [
      'the kind of judge, with its own prompt',
      judgedBy({ kind: 'offline', asked: [], promptVersion: 'b' }),
      ['model'],
    ],
    [
      'everything',
      { ...judgedBy({ asked: ['other'] }), answerHash: 'a', referenceHash: 'r', criteriaHash: 'c' },
      ['answer', 'model_answer', 'rubric', 'model'],
    ],
  ])('names what differs: %s', (_name, after, expected) => {
    expect(causesBetween(old, after)).toEqual(expected);
    expect(causesBetween(after, old)).toEqual(expected);
  });

  test('takes no notice of the order of models, nor of the names in replies', () => {
    const [one, two] = [judgedBy({ asked: ['a', 'b'] }), judgedBy({ asked: ['b', 'a'], models: ['b-2026'] })];
    expect(causesBetween(one, two)).toEqual([]);
  });

  test('asks not who judged where code settled it', () => {
    const settled = judgedBy({ kind: 'triage', asked: [], samples: 0, promptVersion: '2' });
    expect(causesBetween(settled, old)).toEqual([]);
    expect(causesBetween(old, { ...settled, answerHash: 'other' })).toEqual(['answer']);
  });
});

describe('changesBetween', () => {
  test('names a score that moved, by how much and why', () => {
    const now = { ...old, score: 62.5, criteriaHash: 'other' };
    expect(changesBetween([old], [now])).toEqual([
      {
        chapter: '1장',
        member: '서다온',
        question: 1,
        attempt: 'first',
        from: { state: 'graded', score: 50 },
        to: { state: 'graded', score: 62.5 },
        difference: 12.5,
        causes: ['rubric'],
      },
    ]);
  });

  test('says nothing of a score that stayed, whatever else changed', () => {
    const changed: Grade = { ...old, criteriaHash: 'other', feedback: null };
    expect(changesBetween([old], [changed])).toEqual([]);
  });

  test('says nothing of what was graded for the first time, or is gone', () => {
    expect(changesBetween([], [old])).toEqual([]);
    expect(changesBetween([old], [])).toEqual([]);
  });

  test('names a grade that came or went, without a difference', () => {
    const failed = gradeOf({ member: '서다온', score: null });
    expect(changesBetween([failed], [old])).toMatchObject([
      { from: { state: 'ungraded', score: null }, to: { state: 'graded', score: 50 }, difference: null },
    ]);
    expect(changesBetween([old], [failed])).toMatchObject([{ difference: null }]);
  });

  test('tells a zero that was graded from one that was not attempted', () => {
    const [blank, zero] = [
      gradeOf({ member: '서다온', state: 'not_attempted', score: 0 }),
      { ...old, score: 0 },
    ];
    expect(changesBetween([blank], [zero])).toMatchObject([
      { difference: 0, from: { state: 'not_attempted' } },
    ]);
  });

  test('names the person where one has decided, changed or cleared it', () => {
    const override: Override = {
      score: 80,
      levels: {},
      reason: '',
      by: '모임장',
      at: '2026-02-01T00:00:00.000Z',
      stale: [],
      machine: { state: 'graded', score: 50, criteria: [], keyPoints: [] },
    };
    const decided = { ...old, score: 80, override };
    const again = { ...old, score: 90, override: { ...override, score: 90, at: '2026-03-01T00:00:00.000Z' } };
    for (const [before, after] of [
      [old, decided],
      [decided, again],
      [decided, old],
    ] as const)
      expect(changesBetween([before], [after])).toMatchObject([{ causes: ['override'] }]);
  });

  test('compares each attempt with itself', () => {
    const revised = gradeOf({ member: '서다온', attempt: 'revised', score: 90 });
    expect(changesBetween([old, revised], [revised, old])).toEqual([]);
    expect(changesBetween([old], [revised])).toEqual([]);
  });

  test('puts the largest difference first, and before all what came or went; equal ones as they come', () => {
    const score = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { maxLength: 8 }), (pairs) => {
        const side = (index: 0 | 1) =>
          pairs.map((pair, question) => gradeOf({ member: '서다온', question, score: pair[index] }));
        const changes = changesBetween(side(0), side(1));
        const sizes = changes.map(({ difference }) =>
          difference === null ? Number.POSITIVE_INFINITY : Math.abs(difference),
        );
        expect(sizes).toEqual(sizes.toSorted((a, b) => (a === b ? 0 : b - a)));
        changes.forEach((change, index) => {
          const next = changes[index + 1];
          if (next && sizes[index] === sizes[index + 1]) expect(change.question).toBeLessThan(next.question);
        });
        expect(changes).toHaveLength(pairs.filter(([from, to]) => from !== to).length);
      }),
    );
  });
});
