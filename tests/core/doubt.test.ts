import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubtOf, mostDoubtfulFirst } from '../../src/core/doubt.ts';
import type { Grade } from '../../src/core/grade.ts';
import { gradeOf, scoredCriterion } from './builders.ts';

/** Reasons by which a grade comes into the queue, in the order in which the queue shows them. */
const inOrder: [name: string, grade: Partial<Grade>][] = [
  ['ungraded', { score: null, reviewReasons: ['request_failed'] }],
  ['stale override', { reviewReasons: ['override_stale'] }],
  ['speaks to the grader', { reviewReasons: ['addresses_grader'] }],
  ['judges far apart', { reviewReasons: ['judges_disagree'], spread: 60 }],
  ['judges apart', { reviewReasons: ['judges_disagree'], spread: 25 }],
  ['level lowered', { reviewReasons: ['level_lowered', 'evidence_missing'] }],
  ['a judge is missing', { reviewReasons: ['panel_incomplete'] }],
  ['no quote', { reviewReasons: ['evidence_missing'] }],
  ['quote not found', { reviewReasons: ['evidence_not_found'] }],
  ['stale', { stale: ['rubric'] }],
  ['nearly the same answer', { similarTo: ['someone'] }],
];
const queue = inOrder.map(([member, grade]) => gradeOf({ ...grade, member }));
const namesOf = (grades: readonly Grade[]) => grades.map((grade) => grade.member);

describe('mostDoubtfulFirst', () => {
  test('puts what asks most for a person first, whatever the order it came in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(queue, { minLength: queue.length }), (shuffled) => {
        expect(namesOf(mostDoubtfulFirst(shuffled))).toEqual(inOrder.map(([name]) => name));
      }),
    );
  });

  test('leaves out what nothing speaks against, and changes nothing', () => {
    const grades = [gradeOf({ member: 'sound' }), ...queue.toReversed()];
    const before = structuredClone(grades);
    expect(namesOf(mostDoubtfulFirst(grades))).not.toContain('sound');
    expect(grades).toEqual(before);
  });

  test('among equals: more points without evidence first, then the earlier question', () => {
    const resting = (member: string, question: number, points: number) =>
      gradeOf({
        member,
        question,
        reviewReasons: ['evidence_not_found'],
        keyPoints: [{ ...scoredCriterion('k1', 'covered'), points, evidenceVerified: false }],
        criteria: [{ ...scoredCriterion('accuracy', 'right'), points: 40 }],
      });
    const grades = [resting('few', 1, 5), resting('later', 3, 20), resting('earlier', 2, 20)];
    expect(namesOf(mostDoubtfulFirst(grades))).toEqual(['earlier', 'later', 'few']);
  });
});

describe('doubtOf', () => {
  test('goes by the strongest reason', () => {
    const reasons = ['evidence_not_found', 'addresses_grader'];
    expect(doubtOf(gradeOf({ member: 'Ann', reviewReasons: reasons, similarTo: ['Ben'] }))).toBe(
      doubtOf(gradeOf({ member: 'Ann', reviewReasons: ['addresses_grader'] })),
    );
  });

  test('is nothing where a person has decided, until something changes', () => {
    const override: Grade['override'] = {
      ...{ score: 50, levels: {}, reason: 'read it', by: 'Ben', at: '2026-02-01T00:00:00.000Z', stale: [] },
      machine: { state: 'graded', score: 40, criteria: [], keyPoints: [] },
    };
    const decided = gradeOf({ member: 'Ann', similarTo: ['Ben'], override });
    expect(doubtOf(decided)).toBe(0);
    expect(doubtOf({ ...decided, override: null })).toBeGreaterThan(0);
    expect(doubtOf({ ...decided, reviewReasons: ['override_stale'] })).toBeGreaterThan(0);
  });

  test('is nothing without a reason, and highest for a reason that is not known', () => {
    expect(doubtOf(gradeOf({ member: 'Ann' }))).toBe(0);
    const unknown = doubtOf(gradeOf({ member: 'Ann', reviewReasons: ['a new reason'] }));
    expect(unknown).toBe(Math.max(...queue.map(doubtOf)));
  });
});
