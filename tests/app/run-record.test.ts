import { expect, test } from 'vitest';
import { createRunRecord } from '../../src/app/run-record.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { later } from '../helpers/later.ts';
import { sampleGrade } from '../helpers/sample-material.ts';

const chapter = '1장';
const grades = Array.from({ length: 2500 }, (_, index) => sampleGrade({ chapter, question: index + 1 }));

function recorded() {
  const store = createMemoryStore();
  const run = store.startRun({ chapter, startedAt: '', judge: 'llm', model: 'm' });
  const record = createRunRecord(run, chapter, grades.length, later(store), ({ question }) => question);
  return { store, record };
}

test('what is settled and judged at the same time is stored once, and given in the order of the attempts', async () => {
  const { store, record } = recorded();
  await Promise.all(
    grades.map((grade, index) => (index % 5 === 0 ? record.judged(grade) : record.settled(grade))),
  );
  await record.finish();
  expect(record.done()).toBe(grades.length);
  expect(store.gradesOf(chapter)).toHaveLength(grades.length);
  expect((await Array.fromAsync(record.grades())).map(({ question }) => question)).toEqual(
    grades.map(({ question }) => question),
  );
  expect(await record.counts()).toMatchObject({ graded: grades.length, ungraded: 0 });
});

test('a judged grade is stored when that is said', async () => {
  const { store, record } = recorded();
  const [first, second] = grades;
  if (!first || !second) throw new Error('there are grades');
  await record.settled(first);
  expect(store.gradesOf(chapter)).toEqual([]);
  await record.judged(second);
  expect(store.gradesOf(chapter)).toEqual([first, second]);
});
