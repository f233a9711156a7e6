import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianVerdict } from '../../src/core/panel.ts';
import { criteriaFor } from '../../src/core/rubric.ts';
import { scoreOf } from '../../src/core/scoring.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { rubricOf } from './builders.ts';

/** k1 to k3 with three levels each, accuracy with two, explanation with three. */
const criteria = criteriaFor(rubricOf(), 1);

/** A verdict with these levels, the lowest where none is given; it names its author wherever there is room. */
function verdictBy(author: string, levels: Readonly<Record<string, string>> = {}): Verdict {
  return {
    criteria: Object.fromEntries(
      criteria.map(({ id, levels: [lowest] }) => [
        id,
        {
          evidence: [`${author} on ${id}`],
          reason: `${author}: ${id}`,
          level: levels[id] ?? lowest?.id ?? '',
        },
      ]),
    ),
    feedback: { summary: author, strengths: [], improvements: [], nextStep: '' },
    addressesGrader: false,
  };
}

const levelsOf = (verdict: Verdict) =>
  Object.fromEntries(Object.entries(verdict.criteria).map(([id, opinion]) => [id, opinion.level]));

describe('medianVerdict', () => {
  it('takes the level in the middle of each criterion, whoever gave it', () => {
    const median = medianVerdict(criteria, [
      verdictBy('Ann', { k1: 'covered', k2: 'covered' }),
      verdictBy('Ben', { k1: 'partial', accuracy: 'right' }),
      verdictBy('Cho', { k2: 'partial', accuracy: 'right' }),
    ]);
    expect(levelsOf(median)).toMatchObject({
      k1: 'partial',
      k2: 'partial',
      k3: 'missing',
      accuracy: 'right',
    });
  });

  it.each([
    [['missing', 'covered'], 'missing'],
    [['covered', 'partial'], 'partial'],
    [['missing', 'partial', 'covered', 'covered'], 'partial'],
    [['partial', 'covered', 'covered', 'covered'], 'covered'],
  ])('takes the lower one in the middle of an even number: %j', (levels, expected) => {
    const verdicts = levels.map((k1, index) => verdictBy(`${index}`, { k1 }));
    expect(levelsOf(medianVerdict(criteria, verdicts))['k1']).toBe(expected);
  });

  it('brings evidence and reason of an opinion that chose the level', () => {
    const median = medianVerdict(criteria, [
      verdictBy('Ann', { k1: 'covered' }),
      verdictBy('Ben', { k1: 'partial' }),
      verdictBy('Cho', { k1: 'missing' }),
    ]);
    expect(median.criteria['k1']).toEqual({ evidence: ['Ben on k1'], reason: 'Ben: k1', level: 'partial' });
  });

  it('prefers an opinion with sound evidence, but only among equal levels', () => {
    const verdicts = [
      verdictBy('Ann', { k1: 'partial' }),
      verdictBy('Ben', { k1: 'partial' }),
      verdictBy('Cho', { k1: 'covered' }),
    ];
    const chosenOf = (...sound: string[]) => {
      const median = medianVerdict(criteria, verdicts, (criterion, { evidence }) =>
        sound.some((author) => evidence.includes(`${author} on ${criterion.id}`)),
      );
      return median.criteria['k1'];
    };
    expect(chosenOf('Ann', 'Cho')).toMatchObject({ level: 'partial', reason: 'Ann: k1' });
    expect(chosenOf('Ben', 'Cho')).toMatchObject({ level: 'partial', reason: 'Ben: k1' });
    expect(chosenOf('Cho')?.level).toBe('partial');
    expect(chosenOf()?.level).toBe('partial');
  });

  it('brings the feedback of the verdict whose score is nearest', () => {
    const median = medianVerdict(criteria, [
      verdictBy('Ann'),
      verdictBy('Ben', { k3: 'covered', accuracy: 'right', explanation: 'clear' }),
      verdictBy('Cho', { k3: 'covered', accuracy: 'right', explanation: 'fair' }),
    ]);
    expect(median.feedback.summary).toBe('Cho');
  });

  it('takes text addressed to the grader for seen when one of them saw it', () => {
    const blind = [verdictBy('Ann'), verdictBy('Ben')];
    expect(medianVerdict(criteria, blind).addressesGrader).toBe(false);
    const seen = { ...verdictBy('Cho'), addressesGrader: true };
    expect(medianVerdict(criteria, [...blind, seen]).addressesGrader).toBe(true);
  });

  it('of nobody is a bug', () => {
    expect(() => medianVerdict(criteria, [])).toThrow(/at least one verdict/u);
  });

  const someLevels = fc.record(
    Object.fromEntries(
      criteria.map(({ id, levels }) => [id, fc.constantFrom(...levels.map((level) => level.id))]),
    ),
  );
  const panel = fc
    .array(someLevels, { minLength: 1, maxLength: 7 })
    .map((all) => all.map((levels, index) => verdictBy(`judge ${index}`, levels)));
  const rankOf = (id: string, verdict: Verdict) =>
    criteria
      .find((criterion) => criterion.id === id)
      ?.levels.findIndex((level) => level.id === verdict.criteria[id]?.level) ?? -1;

  it('lies between the lowest and the highest level of each criterion', () => {
    fc.assert(
      fc.property(panel, (verdicts) => {
        const median = medianVerdict(criteria, verdicts);
        for (const { id } of criteria) {
          const ranks = verdicts.map((verdict) => rankOf(id, verdict));
          expect(rankOf(id, median)).toBeGreaterThanOrEqual(Math.min(...ranks));
          expect(rankOf(id, median)).toBeLessThanOrEqual(Math.max(...ranks));
        }
      }),
    );
  });

  it('has at most half of the opinions below its level, and at most half above', () => {
    fc.assert(
      fc.property(panel, (verdicts) => {
        const median = medianVerdict(criteria, verdicts);
        for (const { id } of criteria) {
          const own = rankOf(id, median);
          const ranks = verdicts.map((verdict) => rankOf(id, verdict));
          expect(2 * ranks.filter((rank) => rank < own).length).toBeLessThan(verdicts.length);
          expect(2 * ranks.filter((rank) => rank > own).length).toBeLessThanOrEqual(verdicts.length);
        }
      }),
    );
  });

  it('has the same levels in whatever order the verdicts come', () => {
    fc.assert(
      fc.property(
        panel.chain((verdicts) =>
          fc.tuple(
            fc.constant(verdicts),
            fc.shuffledSubarray(verdicts, { minLength: verdicts.length, maxLength: verdicts.length }),
          ),
        ),
        ([verdicts, shuffled]) => {
          const [one, other] = [medianVerdict(criteria, verdicts), medianVerdict(criteria, shuffled)];
          expect(levelsOf(other)).toEqual(levelsOf(one));
          expect(scoreOf(criteria, other)).toBe(scoreOf(criteria, one));
        },
      ),
    );
  });

  it('of equal verdicts is that verdict', () => {
    fc.assert(
      fc.property(someLevels, fc.integer({ min: 1, max: 6 }), (levels, count) => {
        const verdict = verdictBy('Ann', levels);
        expect(
          medianVerdict(
            criteria,
            Array.from({ length: count }, () => verdict),
          ),
        ).toEqual(verdict);
      }),
    );
  });

  it('leaves the verdicts as they were', () => {
    const verdicts = [verdictBy('Ann', { k1: 'covered' }), verdictBy('Ben')];
    const before = structuredClone(verdicts);
    medianVerdict(criteria, verdicts);
    expect(verdicts).toEqual(before);
  });
});
