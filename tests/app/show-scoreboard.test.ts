import { describe, expect, it } from 'vitest';
import { scoreboardFrom } from '../../src/app/show-scoreboard.ts';
import { criteriaHashOf } from '../../src/app/standard.ts';
import { InputError } from '../../src/core/errors.ts';
import type { Rubric } from '../../src/core/rubric.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { GradeStore, StoredChapter } from '../../src/store/store.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { sampleGrade, sampleRubric } from '../helpers/sample-material.ts';

function stored(id: string, overrides: Partial<StoredChapter> = {}): StoredChapter {
  return {
    id,
    title: `${id} 제목`,
    rubricFile: null,
    rubric: null,
    language: 'ko',
    attempt: 'first',
    questions: [
      {
        no: 2,
        text: '질문',
        modelAnswer: null,
        points: 1,
        referenceHash: 'reference-1',
        criteriaHash: 'criteria-1',
      },
    ],
    submissions: ['가람', '나래'].map((member) => ({
      member,
      question: 2,
      status: 'answered',
      attempts: [{ kind: 'first', text: '답', answerHash: 'hash-1' }],
    })),
    ...overrides,
  };
}

/** Three chapters: 가람 gets better, 나래 worse. */
function gradedStore() {
  const store = createMemoryStore();
  const scores: [string, number, number][] = [
    ['10장', 90, 30],
    ['2장', 50, 70],
    ['1장', 40, 80],
  ];
  for (const [id, first, second] of scores) {
    store.saveChapter(stored(id, { language: id === '10장' ? 'en' : 'ko' }));
    const run = store.startRun({ chapter: id, startedAt: '', judge: 'llm', model: 'm' });
    store.addGrades(run, [sampleGrade({ chapter: id, member: '가람', score: first })]);
    store.addGrades(run, [sampleGrade({ chapter: id, member: '나래', score: second })]);
  }
  return store;
}

/** The scoreboard where these files, and none else, lie beside the database. */
function boardOf(
  store: GradeStore | null,
  names: readonly string[] = [],
  beside: Readonly<Record<string, string>> = {},
) {
  return scoreboardFrom(store, names, memoryFiles(beside), { folder: '/group', builtIn: '/program/rubrics' });
}

const scoresIn = ({ rows }: Awaited<ReturnType<typeof scoreboardFrom>>) =>
  rows.map(({ rank, member, score, trend, chapters }) => ({ rank, member, score, trend, chapters }));

describe('scoreboardFrom', () => {
  it('is over all graded chapters, in the order a person would count', async () => {
    const board = await boardOf(gradedStore());
    expect(board.chapters).toEqual([
      { id: '1장', title: '1장 제목' },
      { id: '2장', title: '2장 제목' },
      { id: '10장', title: '10장 제목' },
    ]);
    expect(scoresIn(board)).toEqual([
      { rank: 1, member: '가람', score: 60, trend: 50, chapters: { '1장': 40, '2장': 50, '10장': 90 } },
      { rank: 1, member: '나래', score: 60, trend: -50, chapters: { '1장': 80, '2장': 70, '10장': 30 } },
    ]);
    expect(board.language).toBe('ko');
  });

  it.each([
    ['ids', ['10장', '2장']],
    ['titles', ['2장 제목', ' 10장 제목 ']],
    ['both, one of them twice', ['2장', '10장', '2장 제목']],
    ['names as macOS writes them', ['10장'.normalize('NFD'), '2장 제목'.normalize('NFD')]],
  ])('is over the chapters named by %s', async (_name, names) => {
    const board = await boardOf(gradedStore(), names);
    expect(board.chapters.map(({ id }) => id)).toEqual(['2장', '10장']);
    expect(scoresIn(board).map(({ member, score }) => [member, score])).toEqual([
      ['가람', 70],
      ['나래', 50],
    ]);
  });

  it('speaks the language of the first chapter', async () => {
    expect((await boardOf(gradedStore(), ['10장'])).language).toBe('en');
  });

  it('counts only grades of the texts as they are now', async () => {
    const store = gradedStore();
    const changed = stored('2장');
    const submission = changed.submissions[0];
    if (submission) submission.attempts = [{ kind: 'first', text: '고친 답', answerHash: 'hash-2' }];
    store.saveChapter(changed);
    const board = await boardOf(store, ['2장']);
    expect(board.rows.find(({ member }) => member === '가람')).toMatchObject({
      rank: null,
      score: null,
      ungraded: 1,
      provisional: true,
    });
  });

  it('weighs questions by their points', async () => {
    const store = createMemoryStore();
    const [first] = stored('1장').questions;
    if (!first) throw new Error('the chapter has a question');
    const questions = [
      { ...first, points: 3 },
      { ...first, no: 3 },
    ];
    const submissions: StoredChapter['submissions'] = questions.map(({ no }) => ({
      member: '가람',
      question: no,
      status: 'answered',
      attempts: [{ kind: 'first', text: '답', answerHash: 'hash-1' }],
    }));
    store.saveChapter(stored('1장', { questions, submissions }));
    const run = store.startRun({ chapter: '1장', startedAt: '', judge: 'llm', model: 'm' });
    store.addGrades(run, [sampleGrade({ chapter: '1장', question: 2, score: 80 })]);
    store.addGrades(run, [sampleGrade({ chapter: '1장', question: 3, score: 40 })]);
    expect((await boardOf(store)).rows[0]?.score).toBe(70);
  });

  it('counts what a person decided', async () => {
    const store = gradedStore();
    store.addReview({
      chapter: '2장',
      member: '나래',
      question: 2,
      attempt: 'first',
      action: 'set',
      score: 10,
      levels: {},
      criteria: [],
      keyPoints: [],
      reason: '',
      by: '모임장',
      at: '',
      answerHash: 'hash-1',
      referenceHash: 'reference-1',
      criteriaHash: 'criteria-1',
    });
    const board = await boardOf(store, ['2장']);
    expect(board.rows.find(({ member }) => member === '나래')?.score).toBe(10);
  });

  describe('under a rubric that has changed since', () => {
    const rubricFile = '/group/rubrics/2장.yaml';
    const asGraded = sampleRubric();
    const store = () => {
      const kept = gradedStore();
      const chapter = stored('2장', { rubricFile });
      for (const question of chapter.questions) question.criteriaHash = criteriaHashOf(asGraded, question.no);
      kept.saveChapter(chapter);
      const run = kept.startRun({ chapter: '2장', startedAt: '', judge: 'llm', model: 'm' });
      const criteriaHash = criteriaHashOf(asGraded, 2);
      for (const member of ['가람', '나래'])
        kept.addGrades(run, [sampleGrade({ chapter: '2장', member, criteriaHash })]);
      return kept;
    };
    const staleUnder = async (beside: Readonly<Record<string, string>>) =>
      (await boardOf(store(), ['2장'], beside)).rows.map(({ stale, score }) => [stale, score]);
    const asFile = (rubric: Rubric) => ({ [rubricFile]: JSON.stringify(rubric) });

    it('counts the scores that were given before', async () => {
      const changed = { ...asGraded, questions: { 2: { keyPoints: [{ text: '모두 되거나', weight: 1 }] } } };
      expect(await staleUnder(asFile(changed))).toEqual([
        [1, 70],
        [1, 70],
      ]);
    });

    it.each<[string, Readonly<Record<string, string>>]>([
      ['has not changed', asFile(asGraded)],
      ['is not there any more', {}],
      ['is just being edited', { [rubricFile]: 'questions: [' }],
    ])('counts none when the rubric %s', async (_name, beside) => {
      expect(await staleUnder(beside)).toEqual([
        [0, 70],
        [0, 70],
      ]);
    });
  });

  it.each<[string, GradeStore | null]>([
    ['there is no database', null],
    ['nothing was graded', createMemoryStore()],
  ])('says how to begin when %s', async (_name, store) => {
    for (const names of [[], ['1장']]) {
      await expect(boardOf(store, names)).rejects.toThrow(InputError);
      await expect(boardOf(store, names)).rejects.toThrow(/answer-grader grade FILE/u);
    }
  });

  it('names the chapters there are when one is not', async () => {
    await expect(boardOf(gradedStore(), ['1장', '3장'])).rejects.toThrow(
      '"3장" is not among the graded chapters; they are 1장 제목, 2장 제목, 10장 제목.',
    );
  });
});
