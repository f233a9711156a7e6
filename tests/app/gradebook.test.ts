import { expect, test } from 'vitest';
import { gradebookFrom, rosterFrom } from '../../src/app/gradebook.ts';
import { InputError } from '../../src/core/errors.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { sampleGrade } from '../helpers/sample-material.ts';
import { storedChapter } from '../helpers/stored-chapter.ts';

const files = memoryFiles({ '/group/roster.csv': 'member,email\nAnn,ann@example.org\n' });
const surroundings = { files, places: { folder: '/group', builtIn: '/program/rubrics' } };

/** Two chapters: Ann and Ben answered the first, only Ann the second; one of Ben's two answers is ungraded. */
function gradedStore() {
  const store = createMemoryStore();
  const [first] = storedChapter('1 Trees').submissions;
  const [question] = storedChapter('1 Trees').questions;
  if (!first || !question) throw new Error('the sample has no submission');
  const trees = storedChapter('1 Trees', {
    questions: [question, { ...question, no: 2 }],
    submissions: [first, { ...first, member: 'Ben' }, { ...first, member: 'Ben', question: 2 }],
  });
  const graphs = storedChapter('10 Graphs');
  const grades = [
    { chapter: trees.id, member: 'Ann', question: 1, score: 70 },
    { chapter: trees.id, member: 'Ben', question: 1, score: 90 },
    { chapter: graphs.id, member: 'Ann', question: 1, score: 40 },
  ];
  for (const chapter of [graphs, trees]) {
    store.saveChapter(chapter);
    const run = store.startRun({ chapter: chapter.id, startedAt: '', judge: 'llm', model: 'm' });
    const own = grades.filter((grade) => grade.chapter === chapter.id);
    store.addGrades(
      run,
      own.map((grade) => sampleGrade({ ...grade, answerHash: 'hash' })),
    );
  }
  return store;
}

test('a column for each chapter; no score stands where one of the answers is ungraded', async () => {
  const roster = await rosterFrom('/group/roster.csv', files);
  expect(await gradebookFrom(gradedStore(), [], roster, surroundings)).toEqual({
    chapters: ['1 Trees', '10 Graphs'],
    hasRoster: true,
    rows: [
      { member: 'Ann', identity: roster.get('Ann'), scores: [70, 40], ungraded: [] },
      { member: 'Ben', identity: null, scores: [null, null], ungraded: ['1 Trees'] },
    ],
  });
});

test('only the chapters that are named', async () => {
  expect(await gradebookFrom(gradedStore(), ['10 Graphs'], null, surroundings)).toEqual({
    chapters: ['10 Graphs'],
    hasRoster: false,
    rows: [{ member: 'Ann', identity: null, scores: [40], ungraded: [] }],
  });
});

test('nothing graded is an error', async () => {
  await expect(gradebookFrom(null, [], null, surroundings)).rejects.toThrow(InputError);
});
