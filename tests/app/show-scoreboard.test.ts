import { describe, expect, it } from 'vitest';
import { scoreboardFrom } from '../../src/app/show-scoreboard.ts';
import { InputError } from '../../src/core/errors.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { GradeStore, StoredChapter } from '../../src/store/store.ts';
import { sampleGrade } from '../helpers/sample-material.ts';

function stored(id: string, overrides: Partial<StoredChapter> = {}): StoredChapter {
  return {
    id,
    title: `${id} 제목`,
    language: 'ko',
    attempt: 'first',
    questions: [{ no: 2, text: '질문' }],
    submissions: ['가람', '나래'].map((member) => ({
      member,
      question: 2,
      status: 'answered',
      attempts: [{ kind: 'first', answerHash: 'hash-1' }],
    })),
    ...overrides,
  };
}

/** Three chapters: 가람 gets better, 나래 worse. */
function gradedStore(): GradeStore {
  const store = createMemoryStore();
  const scores: [string, number, number][] = [
    ['10장', 90, 30],
    ['2장', 50, 70],
    ['1장', 40, 80],
  ];
  for (const [id, first, second] of scores) {
    store.saveChapter(stored(id, { language: id === '10장' ? 'en' : 'ko' }));
    const run = store.startRun({ chapter: id, startedAt: '', judge: 'llm', model: 'm' });
    store.addGrade(run, sampleGrade({ chapter: id, member: '가람', score: first }));
    store.addGrade(run, sampleGrade({ chapter: id, member: '나래', score: second }));
  }
  return store;
}

const scoresIn = ({ rows }: ReturnType<typeof scoreboardFrom>) =>
  rows.map(({ rank, member, score, trend, chapters }) => ({ rank, member, score, trend, chapters }));

describe('scoreboardFrom', () => {
  it('is over all graded chapters, in the order a person would count', () => {
    const board = scoreboardFrom(gradedStore(), []);
    expect(board.standings.map(({ chapter }) => chapter)).toEqual([
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
  ])('is over the chapters named by %s', (_name, names) => {
    const board = scoreboardFrom(gradedStore(), names);
    expect(board.standings.map(({ chapter }) => chapter.id)).toEqual(['2장', '10장']);
    expect(scoresIn(board).map(({ member, score }) => [member, score])).toEqual([
      ['가람', 70],
      ['나래', 50],
    ]);
  });

  it('speaks the language of the first chapter', () => {
    expect(scoreboardFrom(gradedStore(), ['10장']).language).toBe('en');
  });

  it('counts only grades of the texts as they are now', () => {
    const store = gradedStore();
    const changed = stored('2장');
    const submission = changed.submissions[0];
    if (submission) submission.attempts = [{ kind: 'first', answerHash: 'hash-2' }];
    store.saveChapter(changed);
    const board = scoreboardFrom(store, ['2장']);
    expect(board.rows.find(({ member }) => member === '가람')).toMatchObject({
      rank: null,
      score: null,
      ungraded: 1,
      provisional: true,
    });
  });

  it.each<[string, GradeStore | null]>([
    ['there is no database', null],
    ['nothing was graded', createMemoryStore()],
  ])('says how to begin when %s', (_name, store) => {
    for (const names of [[], ['1장']]) {
      expect(() => scoreboardFrom(store, names)).toThrow(InputError);
      expect(() => scoreboardFrom(store, names)).toThrow(/answer-grader grade FILE/u);
    }
  });

  it('names the chapters there are when one is not', () => {
    expect(() => scoreboardFrom(gradedStore(), ['1장', '3장'])).toThrow(
      '"3장" is not among the graded chapters; they are 1장 제목, 2장 제목, 10장 제목.',
    );
  });
});
