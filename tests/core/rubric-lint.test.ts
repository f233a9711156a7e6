import { describe, expect, it, test } from 'vitest';
import type { Grade } from '../../src/core/grade.ts';
import { type LintMaterial, lintRubric, questionsWithoutKeyPoints } from '../../src/core/rubric-lint.ts';
import { gradeOf, rubricOf, scoredCriterion } from './builders.ts';

const index = 'An index keeps the values of a column sorted';
const writes = 'Every write has to update the index as well';

function rubricWith(...texts: string[]) {
  return rubricOf({ questions: { 1: { keyPoints: texts.map((text) => ({ text, weight: 1 })) } } });
}

/** Texts share nothing unless a test says otherwise. */
function material(texts: string[], overrides: Partial<LintMaterial> = {}): LintMaterial {
  return { rubric: rubricWith(...texts), questions: null, grades: [], shareFound: () => 0, ...overrides };
}

function codes(given: LintMaterial): string[] {
  return lintRubric(given).map((finding) => finding.code);
}

test('key points that say different things are not remarked on', () => {
  expect(lintRubric(material([index, writes]))).toEqual([]);
});

describe('overlap', () => {
  it('names the later key point and the one before it that says the same', () => {
    const again = `${index}.`;
    expect(lintRubric(material([index, writes, again]))).toEqual([
      { code: 'overlap', question: 1, index: 2, keyPoint: again, other: index },
    ]);
  });

  test.each([
    [0.69, []],
    [0.7, ['overlap']],
  ])('of %f of the telling words counts from 0.7, both ways', (share, expected) => {
    expect(codes(material([index, writes], { shareFound: () => share }))).toEqual(expected);
  });

  test.each([index, writes])('of telling words counts not one way alone: %s', (found) => {
    const shareFound = (text: string) => (text === found ? 1 : 0);
    expect(codes(material([index, writes], { shareFound }))).toEqual([]);
  });

  it('joining more than three clauses is remarked on, three are not', () => {
    const three = '쓰기가 느려지고, 저장 공간을 차지하며, 캐시를 비우게 된다';
    expect(codes(material([three]))).toEqual([]);
    expect(codes(material([`${three}, 조인이 오래 걸린다`]))).toEqual(['compound']);
  });

  it('is looked for within a question only', () => {
    const point = [{ text: index, weight: 1 }];
    const rubric = rubricOf({ questions: { 1: { keyPoints: point }, 2: { keyPoints: point } } });
    expect(lintRubric(material([], { rubric }))).toEqual([]);
  });
});

describe('compound', () => {
  test.each([
    ['three sentences', 'It is sorted. It is small. It is quick.', true],
    ['semicolons', 'It is sorted; it is small; it is quick', true],
    ['a sentence and a semicolon', 'It is sorted. It is small; it is quick.', true],
    ['two sentences', 'It is sorted. It is small.', false],
    ['one semicolon', 'It is sorted; it is small;', false],
    ['three sentences in Korean', '정렬되어 있다. 크기가 작다. 빨리 찾는다.', true],
    ['one sentence with a list', 'RESTRICT, CASCADE, SET NULL 같은 방식으로 처리한다', false],
  ])('%s', (_what, text, isCompound) => {
    expect(codes(material([text]))).toEqual(isCompound ? ['compound'] : []);
  });
});

describe('not_in_model_answer', () => {
  const questions = [{ no: 1, modelAnswer: 'An index is sorted.' }];

  test.each([
    [0.19, ['not_in_model_answer']],
    [0.2, []],
  ])('a share of %f of the telling words', (share, expected) => {
    expect(codes(material([index], { questions, shareFound: () => share }))).toEqual(expected);
  });

  test.each([
    ['the chapter is not known', null],
    ['there is no model answer', [{ no: 1, modelAnswer: null }]],
    ['the model answer is in another language', [{ no: 1, modelAnswer: '인덱스는 정렬되어 있습니다.' }]],
  ])('is not said when %s', (_when, known) => {
    expect(codes(material([index], { questions: known }))).toEqual([]);
  });
});

describe('what graded answers show', () => {
  const grade = (level: string, overrides: Partial<Grade> = {}) =>
    gradeOf({ member: 'a', keyPoints: [{ ...scoredCriterion('k1', level), name: index }], ...overrides });
  const offline: Grade['judge'] = { ...gradeOf({ member: 'a' }).judge, kind: 'offline' };
  const four = (level: string, overrides: Partial<Grade> = {}) =>
    [1, 2, 3, 4].map(() => grade(level, overrides));

  test.each([
    ['covered', 'too_easy'],
    ['missing', 'out_of_reach'],
    ['partial', 'same_level'],
  ])('everybody at %s is %s', (level, code) => {
    expect(lintRubric(material([index, writes], { grades: four(level) }))).toEqual([
      { code, question: 1, index: 0, keyPoint: index },
    ]);
  });

  it("counts a person's levels in place of the baseline's, and only those", () => {
    const decided = (levels: Record<string, string>): Grade['override'] => ({
      ...{ score: 100, levels, reason: 'read it', by: 'leader', at: '2026-01-01T00:00:00.000Z', stale: [] },
      machine: { state: 'graded', score: 50, criteria: [], keyPoints: [] },
    });
    const codesWith = (override: Grade['override']) =>
      codes(material([index], { grades: four('covered', { judge: offline, override }) }));
    expect(codesWith(decided({ k1: 'covered' }))).toEqual(['too_easy']);
    expect(codesWith(decided({ k2: 'covered' }))).toEqual([]);
  });

  const silent: [what: string, grades: Grade[]][] = [
    ['levels that differ', [...four('covered'), grade('partial')]],
    ['three answers', four('covered').slice(1)],
    ['grades of the baseline', four('covered', { judge: offline })],
    ['answers that were not graded', four('covered', { state: 'ungraded' })],
    ['another question', four('covered', { question: 2 })],
    [
      'another key point under the same id',
      four('covered', { keyPoints: [scoredCriterion('k1', 'covered')] }),
    ],
  ];
  test.each(silent)('%s show nothing', (_what, grades) => {
    expect(codes(material([index], { grades }))).toEqual([]);
  });
});

describe('questions', () => {
  const questions = [2, 3].map((no) => ({ no, modelAnswer: null }));

  it('that the chapter does not have are unused, whatever their key points', () => {
    expect(lintRubric(material([index, index], { questions }))).toEqual([
      { code: 'unused', question: 1, index: null, keyPoint: null },
    ]);
  });

  it('without key points are listed where the chapter is known', () => {
    const rubric = rubricOf({ questions: { 3: { keyPoints: [{ text: index, weight: 1 }] } } });
    expect(questionsWithoutKeyPoints(material([], { rubric, questions }))).toEqual([2]);
    expect(questionsWithoutKeyPoints(material([], { rubric }))).toEqual([]);
  });
});
