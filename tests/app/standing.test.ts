import { beforeEach, describe, expect, it } from 'vitest';
import { planGrading } from '../../src/app/plan.ts';
import { criteriaHashOf, referenceHashOf } from '../../src/app/standard.ts';
import { attemptStates, earlierGrades, standingOf, storedChapterOf } from '../../src/app/standing.ts';
import { underRubric } from '../../src/app/stored-rubric.ts';
import type { AtOnce } from '../../src/core/awaitable.ts';
import type { Grade } from '../../src/core/grade.ts';
import type { Review } from '../../src/core/review.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { GradeStore } from '../../src/store/store.ts';
import { loadedRubric, sampleChapter, sampleGrade, sampleRubric } from '../helpers/sample-material.ts';

const chapter = sampleChapter();
const stored = storedChapterOf(chapter, loadedRubric(), 'ko');
const states = attemptStates(stored);
/** What the grade of 가람's answer to question 2 rests on now. */
const basis = states.find(({ member, question }) => member === '가람' && question === 2);
if (!basis) throw new Error('the sample chapter has that answer');
const { answerHash, referenceHash, criteriaHash } = basis;

const gradeOf = (overrides: Partial<Grade> = {}) =>
  sampleGrade({ answerHash, referenceHash, criteriaHash, ...overrides });
const review: Review = {
  chapter: chapter.id,
  member: '가람',
  question: 2,
  attempt: 'first',
  action: 'set',
  score: 95,
  levels: {},
  criteria: [],
  keyPoints: [],
  reason: '',
  by: '모임장',
  at: '2026-12-01T00:00:00.000Z',
  answerHash,
  referenceHash,
  criteriaHash,
};

let store: AtOnce<GradeStore>;
beforeEach(() => {
  store = createMemoryStore();
});
const keep = (...grades: Grade[]) => {
  const run = store.startRun({ chapter: chapter.id, startedAt: '', judge: 'llm', model: 'm' });
  for (const grade of grades) store.addGrades(run, [grade]);
};

describe('storedChapterOf', () => {
  it('keeps question, model answer, points and what they rest on', () => {
    const rubric = sampleRubric({ questions: { 2: { points: 3 } } });
    const { questions } = storedChapterOf(chapter, { ...loadedRubric(), rubric }, 'ko');
    expect(questions).toEqual(
      chapter.questions.map((question) => ({
        ...question,
        points: question.no === 2 ? 3 : 1,
        referenceHash: referenceHashOf(question),
        criteriaHash: criteriaHashOf(rubric, question.no),
      })),
    );
  });

  it('keeps the texts of attempts; what was left open is one empty attempt', () => {
    expect(stored.submissions.map(({ attempts }) => attempts.map(({ kind, text }) => [kind, text]))).toEqual(
      chapter.submissions.map(({ attempts }) =>
        attempts.length > 0 ? attempts.map(({ kind, text }) => [kind, text]) : [['first', '']],
      ),
    );
  });

  it('keeps where its rubric lies, and nothing where it has no file', () => {
    expect(stored).toMatchObject({ rubricFile: '/rubrics/default.yaml', language: 'ko', attempt: 'first' });
    expect(storedChapterOf(chapter, { ...loadedRubric(), path: null }, 'en')).toMatchObject({
      rubricFile: null,
      language: 'en',
    });
  });
});

describe('attemptStates', () => {
  it('are what a plan of grading names', () => {
    const planned = planGrading(chapter, sampleRubric(), 'ko', {}, '03장.md');
    expect(states).toEqual(
      planned.map(({ member, question, attempt, ...rest }) => ({
        member,
        question,
        attempt,
        answerHash: rest.answerHash,
        referenceHash: rest.referenceHash,
        criteriaHash: rest.criteriaHash,
      })),
    );
  });

  it('know nothing of a question that is not in the chapter', () => {
    const [state] = attemptStates({ ...stored, questions: [] });
    expect(state).toMatchObject({ referenceHash: '', criteriaHash: '' });
  });
});

describe('underRubric', () => {
  it('changes what is expected of the questions that the rubric changes, and nothing else', () => {
    const changed = sampleRubric({ questions: { 1: { keyPoints: [{ text: '다름', weight: 1 }] } } });
    const now = underRubric(stored, changed);
    expect(
      now.questions.map((question, index) => question.criteriaHash === stored.questions[index]?.criteriaHash),
    ).toEqual([false, true, true, true]);
    expect({ ...now, questions: [] }).toEqual({ ...stored, questions: [] });
    expect(underRubric(stored, sampleRubric())).toEqual(stored);
  });
});

describe('standingOf', () => {
  it('holds the grades that count now, and what each question counts', async () => {
    keep(gradeOf({ score: 10 }), gradeOf({ score: 60 }), gradeOf({ answerHash: 'before', score: 99 }));
    const rubric = { ...loadedRubric(), rubric: sampleRubric({ questions: { 2: { points: 3 } } }) };
    const standing = await standingOf(storedChapterOf(chapter, rubric, 'ko'), store);
    expect(standing.grades.map(({ score }) => score)).toEqual([60]);
    expect(standing).toMatchObject({ chapter: { id: chapter.id, title: chapter.title }, attempt: 'first' });
    expect(standing.submissions.map(({ question, points }) => [question, points])).toEqual([
      [2, 3],
      [3, 1],
      [1, 1],
      [4, 1],
      [2, 3],
    ]);
  });

  it('marks grades made under another rubric or model answer', async () => {
    keep(gradeOf({ criteriaHash: 'before', referenceHash: 'before' }));
    expect((await standingOf(stored, store)).grades).toMatchObject([{ stale: ['model_answer', 'rubric'] }]);
  });

  it("holds people's decisions", async () => {
    keep(gradeOf({ score: 60 }));
    store.addReview(review);
    expect((await standingOf(stored, store)).grades).toMatchObject([
      { score: 95, override: { by: '모임장', machine: { score: 60 } } },
    ]);
  });
});

describe('earlierGrades', () => {
  it('are the last of each attempt, whatever text they were made on, without stale marks', async () => {
    keep(gradeOf({ score: 60 }), gradeOf({ answerHash: 'other', criteriaHash: 'other', score: 70 }));
    keep(gradeOf({ question: 3, score: 20 }));
    const earlier = await earlierGrades(chapter.id, store);
    expect(earlier.map(({ question, score, stale }) => [question, score, stale])).toEqual([
      [2, 70, []],
      [3, 20, []],
    ]);
  });

  it("hold people's decisions, so that a score moves when one is made or cleared", async () => {
    keep(gradeOf({ score: 60 }));
    store.addReview(review);
    expect(await earlierGrades(chapter.id, store)).toMatchObject([{ score: 95 }]);
    store.addReview({ ...review, action: 'clear', score: null });
    expect(await earlierGrades(chapter.id, store)).toMatchObject([{ score: 60, override: null }]);
  });

  it('of a chapter that was never graded are none', async () => {
    expect(await earlierGrades('04장', store)).toEqual([]);
  });
});
