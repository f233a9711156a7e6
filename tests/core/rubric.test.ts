import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bandOf,
  completeRubric,
  criteriaFor,
  extendRubric,
  missingSettings,
  type RubricFile,
  type RubricInput,
  rubricFileSchema,
} from '../../src/core/rubric.ts';
import { accuracy, explanation, level, rubricInput, rubricOf } from './builders.ts';

/** The messages with which the schema refuses a rubric. */
function refusals(input: unknown): string[] {
  const result = rubricFileSchema.safeParse(input);
  return result.success ? [] : result.error.issues.map((issue) => issue.message);
}

function keyPointLevels(levels: unknown) {
  return { keyPoints: { weight: 1, levels } };
}

describe('the rubric schema', () => {
  test('accepts a complete rubric', () => {
    expect(refusals(rubricInput)).toEqual([]);
  });

  test('accepts a file with some settings only', () => {
    expect(refusals({ extends: 'default.yaml', questions: { 1: { keyPoints: ['글'] } } })).toEqual([]);
  });

  test('gives a key point written as a string the weight 1', () => {
    const { questions } = rubricFileSchema.parse({
      questions: { 1: { keyPoints: [' 첫째 ', { text: '둘째' }, { text: '셋째', weight: 2.5 }] } },
    });
    expect(questions?.['1']?.keyPoints).toEqual([
      { text: '첫째', weight: 1 },
      { text: '둘째', weight: 1 },
      { text: '셋째', weight: 2.5 },
    ]);
  });

  test('gives a name written as a string to both languages', () => {
    const { bands } = rubricFileSchema.parse({ bands: [{ from: 0, name: '처음' }] });
    expect(bands).toEqual([{ from: 0, name: { ko: '처음', en: '처음' } }]);
  });

  test.each<[string, unknown]>([
    ['an unknown setting', { weights: {} }],
    ['an unknown attempt', { attempt: 'last' }],
    ['a name without English', { bands: [{ from: 0, name: { ko: '가' } }] }],
    ['a band beyond 100', { bands: [{ from: 101, name: '가' }] }],
    ['no bands', { bands: [] }],
    ['a weight of 0', { criteria: [{ ...accuracy, weight: 0 }] }],
    ['a negative weight', { keyPoints: { weight: -1, levels: [level('a', 0), level('b', 1)] } }],
    ['an id with capitals', { criteria: [{ ...accuracy, id: 'Accuracy' }] }],
    ['question number 0', { questions: { 0: { keyPoints: ['글'] } } }],
    ['a question named by a word', { questions: { first: { keyPoints: ['글'] } } }],
    ['a question without key points', { questions: { 1: { keyPoints: [] } } }],
    ['a question without any setting', { questions: { 1: {} } }],
    ['a question worth 0 points', { questions: { 1: { points: 0 } } }],
    ['an empty guide', { questions: { 1: { guide: ' ' } } }],
    ['an example without levels or score', { questions: { 1: { examples: [{ answer: '답' }] } } }],
    ['an example with a score above 100', { questions: { 1: { examples: [{ answer: '답', score: 101 }] } } }],
    ['an unknown way with evidence', { evidence: 'forgive' }],
    ['half an example', { examplesShown: 0.5 }],
    ['an empty key point', { questions: { 1: { keyPoints: [' '] } } }],
    ['a single level', keyPointLevels([level('a', 0)])],
    ['a level worth more than 1', keyPointLevels([level('a', 0), level('b', 1.5)])],
  ])('refuses %s', (_, input) => {
    expect(refusals(input)).not.toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['two criteria of one id', { criteria: [accuracy, accuracy] }, 'criterion ids must differ'],
    [
      'a criterion named as a key point',
      { criteria: [{ ...accuracy, id: 'k2' }] },
      'k1, k2 … and coverage are taken',
    ],
    [
      'a criterion named coverage',
      { criteria: [{ ...accuracy, id: 'coverage' }] },
      'k1, k2 … and coverage are taken',
    ],
    [
      'a first level worth something',
      keyPointLevels([level('a', 0.1), level('b', 1)]),
      'the first level must have share 0',
    ],
    [
      'a last level not worth all',
      keyPointLevels([level('a', 0), level('b', 0.9)]),
      'the last level must have share 1',
    ],
    [
      'levels out of order',
      keyPointLevels([level('a', 0), level('b', 0.7), level('c', 0.3), level('d', 1)]),
      'shares must rise from level to level',
    ],
    [
      'two levels of one share',
      keyPointLevels([level('a', 0), level('b', 0.5), level('c', 0.5), level('d', 1)]),
      'shares must rise from level to level',
    ],
    ['two levels of one id', keyPointLevels([level('a', 0), level('a', 1)]), 'level ids must differ'],
  ])('says why it refuses %s', (_, input, message) => {
    expect(refusals(input)).toContain(message);
  });
});

describe('criteriaFor', () => {
  test('shares the content points among the key points by weight, before the general criteria', () => {
    const criteria = criteriaFor(rubricOf(), 1);
    expect(criteria.map(({ id, kind, maxPoints }) => [id, kind, maxPoints])).toEqual([
      ['k1', 'key_point', 15],
      ['k2', 'key_point', 15],
      ['k3', 'key_point', 45],
      ['accuracy', 'general', 15],
      ['explanation', 'general', 10],
    ]);
  });

  test('gives a key point its text as name and description, and the levels of key points', () => {
    const [first] = criteriaFor(rubricOf(), 1);
    expect(first).toEqual({
      id: 'k1',
      kind: 'key_point',
      name: { ko: '첫째', en: '첫째' },
      description: '첫째',
      maxPoints: 15,
      levels: rubricInput.keyPoints.levels,
    });
  });

  test('takes coverage of the model answer where a question has no key points', () => {
    const criteria = criteriaFor(rubricOf(), 2);
    expect(criteria.map(({ id, kind, maxPoints }) => [id, kind, maxPoints])).toEqual([
      ['coverage', 'coverage', 75],
      ['accuracy', 'general', 15],
      ['explanation', 'general', 10],
    ]);
    expect(criteria[0]?.levels).toEqual(rubricInput.coverage.levels);
  });

  test('gives everything to the content where there are no general criteria', () => {
    const criteria = criteriaFor(rubricOf({ criteria: [] }), 2);
    expect(criteria.map(({ id, maxPoints }) => [id, maxPoints])).toEqual([['coverage', 100]]);
  });

  test('never shows a weight', () => {
    expect(criteriaFor(rubricOf(), 1).filter((criterion) => 'weight' in criterion)).toEqual([]);
  });

  test('adds up to 100 points, each criterion worth something, whatever the weights', () => {
    const weight = fc.double({ min: 0.01, max: 1000, noNaN: true });
    fc.assert(
      fc.property(
        weight,
        fc.array(weight, { maxLength: 6 }),
        fc.array(weight, { maxLength: 10 }),
        (content, general, keyPoints) => {
          const rubric = rubricOf({
            keyPoints: { weight: content, levels: rubricInput.keyPoints.levels },
            criteria: general.map((own, index) => ({
              id: `c${index}`,
              name: { ko: '', en: '' },
              weight: own,
              description: '',
              levels: accuracy.levels,
            })),
            questions:
              keyPoints.length > 0
                ? { 1: { keyPoints: keyPoints.map((own) => ({ text: 't', weight: own })) } }
                : {},
          });
          const criteria = criteriaFor(rubric, 1);
          expect(criteria.reduce((sum, { maxPoints }) => sum + maxPoints, 0)).toBeCloseTo(100, 8);
          expect(criteria.every(({ maxPoints }) => maxPoints > 0)).toBe(true);
          expect(criteria).toHaveLength(Math.max(1, keyPoints.length) + general.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('extendRubric', () => {
  const parse = (input: RubricInput): RubricFile => rubricFileSchema.parse(input);
  const base = parse({
    attempt: 'first',
    copies: 'review',
    criteria: [accuracy, explanation],
    questions: { 1: { keyPoints: ['하나'] }, 2: { keyPoints: ['둘'] } },
  });

  test('replaces settings and adds questions', () => {
    const file = parse({
      extends: 'default.yaml',
      attempt: 'best',
      criteria: [explanation],
      questions: { 2: { keyPoints: ['새 둘'] }, 3: { keyPoints: ['셋'] } },
    });
    expect(extendRubric(base, file)).toEqual(
      parse({
        attempt: 'best',
        copies: 'review',
        criteria: [explanation],
        questions: { 1: { keyPoints: ['하나'] }, 2: { keyPoints: ['새 둘'] }, 3: { keyPoints: ['셋'] } },
      }),
    );
  });

  test('with a file that only names another changes nothing', () => {
    expect(extendRubric(base, { extends: 'default.yaml' })).toEqual(base);
  });

  test('leaves both files as they were', () => {
    const file = parse({ questions: { 3: { keyPoints: ['셋'] } } });
    const before = structuredClone([base, file]);
    extendRubric(base, file);
    expect([base, file]).toEqual(before);
  });
});

describe('a complete rubric', () => {
  test('lacks no setting', () => {
    expect(missingSettings(rubricFileSchema.parse(rubricInput))).toEqual([]);
  });

  test('may do without questions', () => {
    const { questions: _, ...rest } = rubricInput;
    const file = rubricFileSchema.parse(rest);
    expect(missingSettings(file)).toEqual([]);
    expect(completeRubric(file).questions).toEqual({});
  });

  test('no longer says what it extends', () => {
    expect(completeRubric({ ...rubricFileSchema.parse(rubricInput), extends: 'a' })).not.toHaveProperty(
      'extends',
    );
  });
});

test('missingSettings names what a file lacks', () => {
  expect(missingSettings({ attempt: 'first', questions: {} })).toEqual([
    'language',
    'copies',
    'evidence',
    'disagreement',
    'examplesShown',
    'bands',
    'criteria',
    'keyPoints',
    'coverage',
  ]);
});

describe('bandOf', () => {
  test.each([
    [0, 'read again'],
    [39.9, 'read again'],
    [40, 'needs work'],
    [84.9, 'needs work'],
    [85, 'excellent'],
    [100, 'excellent'],
  ])('names %f %s, whatever the order of the bands', (score, name) => {
    expect(bandOf(rubricOf(), score).en).toBe(name);
  });

  test('has no name below the lowest band', () => {
    const rubric = rubricOf({ bands: [{ from: 50, name: { ko: '좋음', en: 'good' } }] });
    expect(bandOf(rubric, 49)).toEqual({ ko: '', en: '' });
  });

  test('leaves the order of the bands in the rubric alone', () => {
    const rubric = rubricOf();
    bandOf(rubric, 100);
    expect(rubric.bands.map((band) => band.from)).toEqual([0, 85, 40]);
  });
});
