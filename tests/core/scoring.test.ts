import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Criterion, criteriaFor } from '../../src/core/rubric.ts';
import { roundScore, scoreVerdict } from '../../src/core/scoring.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { rubricOf } from './builders.ts';

const criteria = criteriaFor(rubricOf(), 1);

function verdictOf(levels: Record<string, string>): Verdict {
  return {
    criteria: Object.fromEntries(
      Object.entries(levels).map(([id, level]) => [
        id,
        { evidence: [`${id} 인용`], reason: `${id} 까닭`, level },
      ]),
    ),
    feedback: { summary: '', strengths: [], improvements: [], nextStep: '' },
    addressesGrader: false,
  };
}

function scoreOf(levels: Record<string, string>, of: readonly Criterion[] = criteria): number {
  return scoreVerdict(of, verdictOf(levels), () => true, 'en').score;
}

const best = { k1: 'covered', k2: 'covered', k3: 'covered', accuracy: 'right', explanation: 'clear' };
const worst = { k1: 'missing', k2: 'missing', k3: 'missing', accuracy: 'wrong', explanation: 'thin' };

describe('scoreVerdict', () => {
  test('gives 100 for the best levels and 0 for the worst', () => {
    expect([scoreOf(best), scoreOf(worst)]).toEqual([100, 0]);
  });

  test('adds up the shares of the levels', () => {
    // 15 + 7.5 + 0 of the key points, 15 of accuracy, 0.4 × 10 of explanation
    expect(
      scoreOf({ k1: 'covered', k2: 'partial', k3: 'missing', accuracy: 'right', explanation: 'fair' }),
    ).toBe(41.5);
  });

  test('reports each criterion with its points, reason and evidence, key points apart', () => {
    const verdict = verdictOf({ ...worst, k2: 'partial', explanation: 'fair' });
    const scored = scoreVerdict(criteria, verdict, (id) => id !== 'k2', 'ko');
    expect(scored.keyPoints.map((item) => item.id)).toEqual(['k1', 'k2', 'k3']);
    expect(scored.keyPoints[1]).toEqual({
      id: 'k2',
      name: '둘째',
      level: 'partial',
      levelName: 'partial 수준',
      points: 7.5,
      maxPoints: 15,
      reason: 'k2 까닭',
      evidence: ['k2 인용'],
      evidenceVerified: false,
    });
    expect(scored.criteria.map(({ id, points, evidenceVerified }) => [id, points, evidenceVerified])).toEqual(
      [
        ['accuracy', 0, true],
        ['explanation', 4, true],
      ],
    );
  });

  test('counts coverage among the criteria', () => {
    const scored = scoreVerdict(
      criteriaFor(rubricOf(), 2),
      verdictOf({ coverage: 'half', accuracy: 'right', explanation: 'clear' }),
      () => true,
      'en',
    );
    expect([scored.score, scored.keyPoints, scored.criteria.map((item) => item.id)]).toEqual([
      62.5,
      [],
      ['coverage', 'accuracy', 'explanation'],
    ]);
  });

  test('sums up before it rounds', () => {
    const thirds = criteriaFor(
      rubricOf({
        criteria: [],
        questions: { 1: { keyPoints: [1, 2, 3].map((no) => ({ text: `${no}`, weight: 1 })) } },
      }),
      1,
    );
    const scored = scoreVerdict(thirds, verdictOf(best), () => true, 'en');
    expect(scored.keyPoints.map((item) => item.points)).toEqual([33.3, 33.3, 33.3]);
    expect(scored.score).toBe(100);
  });

  test('throws rather than guess where the verdict lacks a criterion', () => {
    const { k3: _, ...rest } = best;
    expect(() => scoreOf(rest)).toThrow(/k3/u);
  });

  test('throws rather than guess at an unknown level', () => {
    expect(() => scoreOf({ ...best, accuracy: 'excellent' })).toThrow(/accuracy/u);
  });

  test('ignores criteria that were not asked for', () => {
    expect(scoreOf({ ...best, k9: 'covered' })).toBe(100);
  });
});

/** A rubric’s criteria with, for each, the index of a level. */
const graded = fc
  .record({
    content: fc.integer({ min: 1, max: 100 }),
    keyPoints: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 }),
    choices: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 10, maxLength: 10 }),
  })
  .map(({ content, keyPoints, choices }) => {
    const rubric = rubricOf();
    const of = criteriaFor(
      {
        ...rubric,
        keyPoints: { ...rubric.keyPoints, weight: content },
        questions: { 1: { keyPoints: keyPoints.map((weight) => ({ text: 't', weight })) } },
      },
      1,
    );
    return { of, choices: of.map(({ levels }, index) => Math.min(choices[index] ?? 0, levels.length - 1)) };
  });

function levelsBy(of: readonly Criterion[], choices: readonly number[]): Record<string, string> {
  return Object.fromEntries(of.map(({ id, levels }, index) => [id, levels[choices[index] ?? 0]?.id ?? '']));
}

describe('properties of scoreVerdict', () => {
  test('scores lie between 0 and 100, with at most one decimal', () => {
    fc.assert(
      fc.property(graded, ({ of, choices }) => {
        const score = scoreOf(levelsBy(of, choices), of);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(score).toBe(Number(score.toFixed(1)));
      }),
      { numRuns: 200 },
    );
  });

  test('a better level for one criterion never lowers the score', () => {
    fc.assert(
      fc.property(graded, fc.nat(), ({ of, choices }, position) => {
        const index = position % of.length;
        const better = choices.with(
          index,
          Math.min((choices[index] ?? 0) + 1, (of[index]?.levels.length ?? 1) - 1),
        );
        expect(scoreOf(levelsBy(of, better), of)).toBeGreaterThanOrEqual(scoreOf(levelsBy(of, choices), of));
      }),
      { numRuns: 200 },
    );
  });

  test('the score differs from the sum of the shown points by their rounding only', () => {
    fc.assert(
      fc.property(graded, ({ of, choices }) => {
        const {
          score,
          criteria: general,
          keyPoints,
        } = scoreVerdict(of, verdictOf(levelsBy(of, choices)), () => true, 'en');
        const shown = [...general, ...keyPoints].reduce((sum, item) => sum + item.points, 0);
        expect(Math.abs(score - shown)).toBeLessThanOrEqual(0.05 * (of.length + 1) + 1e-9);
      }),
      { numRuns: 200 },
    );
  });
});

test.each([
  [66.666, 66.7],
  [33.34, 33.3],
  [0, 0],
  [99.95, 100],
])('roundScore(%f) is %f', (value, rounded) => {
  expect(roundScore(value)).toBe(rounded);
});
