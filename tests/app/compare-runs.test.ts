import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/app/compare-runs.ts';
import type { AtOnce } from '../../src/core/awaitable.ts';
import { InputError } from '../../src/core/errors.ts';
import type { Grade } from '../../src/core/grade.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { GradeStore } from '../../src/store/store.ts';
import { gradeOf } from '../core/builders.ts';
import { later } from '../helpers/later.ts';

function addRun(store: AtOnce<GradeStore>, chapter: string, grades: readonly Grade[]): number {
  const run = store.startRun({ chapter, startedAt: '2026-01-01', judge: 'llm', model: 'm' });
  for (const grade of grades) store.addGrades(run, [{ ...grade, chapter }]);
  store.finishRun(run, 'finished', '2026-01-02');
  return run;
}

/** Runs 1 and 3 are about one chapter, run 2 about another. */
function threeRuns(): AtOnce<GradeStore> {
  const store = createMemoryStore();
  addRun(store, '1장', [
    gradeOf({ member: 'Ann', score: 50 }),
    gradeOf({ member: 'Ben', score: 70 }),
    gradeOf({ member: 'Cem', score: 10 }),
    gradeOf({ member: 'Dan', score: null }),
  ]);
  addRun(store, '2장', [gradeOf({ member: 'Ann', score: 99 })]);
  addRun(store, '1장', [
    gradeOf({ member: 'Ann', score: 62, criteriaHash: 'changed' }),
    gradeOf({ member: 'Ben', score: 70 }),
    gradeOf({ member: 'Dan', score: 30 }),
    gradeOf({ member: 'Eve', score: 80 }),
    gradeOf({ member: 'Eve', question: 2, score: 20 }),
  ]);
  return store;
}

describe('compareRuns', () => {
  test('puts the grades of the two runs side by side', async () => {
    const comparison = await compareRuns(later(threeRuns()), ['1', '3']);
    expect(comparison.before).toMatchObject({ id: 1, chapter: '1장', outcome: 'finished' });
    expect(comparison.after.id).toBe(3);
    expect(comparison).toMatchObject({ shared: 3, onlyBefore: 1, onlyAfter: 2, meanDifference: 6 });
    expect(comparison.changes.map(({ member, difference, causes }) => [member, difference, causes])).toEqual([
      ['Dan', null, []],
      ['Ann', 12, ['rubric']],
    ]);
  });

  test('is the other way round when the runs are', async () => {
    const comparison = await compareRuns(threeRuns(), ['last', '1']);
    expect(comparison.meanDifference).toBe(-6);
    expect(comparison.changes.find(({ member }) => member === 'Ann')?.difference).toBe(-12);
  });

  test('leaves out what people decided, which belongs to no run', async () => {
    const store = threeRuns();
    store.addReview({
      chapter: '1장',
      member: 'Ben',
      question: 1,
      attempt: 'first',
      action: 'set',
      score: 5,
      levels: {},
      criteria: [],
      keyPoints: [],
      reason: '',
      by: 'Lea',
      at: '',
      answerHash: 'hash',
      referenceHash: 'reference',
      criteriaHash: 'criteria',
    });
    expect(await compareRuns(store, ['1', '3'])).toEqual(await compareRuns(threeRuns(), ['1', '3']));
  });

  test('has no mean where the runs share no score', async () => {
    const store = createMemoryStore();
    addRun(store, '1장', [gradeOf({ member: 'Ann' })]);
    addRun(store, '1장', [gradeOf({ member: 'Ben' })]);
    expect(await compareRuns(store, ['previous', 'last'])).toMatchObject({
      before: { id: 1 },
      after: { id: 2 },
      shared: 0,
      meanDifference: null,
      changes: [],
    });
  });

  test.each<[string, [string, string], RegExp]>([
    ['unknown', ['1', '9'], /^there is no run "9"; the runs are 1, 2, 3, and last and previous work too\.$/u],
    [
      'of different chapters',
      ['1', '2'],
      /^run 1 is about 1장, run 2 about 2장; compare runs of one chapter\.$/u,
    ],
  ])('refuses runs that are %s', async (_name, names, sentence) => {
    const comparing = () => compareRuns(threeRuns(), names);
    await expect(comparing()).rejects.toThrow(InputError);
    await expect(comparing()).rejects.toThrow(sentence);
  });

  test('knows no previous run where there is but one', async () => {
    const store = createMemoryStore();
    addRun(store, '1장', [gradeOf({ member: 'Ann' })]);
    await expect(compareRuns(store, ['previous', 'last'])).rejects.toThrow(/there is no run "previous"/u);
  });
});
