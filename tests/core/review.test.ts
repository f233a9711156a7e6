import { describe, expect, test } from 'vitest';
import { type AttemptState, currentGrades } from '../../src/core/current-grades.ts';
import type { Grade, StaleReason } from '../../src/core/grade.ts';
import { type Review, staleReasons } from '../../src/core/review.ts';
import { withReviews } from '../helpers/with-reviews.ts';
import { gradeOf, scoredCriterion } from './builders.ts';

const hashes = { answerHash: 'hash', referenceHash: 'reference', criteriaHash: 'criteria' };
const known: AttemptState = { member: '서다온', question: 1, attempt: 'first', ...hashes };

function review(overrides: Partial<Review> = {}): Review {
  return {
    chapter: '1장',
    member: '서다온',
    question: 1,
    attempt: 'first',
    action: 'set',
    score: 80,
    levels: {},
    criteria: [],
    keyPoints: [],
    reason: '말로 설명함',
    by: '모임장',
    at: '2026-02-01T00:00:00.000Z',
    ...hashes,
    ...overrides,
  };
}

const cleared = review({ action: 'clear', score: null, at: '2026-03-01T00:00:00.000Z' });
const byMachine = gradeOf({ member: '서다온', score: 50 });

/** The grades that stand after a history of the machine's and people's decisions. */
function standing(history: readonly Grade[], reviews: readonly Review[], now: AttemptState = known): Grade[] {
  return withReviews(currentGrades(history, [now]), history, reviews, [now]);
}

const changes: [string, Partial<AttemptState>, StaleReason[]][] = [
  ['nothing', {}, []],
  ['the answer', { answerHash: 'other' }, ['answer']],
  ['the model answer', { referenceHash: 'other' }, ['model_answer']],
  ['the rubric', { criteriaHash: 'other' }, ['rubric']],
  [
    'everything',
    { answerHash: 'other', referenceHash: 'other', criteriaHash: 'other' },
    ['answer', 'model_answer', 'rubric'],
  ],
];

describe('staleReasons', () => {
  test.each(changes)('names what has changed: %s', (_name, change, expected) => {
    expect(staleReasons(hashes, { ...hashes, ...change })).toEqual(expected);
    expect(staleReasons({ ...hashes, ...change }, hashes)).toEqual(expected);
  });

  test('says nothing about what is not known', () => {
    const unknown = { answerHash: '', referenceHash: '', criteriaHash: '' };
    expect(staleReasons(unknown, hashes)).toEqual([]);
    expect(staleReasons(hashes, unknown)).toEqual([]);
  });
});

describe('an override', () => {
  test("takes the place of the machine's score, and shows it", () => {
    expect(standing([byMachine], [review()])).toEqual([
      {
        ...byMachine,
        score: 80,
        override: {
          score: 80,
          levels: {},
          reason: '말로 설명함',
          by: '모임장',
          at: '2026-02-01T00:00:00.000Z',
          stale: [],
          machine: { state: 'graded', score: 50, criteria: [], keyPoints: [] },
        },
      },
    ]);
  });

  test('stands through every run that follows, beside what the machine says now', () => {
    const later = gradeOf({ member: '서다온', score: 20, gradedAt: '2026-05-01T00:00:00.000Z' });
    expect(standing([byMachine, later], [review()])).toMatchObject([
      { score: 80, gradedAt: later.gradedAt, override: { machine: { state: 'graded', score: 20 } } },
    ]);
  });

  test('decides what the machine could not: what was ungraded is graded, and no work for a person any more', () => {
    const failed = gradeOf({
      member: '서다온',
      score: null,
      ungradedDetail: 'no reply',
      needsReview: true,
      reviewReasons: ['request_failed'],
    });
    expect(standing([failed], [review({ score: 0 })])).toMatchObject([
      {
        state: 'graded',
        score: 0,
        ungradedReason: null,
        ungradedDetail: null,
        needsReview: false,
        reviewReasons: [],
        override: { score: 0, machine: { state: 'ungraded', score: null } },
      },
    ]);
  });

  test('stands over a grade that code settled', () => {
    const blank = gradeOf({
      member: '서다온',
      state: 'not_attempted',
      score: 0,
      judge: { ...byMachine.judge, kind: 'triage' },
    });
    expect(standing([blank], [review()])).toMatchObject([
      { state: 'graded', score: 80, override: { machine: { state: 'not_attempted', score: 0 } } },
    ]);
  });

  test.each<[Grade['state'], number, Grade['state']]>([
    ['not_attempted', 0, 'not_attempted'],
    ['not_attempted', 1, 'graded'],
    ['graded', 0, 'graded'],
  ])('over %s with a score of %d is %s', (before, score, after) => {
    const grade = { ...byMachine, state: before, score: before === 'graded' ? 50 : 0 };
    expect(standing([grade], [review({ score })])).toMatchObject([{ state: after, score }]);
  });

  test('brings its criteria where a person chose levels, and leaves the machine’s where not', () => {
    const graded = { ...byMachine, criteria: [scoredCriterion('accuracy', 'wrong')], keyPoints: [] };
    const chosen = {
      criteria: [scoredCriterion('accuracy', 'right')],
      keyPoints: [scoredCriterion('k1', 'covered')],
    };
    expect(standing([graded], [review({ ...chosen, levels: { accuracy: 'right' } })])).toMatchObject([
      { ...chosen, override: { machine: { criteria: graded.criteria, keyPoints: [] } } },
    ]);
    expect(standing([graded], [review()])).toMatchObject([{ criteria: graded.criteria, keyPoints: [] }]);
  });

  test.each(changes)('stands when something changes, and says what: %s', (_name, change, stale) => {
    const now = { ...known, ...change };
    const regraded = { ...byMachine, ...change, score: 10 };
    expect(standing([byMachine, regraded], [review()], now)).toMatchObject([
      {
        score: 80,
        stale: [],
        needsReview: stale.length > 0,
        reviewReasons: stale.length > 0 ? ['override_stale'] : [],
        override: { stale, machine: { score: 10 } },
      },
    ]);
  });

  test('survives a changed answer that has no grade yet', () => {
    const now = { ...known, answerHash: 'other' };
    expect(standing([byMachine], [], now)).toEqual([]);
    expect(standing([byMachine], [review()], now)).toMatchObject([
      {
        score: 80,
        override: { stale: ['answer'], machine: { score: 50 } },
        reviewReasons: ['override_stale'],
      },
    ]);
  });

  test('is not stale for what an older version did not note', () => {
    const noted = review({ referenceHash: '', criteriaHash: '' });
    const now = { ...known, referenceHash: 'other', criteriaHash: 'other' };
    expect(standing([byMachine], [noted], now)).toMatchObject([
      { needsReview: false, override: { stale: [] } },
    ]);
  });

  test('has marks of its own, not those of the grade below', () => {
    expect(standing([{ ...byMachine, stale: ['rubric'] }], [review()])).toMatchObject([{ stale: [] }]);
  });

  test('that is cleared brings the machine back', () => {
    expect(standing([byMachine], [review(), cleared])).toEqual([byMachine]);
  });

  test('that is cleared leaves nothing where the answer has no grade yet', () => {
    expect(standing([byMachine], [review(), cleared], { ...known, answerHash: 'other' })).toEqual([]);
  });

  test('the latest one counts, also after one that was cleared', () => {
    const latest = review({ score: 30, by: '부모임장', at: '2026-04-01T00:00:00.000Z' });
    for (const reviews of [
      [review(), latest],
      [review(), cleared, latest],
    ])
      expect(standing([byMachine], reviews)).toMatchObject([{ score: 30, override: { by: '부모임장' } }]);
  });

  test('is about its own attempt and no other', () => {
    const others = [
      gradeOf({ member: '서다온', attempt: 'revised' }),
      gradeOf({ member: '서다온', question: 2 }),
      gradeOf({ member: '배솔' }),
    ];
    const all = [byMachine, ...others];
    const grades = withReviews(all, all, [review()], all);
    expect(grades.slice(1)).toEqual(others);
    expect(grades[0]?.score).toBe(80);
  });

  test('of an attempt that is no longer there counts for nothing', () => {
    expect(withReviews([], [byMachine], [review()], [])).toEqual([]);
  });
});

describe('a grade without override', () => {
  test.each(changes)('is marked with what has changed since it was made: %s', (_name, change, stale) => {
    const [grade] = withReviews([byMachine], [], [], [{ ...known, ...change }]);
    expect(grade).toEqual({ ...byMachine, stale });
  });

  describe('that code settled', () => {
    const settled = { ...byMachine, judge: { ...byMachine.judge, kind: 'triage' as const } };
    const now = { ...known, referenceHash: 'other', criteriaHash: 'other' };
    const staleOf = (grade: Grade) => withReviews([grade], [], [], [now])[0]?.stale;

    test.each<[string, Partial<Grade>]>([
      ['blank', { flags: ['blank'] }],
      ['dont_know', { flags: ['hedged', 'dont_know'] }],
      ['declared_replacement', { flags: ['declared_replacement'] }],
      ['contentless', { flags: ['contentless'] }],
      ['not_gradable', { state: 'ungraded', score: null, ungradedReason: 'not_gradable' }],
    ])('by its text alone does not go stale with what it did not use: %s', (_name, parts) => {
      expect(staleOf({ ...settled, ...parts })).toEqual([]);
    });

    test.each<[string, Partial<Grade>]>([
      ['undeclared_copy', { flags: ['undeclared_copy'] }],
      ['question_restated', { flags: ['question_restated'] }],
      ['rubric_echoed', { flags: ['rubric_echoed'] }],
      ['no_reference', { state: 'ungraded', score: null, ungradedReason: 'no_reference' }],
    ])('by what it was held against does: %s', (_name, parts) => {
      expect(staleOf({ ...settled, ...parts })).toEqual(['model_answer', 'rubric']);
    });

    test('is told from what a judge said of a flagged answer', () => {
      expect(staleOf({ ...byMachine, flags: ['dont_know'] })).toEqual(['model_answer', 'rubric']);
    });
  });

  test('loses a mark that no longer holds', () => {
    expect(withReviews([{ ...byMachine, stale: ['rubric'] }], [], [], [known])).toEqual([byMachine]);
  });
});
