import { describe, expect, test } from 'vitest';
import type { Grade } from '../../src/core/grade.ts';
import { type StudyBasis, studyListOf } from '../../src/core/study-list.ts';
import { gradeOf, level, rubricOf, scoredCriterion, standingOf } from './builders.ts';

const questions = [
  { no: 1, text: '토큰이란?', modelAnswer: '조각' },
  { no: 2, text: '벡터란?', modelAnswer: '숫자' },
  { no: 3, text: '검색이란?', modelAnswer: '찾기' },
];

/** A grade for question 1 with the levels of its three key points. */
function withKeyPoints(member: string, levels: string[], overrides: Partial<Grade> = {}): Grade {
  const names = ['첫째', '둘째', '셋째'];
  const keyPoints = levels.map((id, index) => ({
    ...scoredCriterion(`k${index + 1}`, id),
    name: names[index] ?? '',
  }));
  return gradeOf({ member, keyPoints, ...overrides });
}

/** A grade for a question without key points. */
function withCoverage(
  member: string,
  question: number,
  level: string,
  overrides: Partial<Grade> = {},
): Grade {
  return gradeOf({ member, question, criteria: [scoredCriterion('coverage', level)], ...overrides });
}

function basisOf(grades: Grade[], parts: Parameters<typeof standingOf>[1] = {}): StudyBasis {
  const gradesOf = (question: number) => grades.filter((grade) => grade.question === question);
  return { ...standingOf(grades, parts), gradesOf };
}

function studyList(grades: Grade[]) {
  return studyListOf(basisOf(grades), questions, rubricOf(), 'ko');
}

describe('studyListOf', () => {
  test('names for each question what was missed, by whom, and how much of it', () => {
    const grades = [
      withKeyPoints('서다온', ['missing', 'covered', 'covered']),
      withKeyPoints('배솔', ['partial', 'covered', 'covered']),
    ];
    expect(studyList(grades)).toEqual([
      {
        question: 1,
        questionText: '토큰이란?',
        outOf: 2,
        points: [
          {
            text: '첫째',
            missedBy: [
              { member: '서다온', level: 'missing 수준', mended: false },
              { member: '배솔', level: 'partial 수준', mended: false },
            ],
            missing: 0.75,
          },
        ],
        missing: 0.25,
      },
    ]);
  });

  test('does not read an old grade against a key point that the rubric has changed since', () => {
    const old = withKeyPoints('서다온', ['missing', 'covered', 'covered']);
    const keyPoints = old.keyPoints.map((point) => ({ ...point, name: `옛 ${point.name}` }));
    expect(studyList([{ ...old, keyPoints }])).toEqual([]);
  });

  test('is empty when everybody has everything', () => {
    expect(studyList([withKeyPoints('서다온', ['covered', 'covered', 'covered'])])).toEqual([]);
  });

  test('counts a question that was not attempted as missed in every point, without a level', () => {
    const [item] = studyList([gradeOf({ member: '서다온', state: 'not_attempted', score: 0 })]);
    const missedBy = [{ member: '서다온', level: null, mended: false }];
    expect(item).toMatchObject({
      outOf: 1,
      points: ['첫째', '둘째', '셋째'].map((text) => ({ text, missedBy, missing: 1 })),
      missing: 1,
    });
  });

  test('leaves ungraded answers out: they say nothing about what was missed', () => {
    const items = studyList([
      withKeyPoints('서다온', ['missing', 'covered', 'covered']),
      gradeOf({ member: '배솔', score: null }),
    ]);
    expect(items).toMatchObject([{ outOf: 1, points: [{ text: '첫째', missing: 1 }] }]);
  });

  test('is empty where nothing has a grade', () => {
    expect(studyList([gradeOf({ member: '서다온', score: null })])).toEqual([]);
    expect(studyList([])).toEqual([]);
  });

  test('says what members lack where a question has no key points, three things at most', () => {
    const improvements = ['하나', '둘', '셋', '넷'];
    const feedback = { summary: '', strengths: [], improvements, nextStep: '' };
    expect(studyList([withCoverage('서다온', 2, 'half', { feedback })])).toEqual([
      {
        question: 2,
        questionText: '벡터란?',
        outOf: 1,
        points: [
          {
            text: null,
            missedBy: [{ member: '서다온', level: 'half 수준', mended: false, lacks: ['하나', '둘', '셋'] }],
            missing: 0.5,
          },
        ],
        missing: 0.5,
      },
    ]);
  });

  test('takes coverage as enough from three quarters on', () => {
    const rubric = rubricOf();
    const levels = [level('none', 0), level('some', 0.74), level('most', 0.75), level('all', 1)];
    const coverage = { ...rubric.coverage, levels };
    const list = (grades: Grade[]) => studyListOf(basisOf(grades), questions, { ...rubric, coverage }, 'ko');
    expect(list([withCoverage('서다온', 2, 'most')])).toEqual([]);
    const [item] = list([
      withCoverage('서다온', 2, 'some'),
      withCoverage('서다온', 2, 'most', { attempt: 'revised' }),
      withCoverage('배솔', 2, 'most'),
    ]);
    expect(item?.points[0]?.missedBy).toMatchObject([{ member: '서다온', level: 'some 수준', mended: true }]);
  });

  test('does not list the general criteria', () => {
    const criteria = [scoredCriterion('coverage', 'all'), scoredCriterion('accuracy', 'wrong')];
    expect(studyList([gradeOf({ member: '서다온', question: 2, criteria })])).toEqual([]);
  });

  test('names levels in the language asked for', () => {
    const standing = basisOf([withCoverage('서다온', 2, 'half')]);
    const [item] = studyListOf(standing, questions, rubricOf(), 'en');
    expect(item?.points[0]?.missedBy[0]?.level).toBe('half');
  });
});

describe('the order of the study list', () => {
  test('puts the points of a question that were missed most first', () => {
    const [item] = studyList([withKeyPoints('서다온', ['partial', 'missing', 'covered'])]);
    expect(item?.points.map(({ text, missing }) => [text, missing])).toEqual([
      ['둘째', 1],
      ['첫째', 0.5],
    ]);
  });

  test('puts the question that was missed most first', () => {
    const items = studyList([withCoverage('서다온', 2, 'half'), withCoverage('배솔', 3, 'none')]);
    expect(items.map(({ question, missing }) => [question, missing])).toEqual([
      [3, 1],
      [2, 0.5],
    ]);
  });

  test('puts earlier questions first where all else is equal', () => {
    const items = studyList([withCoverage('배솔', 3, 'half'), withCoverage('서다온', 2, 'half')]);
    expect(items.map(({ question }) => question)).toEqual([2, 3]);
  });

  test('puts what a revised attempt has mended after what is still open', () => {
    const items = studyList([
      withCoverage('서다온', 2, 'half'),
      withCoverage('서다온', 2, 'all', { attempt: 'revised' }),
      withCoverage('배솔', 3, 'half'),
    ]);
    expect(items.map(({ question }) => question)).toEqual([3, 2]);
  });
});

describe('revised attempts', () => {
  const first = withCoverage('서다온', 2, 'none');

  test('that have what the first lacked say so', () => {
    const [item] = studyList([first, withCoverage('서다온', 2, 'all', { attempt: 'revised' })]);
    expect(item?.points[0]?.missedBy).toEqual([
      { member: '서다온', level: 'none 수준', mended: true, lacks: [] },
    ]);
  });

  test('that have only a part of it have not mended it', () => {
    const [item] = studyList([first, withCoverage('서다온', 2, 'half', { attempt: 'revised' })]);
    expect(item?.points[0]?.missedBy).toEqual([
      { member: '서다온', level: 'none 수준', mended: false, lacks: [] },
    ]);
  });

  test('of another member have not mended it', () => {
    const [item] = studyList([first, withCoverage('배솔', 2, 'all', { attempt: 'revised' })]);
    expect(item?.points[0]?.missedBy).toEqual([
      { member: '서다온', level: 'none 수준', mended: false, lacks: [] },
    ]);
  });

  test('mend a question that was not attempted at first', () => {
    const blank = gradeOf({ member: '서다온', question: 2, state: 'not_attempted', score: 0 });
    const [item] = studyList([blank, withCoverage('서다온', 2, 'all', { attempt: 'revised' })]);
    expect(item?.points[0]?.missedBy).toEqual([{ member: '서다온', level: null, mended: true, lacks: [] }]);
  });

  test('are what is looked at when they are what counts', () => {
    const grades = [first, withCoverage('서다온', 2, 'all', { attempt: 'revised' })];
    expect(studyListOf(basisOf(grades, { attempt: 'revised' }), questions, rubricOf(), 'ko')).toEqual([]);
  });
});
