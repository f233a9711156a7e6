import { describe, expect, test } from 'vitest';
import { currentGrades } from '../../src/core/current-grades.ts';
import type { Grade } from '../../src/core/grade.ts';
import { gradeOf } from './builders.ts';

const known = { member: '서다온', question: 1, attempt: 'first' as const, answerHash: 'hash' };

function graded(kind: Grade['judge']['kind'], score: number | null): Grade {
  const base = gradeOf({ member: '서다온', score });
  return { ...base, judge: { ...base.judge, kind } };
}

describe('currentGrades', () => {
  test('takes the latest grade of an attempt', () => {
    const newer = graded('llm', 70);
    expect(currentGrades([graded('llm', 50), newer], [known])).toEqual([newer]);
  });

  test('never lets the baseline replace a model’s grade', () => {
    const byModel = graded('llm', 50);
    expect(currentGrades([byModel, graded('offline', 90)], [known])).toEqual([byModel]);
  });

  test('lets a model’s grade replace the baseline’s', () => {
    const byModel = graded('llm', 50);
    expect(currentGrades([graded('offline', 90), byModel], [known])).toEqual([byModel]);
  });

  test('lets the baseline replace its own grade', () => {
    const newer = graded('offline', 30);
    expect(currentGrades([graded('offline', 90), newer], [known])).toEqual([newer]);
  });

  test('never lets a failure hide a model’s grade', () => {
    const byModel = graded('llm', 50);
    expect(currentGrades([byModel, graded('llm', null)], [known])).toEqual([byModel]);
  });

  test('never lets a failure of the baseline hide its grade', () => {
    const baseline = graded('offline', 40);
    expect(currentGrades([baseline, graded('offline', null)], [known])).toEqual([baseline]);
  });

  test('lets a failed model replace a grade of the baseline', () => {
    const failed = graded('llm', null);
    expect(currentGrades([graded('offline', 40), failed], [known])).toEqual([failed]);
  });

  test('lets a grade replace a failure', () => {
    const byModel = graded('llm', 50);
    expect(currentGrades([graded('llm', null), byModel], [known])).toEqual([byModel]);
  });

  test('lets the baseline stand in where the model failed', () => {
    const baseline = graded('offline', 40);
    expect(currentGrades([graded('llm', null), baseline], [known])).toEqual([baseline]);
  });

  test('shows a failure where there is nothing else', () => {
    const failed = graded('llm', null);
    expect(currentGrades([failed], [known])).toEqual([failed]);
  });

  test('remembers a model’s grade through a failure and a run of the baseline', () => {
    const byModel = graded('llm', 50);
    const history = [byModel, graded('llm', null), graded('offline', 90), graded('llm', null)];
    expect(currentGrades(history, [known])).toEqual([byModel]);
  });

  test('hides grades of a text that has changed since', () => {
    expect(currentGrades([graded('llm', 50)], [{ ...known, answerHash: 'other' }])).toEqual([]);
  });

  test('shows an old grade again when the text is changed back', () => {
    const old = graded('llm', 50);
    const between = { ...graded('llm', 90), answerHash: 'other' };
    expect(currentGrades([old, between], [known])).toEqual([old]);
  });

  test('leaves out grades of attempts that are no longer there', () => {
    const gone = gradeOf({ member: '서다온', question: 2 });
    expect(currentGrades([gone], [known])).toEqual([]);
  });

  test('keeps members, questions and attempts apart', () => {
    const grades = [
      gradeOf({ member: '서다온', question: 1 }),
      gradeOf({ member: '서다온', question: 1, attempt: 'revised' }),
      gradeOf({ member: '서다온', question: 2 }),
      gradeOf({ member: '배솔', question: 1 }),
    ];
    expect(currentGrades(grades, grades)).toEqual(grades);
  });

  test('gives the grades in the order of the attempts', () => {
    const [one, two] = [gradeOf({ member: '가' }), gradeOf({ member: '나' })];
    expect(currentGrades([two, one], [one, two])).toEqual([one, two]);
  });
});
