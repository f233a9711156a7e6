import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machineSummary } from '../../src/core/grade-summary.ts';
import type { Review } from '../../src/core/review.ts';
import type { ChapterOutline, GradeStore, RunRecord, StoredChapter } from '../../src/store/store.ts';
import { sampleGrade } from '../helpers/sample-material.ts';
import { describeClaims } from './claims-contract.ts';

export function storedChapter(overrides: Partial<StoredChapter> = {}): StoredChapter {
  return {
    id: '03장-인덱스',
    title: '03장 인덱스',
    rubricFile: '/rubrics/default.yaml',
    language: 'ko',
    attempt: 'first',
    questions: [
      {
        no: 2,
        text: '트랜잭션의 원자성이란?',
        modelAnswer: '모두 반영되거나 하나도 반영되지 않습니다.',
        points: 1,
        referenceHash: 'reference-1',
        criteriaHash: 'criteria-1',
      },
    ],
    submissions: [
      {
        member: '가람',
        question: 2,
        status: 'answered',
        attempts: [{ kind: 'first', text: '전부 되거나 전부 안 된다.', answerHash: 'hash-1' }],
      },
    ],
    ...overrides,
  };
}

/** A chapter as it is listed: without its answers' texts. */
export function chapterOutline(chapter = storedChapter()): ChapterOutline {
  const submissions = chapter.submissions.map((submission) => ({
    ...submission,
    attempts: submission.attempts.map(({ kind, answerHash }) => ({ kind, answerHash })),
  }));
  return { ...chapter, submissions };
}

export const sampleRun: RunRecord = {
  chapter: '03장-인덱스',
  startedAt: '2026-11-01T00:00:00.000Z',
  judge: 'llm',
  model: 'judge-1',
};

export function sampleReview(overrides: Partial<Review> = {}): Review {
  return {
    chapter: '03장-인덱스',
    member: '가람',
    question: 2,
    attempt: 'first',
    action: 'set',
    score: 85,
    levels: { accuracy: 'right' },
    criteria: sampleGrade().criteria,
    keyPoints: [],
    reason: '말로 설명함',
    by: '모임장',
    at: '2026-11-02T00:00:00.000Z',
    answerHash: 'hash-1',
    referenceHash: 'reference-1',
    criteriaHash: 'criteria-1',
    ...overrides,
  };
}

/** What every store must do, whatever it is made of. */
export function describeStore(name: string, open: () => GradeStore): void {
  describe(name, () => {
    let store: GradeStore;
    beforeEach(() => {
      store = open();
    });
    afterEach(() => store.close());

    describe('chapters', () => {
      it('has none at first', () => {
        expect(store.chapters()).toEqual([]);
      });

      it('gives back what was saved', () => {
        store.saveChapter(storedChapter());
        expect(store.chapters()).toEqual([chapterOutline()]);
        expect(store.chapter('03장-인덱스')).toEqual(chapterOutline());
        expect(store.chapterNames()).toEqual([{ id: '03장-인덱스', title: '03장 인덱스' }]);
        expect(store.answerText('03장-인덱스', 'hash-1')).toBe('전부 되거나 전부 안 된다.');
      });

      it('has nothing to say of what it does not have', () => {
        store.saveChapter(storedChapter());
        expect(store.chapter('04장')).toBeNull();
        expect(store.answerText('04장', 'hash-1')).toBe('');
        expect(store.answerText('03장-인덱스', 'hash-2')).toBe('');
      });

      it('keeps submissions in order, with all, one or none of their attempts', () => {
        const submissions: StoredChapter['submissions'] = [
          { member: '나래', question: 2, status: 'unanswered', attempts: [] },
          {
            member: '가람',
            question: 3,
            status: 'answered',
            attempts: [
              { kind: 'revised', text: `O'Brien "가" \\ \n 👩‍💻`, answerHash: 'b' },
              { kind: 'first', text: '', answerHash: 'a' },
            ],
          },
          { member: '가람', question: 2, status: 'dont_know', attempts: [] },
          ...storedChapter().submissions,
        ];
        const chapter = storedChapter({ submissions });
        store.saveChapter(chapter);
        expect(store.chapters()).toEqual([chapterOutline(chapter)]);
        const textOf = (hash: string) => store.answerText(chapter.id, hash);
        expect([textOf('a'), textOf('b')]).toEqual(['', `O'Brien "가" \\ \n 👩‍💻`]);
      });

      it('keeps the latest texts of a chapter only, and those of others', () => {
        store.saveChapter(storedChapter());
        store.saveChapter(storedChapter({ id: '04장' }));
        const [submission] = storedChapter().submissions;
        if (!submission) throw new Error('the chapter has a submission');
        const attempts = [{ kind: 'first' as const, text: '새 답', answerHash: 'hash-2' }];
        store.saveChapter(storedChapter({ submissions: [{ ...submission, attempts }] }));
        const textsOf = (id: string) => ['hash-1', 'hash-2'].map((hash) => store.answerText(id, hash));
        expect(textsOf('03장-인덱스')).toEqual(['', '새 답']);
        expect(textsOf('04장')).toEqual(['전부 되거나 전부 안 된다.', '']);
      });

      it('keeps the latest of each id', () => {
        store.saveChapter(storedChapter());
        const later = storedChapter({ title: '03장 인덱스와 정렬', submissions: [] });
        store.saveChapter(later);
        expect(store.chapters()).toEqual([chapterOutline(later)]);
      });

      it('orders them as a person counts', () => {
        for (const id of ['10장', '2장', '1장', '2장-부록']) store.saveChapter(storedChapter({ id }));
        expect(store.chapters().map(({ id }) => id)).toEqual(['1장', '2장', '2장-부록', '10장']);
        expect(store.chapterNames().map(({ id }) => id)).toEqual(['1장', '2장', '2장-부록', '10장']);
      });
    });

    describe('runs', () => {
      it('have numbers that rise', () => {
        const first = store.startRun(sampleRun);
        const second = store.startRun({ ...sampleRun, judge: 'offline', model: null });
        expect(second).toBeGreaterThan(first);
      });

      it('can end either way', () => {
        const run = store.startRun(sampleRun);
        store.finishRun(run, 'stopped', '2026-11-01T00:01:00.000Z');
        store.finishRun(store.startRun(sampleRun), 'finished', '2026-11-01T00:02:00.000Z');
        expect(store.runs()).toEqual([
          { ...sampleRun, id: run, outcome: 'stopped', finishedAt: '2026-11-01T00:01:00.000Z' },
          { ...sampleRun, id: run + 1, outcome: 'finished', finishedAt: '2026-11-01T00:02:00.000Z' },
        ]);
        expect(store.chapters()).toEqual([]);
      });

      it('that have not ended have no end; there are none at first', () => {
        expect(store.runs()).toEqual([]);
        const offline = { ...sampleRun, judge: 'offline' as const, model: null };
        const id = store.startRun(offline);
        expect(store.runs()).toEqual([{ ...offline, id, finishedAt: null, outcome: null }]);
      });
    });

    describe('reviews', () => {
      it('of a chapter that has none are none', () => {
        expect(store.reviewsOf('03장-인덱스')).toEqual([]);
      });

      it('come back whole, oldest first, added and never replaced', () => {
        const reviews = [
          sampleReview(),
          sampleReview({ action: 'clear', score: null, levels: {}, criteria: [] }),
          sampleReview({ score: 0.1, reason: `O'Brien "가" \\ \n 👩‍💻` }),
          sampleReview(),
        ];
        for (const review of reviews) store.addReview(review);
        expect(store.reviewsOf('03장-인덱스')).toEqual(reviews);
      });

      it('are those of one chapter, and no grades', () => {
        store.addReview(sampleReview());
        store.addReview(sampleReview({ chapter: '04장' }));
        expect(store.reviewsOf('04장')).toEqual([sampleReview({ chapter: '04장' })]);
        expect(store.gradesOf('04장')).toEqual([]);
      });
    });

    describe('grades', () => {
      it('of a chapter that has none are none', () => {
        expect(store.gradesOf('03장-인덱스')).toEqual([]);
      });

      it('come back whole, oldest first', () => {
        const run = store.startRun(sampleRun);
        const grades = [
          sampleGrade({ member: '나래', score: 12.5 }),
          sampleGrade(),
          sampleGrade({
            member: '나래',
            state: 'ungraded',
            score: null,
            ungradedReason: 'refused',
            feedback: null,
          }),
        ];
        for (const grade of grades) store.addGrades(run, [grade]);
        expect(store.gradesOf('03장-인덱스')).toEqual(grades);
      });

      it('are added, never replaced', () => {
        const [first, second] = [store.startRun(sampleRun), store.startRun(sampleRun)];
        store.addGrades(second, [sampleGrade({ score: 20 })]);
        store.addGrades(first, [sampleGrade({ score: 10 })]);
        store.addGrades(second, [sampleGrade({ score: 20 })]);
        expect(store.gradesOf('03장-인덱스').map(({ score }) => score)).toEqual([20, 10, 20]);
      });

      it('are those of one chapter', () => {
        const run = store.startRun(sampleRun);
        store.addGrades(run, [sampleGrade()]);
        store.addGrades(run, [sampleGrade({ chapter: '04장' })]);
        expect(store.gradesOf('04장')).toEqual([sampleGrade({ chapter: '04장' })]);
      });

      it('can be asked for by run', () => {
        const [first, second] = [
          store.startRun(sampleRun),
          store.startRun({ ...sampleRun, chapter: '04장' }),
        ];
        const grades = [
          sampleGrade({ score: 10 }),
          sampleGrade({ chapter: '04장', score: 20 }),
          sampleGrade({ score: 30 }),
          sampleGrade({ score: 10 }),
        ];
        for (const grade of grades) store.addGrades(grade.chapter === '04장' ? second : first, [grade]);
        expect([...store.summariesOfRun(first)].map(({ score }) => score)).toEqual([10, 30, 10]);
        expect([...store.summariesOfRun(second)].map(({ id }) => store.grade(id))).toEqual([
          sampleGrade({ chapter: '04장', score: 20 }),
        ]);
        expect([...store.summariesOfRun(second + 1)]).toEqual([]);
      });

      it('of a question that a run settled may be taken over by another', () => {
        const [first, second] = [store.startRun(sampleRun), store.startRun(sampleRun)];
        store.addGrades(first, [
          sampleGrade({ question: 1, score: 10 }),
          sampleGrade({ question: 2, score: 20 }),
        ]);
        store.addGrades(second, [sampleGrade({ question: 1, score: 30 })]);
        store.takeOver(second, 2, first);
        expect([...store.summariesOfRun(second)].map(({ score }) => score)).toEqual([30, 20]);
        expect([...store.summariesOfRun(first)].map(({ score }) => score)).toEqual([10, 20]);
      });

      it('unsettle their question', () => {
        const run = store.startRun(sampleRun);
        store.addGrades(
          run,
          [1, 2, 3].map((question) => sampleGrade({ question })),
        );
        store.settleQuestions(run, [
          { question: 2, basis: 'b' },
          { question: 1, basis: 'a' },
        ]);
        expect(store.settledQuestions(sampleRun.chapter)).toEqual([
          { question: 1, basis: 'a', run },
          { question: 2, basis: 'b', run },
        ]);
        expect(store.settledQuestions('04장')).toEqual([]);
        store.addGrades(store.startRun(sampleRun), [sampleGrade({ question: 2 })]);
        expect(store.settledQuestions(sampleRun.chapter)).toEqual([{ question: 1, basis: 'a', run }]);
      });

      it('are all unsettled by a reply in place of another', () => {
        const run = store.startRun(sampleRun);
        store.keepReplies([['key', 'one']]);
        store.addGrades(run, [sampleGrade({ question: 1 })]);
        const settle = () => store.settleQuestions(run, [{ question: 1, basis: 'a' }]);
        settle();
        store.keepReplies([
          ['key', 'one'],
          ['other', 'new'],
        ]);
        expect(store.settledQuestions(sampleRun.chapter)).toHaveLength(1);
        store.keepReplies([['key', 'two']]);
        expect(store.settledQuestions(sampleRun.chapter)).toEqual([]);
      });

      it('that another run made meanwhile keep their question from being settled', () => {
        const [run, other] = [store.startRun(sampleRun), store.startRun(sampleRun)];
        store.addGrades(other, [sampleGrade({ question: 1 })]);
        store.addGrades(
          run,
          [1, 2].map((question) => sampleGrade({ question })),
        );
        store.addGrades(other, [sampleGrade({ question: 2 })]);
        store.settleQuestions(
          run,
          [1, 2].map((question) => ({ question, basis: 'a' })),
        );
        expect(store.settledQuestions(sampleRun.chapter)).toEqual([{ question: 1, basis: 'a', run }]);
      });

      it('come as summaries too, oldest first, with the number of the whole', () => {
        const grades = [
          sampleGrade({ member: '나래', score: 12.5, attempt: 'revised', flags: ['hedged'] }),
          sampleGrade(),
          sampleGrade({ score: 0.1, needsReview: true, reviewReasons: ['refused'], similarTo: ['나래'] }),
          sampleGrade({ state: 'ungraded', score: null, ungradedReason: 'refused', feedback: null }),
          sampleGrade({ question: 3, state: 'not_attempted', score: 0, flags: ['blank'] }),
        ];
        store.addGrades(store.startRun(sampleRun), grades);
        const summaries = [...store.summariesOf('03장-인덱스')];
        expect(summaries.map(({ id: _id, ...summary }) => summary)).toEqual(grades.map(machineSummary));
        expect(summaries.map(({ id }) => store.grade(id))).toEqual(grades);
        expect(store.grade(Math.max(...summaries.map(({ id }) => id)) + 1)).toBeNull();
      });

      it('come as summaries of one answer', () => {
        const grades = [
          sampleGrade(),
          sampleGrade({ member: '나래' }),
          sampleGrade({ question: 3 }),
          sampleGrade({ chapter: '04장' }),
          sampleGrade({ attempt: 'revised', score: 3 }),
        ];
        store.addGrades(store.startRun(sampleRun), grades);
        const own = [...store.summariesOfAnswer('03장-인덱스', '가람', 2)];
        expect(own.map(({ id }) => store.grade(id))).toEqual([grades[0], grades[4]]);
        expect([...store.summariesOfAnswer('05장', '가람', 2)]).toEqual([]);
      });

      it('can be gone through as often as one likes, in part, and two at a time', () => {
        const run = store.startRun(sampleRun);
        const scores = Array.from({ length: 4100 }, (_, index) => index / 100);
        store.addGrades(
          run,
          scores.map((score) => sampleGrade({ score })),
        );
        const summaries = store.summariesOf('03장-인덱스');
        for (const { score } of summaries) {
          expect(score).toBe(0);
          expect([...summaries].map((summary) => summary.score)).toEqual(scores);
          break;
        }
        expect([...store.summariesOfRun(run)].map((summary) => summary.score)).toEqual(scores);
      });

      it('hold any text', () => {
        const grade = sampleGrade({
          member: `O'Brien "가" \\ \u0000 👩‍💻`,
          feedback: {
            summary: "'); DROP TABLE grades; --\n\t",
            strengths: [],
            improvements: [],
            nextStep: '',
          },
        });
        store.addGrades(store.startRun(sampleRun), [grade]);
        expect(store.gradesOf('03장-인덱스')).toEqual([grade]);
      });
    });

    describe('replies', () => {
      it('are null where none was kept', () => {
        expect(store.findReply('key')).toBeNull();
      });

      it('come back as they were kept, byte for byte', () => {
        const reply = '{"text": "  가나다 \\n ", "n": 1.0}\n';
        store.keepReplies([['key', reply]]);
        store.keepReplies([['other', '']]);
        expect(store.findReply('key')).toBe(reply);
        expect(store.findReply('other')).toBe('');
      });

      it('are replaced by newer ones', () => {
        store.keepReplies([['key', 'old']]);
        store.keepReplies([['key', 'new']]);
        expect(store.findReply('key')).toBe('new');
      });
    });

    describe('replies kept again', () => {
      it('are counted', () => {
        expect(store.timesKept('key')).toBe(0);
        store.keepReplies([['key', 'same']]);
        expect(store.timesKept('key')).toBe(1);
        store.keepReplies([['key', 'same']]);
        expect([store.timesKept('key'), store.timesKept('other')]).toEqual([2, 0]);
      });

      it('can be told from those before', () => {
        store.keepReplies([['key', 'same']]);
        expect([store.findReply('key', 0), store.findReply('key', 1)]).toEqual(['same', null]);
        store.keepReplies([['key', 'same']]);
        expect([store.findReply('key', 1), store.findReply('key', 2)]).toEqual(['same', null]);
      });
    });

    describeClaims(() => store);

    describe('what it was given and gives back is nobody else’s', () => {
      it('chapters', () => {
        const given = storedChapter();
        store.saveChapter(given);
        given.submissions.length = 0;
        const got = store.chapters()[0];
        if (got?.questions[0]) got.questions[0].text = 'changed';
        store.chapters().pop();
        expect(store.chapters()).toEqual([chapterOutline()]);
      });

      it('reviews and runs', () => {
        const given = sampleReview();
        store.addReview(given);
        given.levels['accuracy'] = 'wrong';
        const [got] = store.reviewsOf('03장-인덱스');
        got?.criteria.pop();
        expect(store.reviewsOf('03장-인덱스')).toEqual([sampleReview()]);
        const run = store.startRun(sampleRun);
        const [listed] = store.runs();
        if (listed) listed.outcome = 'finished';
        expect(store.runs()).toEqual([{ ...sampleRun, id: run, finishedAt: null, outcome: null }]);
        store.addGrades(run, [sampleGrade()]);
      });

      it('grades', () => {
        const given = sampleGrade();
        store.addGrades(store.startRun(sampleRun), [given]);
        given.flags.push('changed');
        given.judge.models.push('changed');
        const got = store.gradesOf('03장-인덱스');
        got[0]?.criteria.pop();
        got.pop();
        expect(store.gradesOf('03장-인덱스')).toEqual([sampleGrade()]);
      });
    });
  });
}
