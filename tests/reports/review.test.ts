import { describe, expect, test } from 'vitest';
import type { Grade } from '../../src/core/grade.ts';
import type { Review } from '../../src/core/review.ts';
import { doubtsLabel, type ReviewedAttempt, reviewTable, reviewText } from '../../src/reports/review.ts';
import { criterionOf, gradeOf, ungradedOf } from './sample.ts';

const override: NonNullable<Grade['override']> = {
  score: 72.5,
  levels: {},
  reason: '말로 설명함',
  by: 'Lea',
  at: '2026-03-01T00:00:00.000Z',
  stale: [],
  machine: { state: 'graded', score: 60, criteria: [], keyPoints: [] },
};
const staleOverride = gradeOf({
  member: 'Ben',
  score: 72.5,
  needsReview: true,
  reviewReasons: ['override_stale'],
  override: { ...override, stale: ['answer', 'model_answer', 'rubric'] },
});
const overUngraded = gradeOf({
  member: '서다온',
  question: 2,
  score: 0,
  override: {
    ...override,
    score: 0,
    machine: { state: 'ungraded', score: null, criteria: [], keyPoints: [] },
  },
});
const disagreeing = gradeOf({
  attempt: 'revised',
  reviewReasons: ['evidence_not_found', 'judges_disagree'],
  spread: 42.5,
  opinions: [
    { model: 'model-1', sample: 0, score: 60, levels: { k1: 'covered', k2: 'missing' } },
    { model: 'model-2', sample: 1, score: null, levels: {} },
  ],
  stale: ['rubric'],
  similarTo: ['Ben', '서다온'],
  keyPoints: [
    criterionOf({
      id: 'k1',
      name: 'A key point that goes on and on, '.repeat(4),
      evidence: ['words that are not there', 'a quote that goes on and on '.repeat(6)],
      evidenceVerified: false,
      reason: 'A reason that goes on and on. '.repeat(10),
    }),
  ],
});
const queue = [ungradedOf({ member: '서다온', question: 3 }), staleOverride, disagreeing];

function review(parts: Partial<Review>): Review {
  return {
    chapter: '1장',
    member: 'Ben',
    question: 1,
    attempt: 'first',
    action: 'set',
    score: 72.5,
    levels: {},
    criteria: [],
    keyPoints: [],
    reason: '말로 설명함',
    by: 'Lea',
    at: '2026-03-01T09:08:07.000Z',
    answerHash: '',
    referenceHash: '',
    criteriaHash: '',
    ...parts,
  };
}
const history = [
  review({}),
  review({ action: 'clear', score: null, reason: '', by: 'Max', at: '2026-03-02T00:00:00.000Z' }),
  review({ score: 0, at: '2026-03-03T00:00:00.000Z' }),
];
const shown: Omit<ReviewedAttempt, 'language'> = {
  title: '1장 인덱스',
  question: 'What is an index?',
  modelAnswer: 'A sorted structure.\n\nIt costs space.',
  answer: 'It is sorted.\n  Beside the table.',
  grade: disagreeing,
  history: [],
};

describe.each(['ko', 'en'] as const)('in %s', (language) => {
  test('the queue and what was decided', () => {
    expect(
      reviewTable('1장 인덱스', [overUngraded, ...queue.toReversed(), gradeOf({})], language),
    ).toMatchSnapshot();
  });

  test('nothing to review and nothing decided', () => {
    expect(reviewTable('1장 인덱스', [], language)).toMatchSnapshot();
  });

  test('a grade with everything there is to say about it', () => {
    expect(reviewText({ ...shown, language })).toMatchSnapshot();
  });

  test('a decision that is stale, with its history', () => {
    expect(reviewText({ ...shown, grade: staleOverride, history, language })).toMatchSnapshot();
  });

  test('an ungraded answer of which little is kept', () => {
    const grade = ungradedOf({});
    expect(reviewText({ ...shown, grade, answer: '', modelAnswer: null, language })).toMatchSnapshot();
  });
});

describe('doubtsLabel', () => {
  test.each([
    ['nothing', gradeOf({}), ''],
    ['a decision that stands', gradeOf({ override }), ''],
    [
      'a stale decision, with what changed',
      staleOverride,
      'something changed since a person decided (answer changed, question or model answer changed, rubric changed)',
    ],
    [
      'judges who disagree, with how far',
      gradeOf({ reviewReasons: ['judges_disagree'], spread: 42.5 }),
      'the judges disagree (42.5)',
    ],
    ['a stale grade', gradeOf({ stale: ['answer'] }), 'stale: answer changed'],
    ['a hint', gradeOf({ similarTo: ['Ben'] }), 'nearly the same answer as Ben (a hint)'],
  ])('of %s', (_name, grade, expected) => {
    expect(doubtsLabel(grade, 'en')).toBe(expected);
  });
});
