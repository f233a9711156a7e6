import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Awaitable } from '../../src/core/awaitable.ts';
import { machineSummary } from '../../src/core/grade-summary.ts';
import type { Review } from '../../src/core/review.ts';
import type {
  ChapterOutline,
  GradeStore,
  RunRecord,
  StoredChapter,
  StoredSummary,
} from '../../src/store/store.ts';
import { sampleGrade } from '../helpers/sample-material.ts';
import { describeClaims } from './claims-contract.ts';

export function storedChapter(overrides: Partial<StoredChapter> = {}): StoredChapter {
  return {
    id: '03장-인덱스',
    title: '03장 인덱스',
    rubricFile: '/rubrics/default.yaml',
    rubric: null,
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
export function describeStore(name: string, open: () => Awaitable<GradeStore>): void {
  describe(name, () => {
    let store: GradeStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
    const wholesOf = (summaries: Iterable<StoredSummary>) =>
      Promise.all([...summaries].map(async ({ id }) => store.grade(id)));

    describe('chapters', () => {
      it('has none at first', async () => {
        expect(await store.chapters()).toEqual([]);
      });

      it('gives back what was saved', async () => {
        await store.saveChapter(storedChapter());
        expect(await store.chapters()).toEqual([chapterOutline()]);
        expect(await store.chapter('03장-인덱스')).toEqual(chapterOutline());
        expect(await store.chapterNames()).toEqual([{ id: '03장-인덱스', title: '03장 인덱스' }]);
        expect(await store.answerText('03장-인덱스', 'hash-1')).toBe('전부 되거나 전부 안 된다.');
      });

      it('has nothing to say of what it does not have', async () => {
        await store.saveChapter(storedChapter());
        expect(await store.chapter('04장')).toBeNull();
        expect(await store.answerText('04장', 'hash-1')).toBe('');
        expect(await store.answerText('03장-인덱스', 'hash-2')).toBe('');
      });

      it('keeps submissions in order, with all, one or none of their attempts', async () => {
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
        await store.saveChapter(chapter);
        expect(await store.chapters()).toEqual([chapterOutline(chapter)]);
        const textOf = (hash: string) => store.answerText(chapter.id, hash);
        expect([await textOf('a'), await textOf('b')]).toEqual(['', `O'Brien "가" \\ \n 👩‍💻`]);
      });

      it('keeps the latest texts of a chapter only, and those of others', async () => {
        await store.saveChapter(storedChapter());
        await store.saveChapter(storedChapter({ id: '04장' }));
        const [submission] = storedChapter().submissions;
        if (!submission) throw new Error('the chapter has a submission');
        const attempts = [{ kind: 'first' as const, text: '새 답', answerHash: 'hash-2' }];
        await store.saveChapter(storedChapter({ submissions: [{ ...submission, attempts }] }));
        const textsOf = (id: string) =>
          Promise.all(['hash-1', 'hash-2'].map(async (hash) => store.answerText(id, hash)));
        expect(await textsOf('03장-인덱스')).toEqual(['', '새 답']);
        expect(await textsOf('04장')).toEqual(['전부 되거나 전부 안 된다.', '']);
      });

      it('keeps the latest of each id', async () => {
        await store.saveChapter(storedChapter());
        const later = storedChapter({ title: '03장 인덱스와 정렬', submissions: [] });
        await store.saveChapter(later);
        expect(await store.chapters()).toEqual([chapterOutline(later)]);
      });

      it('orders them as a person counts', async () => {
        for (const id of ['10장', '2장', '1장', '2장-부록']) await store.saveChapter(storedChapter({ id }));
        expect((await store.chapters()).map(({ id }) => id)).toEqual(['1장', '2장', '2장-부록', '10장']);
        expect((await store.chapterNames()).map(({ id }) => id)).toEqual(['1장', '2장', '2장-부록', '10장']);
      });
    });

    describe('runs', () => {
      it('have numbers that rise', async () => {
        const first = await store.startRun(sampleRun);
        const second = await store.startRun({ ...sampleRun, judge: 'offline', model: null });
        expect(second).toBeGreaterThan(first);
      });

      it('can end either way', async () => {
        const run = await store.startRun(sampleRun);
        await store.finishRun(run, 'stopped', '2026-11-01T00:01:00.000Z');
        await store.finishRun(await store.startRun(sampleRun), 'finished', '2026-11-01T00:02:00.000Z');
        expect(await store.runs()).toEqual([
          { ...sampleRun, id: run, outcome: 'stopped', finishedAt: '2026-11-01T00:01:00.000Z' },
          { ...sampleRun, id: run + 1, outcome: 'finished', finishedAt: '2026-11-01T00:02:00.000Z' },
        ]);
        expect(await store.chapters()).toEqual([]);
      });

      it('that have not ended have no end; there are none at first', async () => {
        expect(await store.runs()).toEqual([]);
        const offline = { ...sampleRun, judge: 'offline' as const, model: null };
        const id = await store.startRun(offline);
        expect(await store.runs()).toEqual([{ ...offline, id, finishedAt: null, outcome: null }]);
      });
    });

    describe('reviews', () => {
      it('of a chapter that has none are none', async () => {
        expect(await store.reviewsOf('03장-인덱스')).toEqual([]);
      });

      it('come back whole, oldest first, added and never replaced', async () => {
        const reviews = [
          sampleReview(),
          sampleReview({ action: 'clear', score: null, levels: {}, criteria: [] }),
          sampleReview({ score: 0.1, reason: `O'Brien "가" \\ \n 👩‍💻` }),
          sampleReview(),
        ];
        for (const review of reviews) await store.addReview(review);
        expect(await store.reviewsOf('03장-인덱스')).toEqual(reviews);
      });

      it('are added after the last one on their attempt, together', async () => {
        const last = sampleReview({ at: '2026-12-01T00:00:00.000Z' });
        const others = [
          sampleReview({ member: '나래' }),
          sampleReview({ question: 3 }),
          sampleReview({ attempt: 'revised' }),
          sampleReview({ chapter: '04장' }),
        ];
        for (const review of [sampleReview(), last, ...others]) await store.addReview(review);
        const added: [Review, Review] = [sampleReview({ action: 'clear', score: null }), sampleReview()];
        expect(await store.addReviewsAfter(last, added)).toBe(true);
        const [one, , ...rest] = await store.reviewsOf('03장-인덱스');
        expect([one, ...rest]).toEqual([sampleReview(), ...others.slice(0, 3), ...added]);
      });

      it.each([
        ['there is none', []],
        ['another one came', [sampleReview(), sampleReview({ at: '2026-12-01T00:00:00.000Z' })]],
        ['it is somebody else’s', [sampleReview({ by: 'somebody else' })]],
        ['it is on another attempt', [sampleReview({ question: 3 })]],
      ])('are not added after one that is not the last one, because %s', async (_, reviews) => {
        for (const review of reviews) await store.addReview(review);
        expect(await store.addReviewsAfter(sampleReview(), [sampleReview()])).toBe(false);
        expect(await store.reviewsOf('03장-인덱스')).toEqual(reviews);
      });

      it('are not added twice after the same one by many at once', async () => {
        await store.addReview(sampleReview());
        const at = (index: number) => `2026-11-03T00:00:0${index}.000Z`;
        const all = await Promise.all(
          [0, 1, 2, 3, 4].map(async (index) =>
            store.addReviewsAfter(sampleReview(), [sampleReview({ at: at(index) })]),
          ),
        );
        expect(all.filter((isAdded) => isAdded)).toHaveLength(1);
        expect(await store.reviewsOf('03장-인덱스')).toHaveLength(2);
      });

      it('are those of one chapter, and no grades', async () => {
        await store.addReview(sampleReview());
        await store.addReview(sampleReview({ chapter: '04장' }));
        expect(await store.reviewsOf('04장')).toEqual([sampleReview({ chapter: '04장' })]);
        expect(await store.gradesOf('04장')).toEqual([]);
      });
    });

    describe('grades', () => {
      it('of a chapter that has none are none', async () => {
        expect(await store.gradesOf('03장-인덱스')).toEqual([]);
      });

      it('come back whole, oldest first', async () => {
        const run = await store.startRun(sampleRun);
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
        for (const grade of grades) await store.addGrades(run, [grade]);
        expect(await store.gradesOf('03장-인덱스')).toEqual(grades);
      });

      it('are added, never replaced', async () => {
        const [first, second] = [await store.startRun(sampleRun), await store.startRun(sampleRun)];
        await store.addGrades(second, [sampleGrade({ score: 20 })]);
        await store.addGrades(first, [sampleGrade({ score: 10 })]);
        await store.addGrades(second, [sampleGrade({ score: 20 })]);
        expect((await store.gradesOf('03장-인덱스')).map(({ score }) => score)).toEqual([20, 10, 20]);
      });

      it('are those of one chapter', async () => {
        const run = await store.startRun(sampleRun);
        await store.addGrades(run, [sampleGrade()]);
        await store.addGrades(run, [sampleGrade({ chapter: '04장' })]);
        expect(await store.gradesOf('04장')).toEqual([sampleGrade({ chapter: '04장' })]);
      });

      it('can be asked for by run', async () => {
        const [first, second] = [
          await store.startRun(sampleRun),
          await store.startRun({ ...sampleRun, chapter: '04장' }),
        ];
        const grades = [
          sampleGrade({ score: 10 }),
          sampleGrade({ chapter: '04장', score: 20 }),
          sampleGrade({ score: 30 }),
          sampleGrade({ score: 10 }),
        ];
        for (const grade of grades) await store.addGrades(grade.chapter === '04장' ? second : first, [grade]);
        expect([...(await store.summariesOfRun(first))].map(({ score }) => score)).toEqual([10, 30, 10]);
        expect(await wholesOf([...(await store.summariesOfRun(second))])).toEqual([
          sampleGrade({ chapter: '04장', score: 20 }),
        ]);
        expect([...(await store.summariesOfRun(second + 1))]).toEqual([]);
      });

      it('of a question that a run settled may be taken over by another', async () => {
        const [first, second] = [await store.startRun(sampleRun), await store.startRun(sampleRun)];
        await store.addGrades(first, [
          sampleGrade({ question: 1, score: 10 }),
          sampleGrade({ question: 2, score: 20 }),
        ]);
        await store.addGrades(second, [sampleGrade({ question: 1, score: 30 })]);
        await store.takeOver(second, 2, first);
        expect([...(await store.summariesOfRun(second))].map(({ score }) => score)).toEqual([30, 20]);
        expect([...(await store.summariesOfRun(first))].map(({ score }) => score)).toEqual([10, 20]);
      });

      it('unsettle their question', async () => {
        const run = await store.startRun(sampleRun);
        await store.addGrades(
          run,
          [1, 2, 3].map((question) => sampleGrade({ question })),
        );
        await store.settleQuestions(run, [
          { question: 2, basis: 'b' },
          { question: 1, basis: 'a' },
        ]);
        expect(await store.settledQuestions(sampleRun.chapter)).toEqual([
          { question: 1, basis: 'a', run },
          { question: 2, basis: 'b', run },
        ]);
        expect(await store.settledQuestions('04장')).toEqual([]);
        await store.addGrades(await store.startRun(sampleRun), [sampleGrade({ question: 2 })]);
        expect(await store.settledQuestions(sampleRun.chapter)).toEqual([{ question: 1, basis: 'a', run }]);
      });

      it('are all unsettled by a reply in place of another', async () => {
        const run = await store.startRun(sampleRun);
        await store.keepReplies([['key', 'one']]);
        await store.addGrades(run, [sampleGrade({ question: 1 })]);
        const settle = () => store.settleQuestions(run, [{ question: 1, basis: 'a' }]);
        await settle();
        await store.keepReplies([
          ['key', 'one'],
          ['other', 'new'],
        ]);
        expect(await store.settledQuestions(sampleRun.chapter)).toHaveLength(1);
        await store.keepReplies([['key', 'two']]);
        expect(await store.settledQuestions(sampleRun.chapter)).toEqual([]);
      });

      it('that another run made meanwhile keep their question from being settled', async () => {
        const [run, other] = [await store.startRun(sampleRun), await store.startRun(sampleRun)];
        await store.addGrades(other, [sampleGrade({ question: 1 })]);
        await store.addGrades(
          run,
          [1, 2].map((question) => sampleGrade({ question })),
        );
        await store.addGrades(other, [sampleGrade({ question: 2 })]);
        await store.settleQuestions(
          run,
          [1, 2].map((question) => ({ question, basis: 'a' })),
        );
        expect(await store.settledQuestions(sampleRun.chapter)).toEqual([{ question: 1, basis: 'a', run }]);
      });

      it('come as summaries too, oldest first, with the number of the whole', async () => {
        const grades = [
          sampleGrade({ member: '나래', score: 12.5, attempt: 'revised', flags: ['hedged'] }),
          sampleGrade(),
          sampleGrade({ score: 0.1, needsReview: true, reviewReasons: ['refused'], similarTo: ['나래'] }),
          sampleGrade({ state: 'ungraded', score: null, ungradedReason: 'refused', feedback: null }),
          sampleGrade({ question: 3, state: 'not_attempted', score: 0, flags: ['blank'] }),
        ];
        await store.addGrades(await store.startRun(sampleRun), grades);
        const summaries = [...(await store.summariesOf('03장-인덱스'))];
        expect(summaries.map(({ id: _id, ...summary }) => summary)).toEqual(grades.map(machineSummary));
        expect(await wholesOf(summaries)).toEqual(grades);
        expect(await store.grade(Math.max(...summaries.map(({ id }) => id)) + 1)).toBeNull();
      });

      it('come as summaries of one answer', async () => {
        const grades = [
          sampleGrade(),
          sampleGrade({ member: '나래' }),
          sampleGrade({ question: 3 }),
          sampleGrade({ chapter: '04장' }),
          sampleGrade({ attempt: 'revised', score: 3 }),
        ];
        await store.addGrades(await store.startRun(sampleRun), grades);
        const own = [...(await store.summariesOfAnswer('03장-인덱스', '가람', 2))];
        expect(await wholesOf(own)).toEqual([grades[0], grades[4]]);
        expect([...(await store.summariesOfAnswer('05장', '가람', 2))]).toEqual([]);
      });

      it('can be gone through as often as one likes, in part, and two at a time', async () => {
        const run = await store.startRun(sampleRun);
        const scores = Array.from({ length: 4100 }, (_, index) => index / 100);
        await store.addGrades(
          run,
          scores.map((score) => sampleGrade({ score })),
        );
        const summaries = await store.summariesOf('03장-인덱스');
        for (const { score } of summaries) {
          expect(score).toBe(0);
          expect([...summaries].map((summary) => summary.score)).toEqual(scores);
          break;
        }
        expect([...(await store.summariesOfRun(run))].map((summary) => summary.score)).toEqual(scores);
      });

      it('hold any text', async () => {
        const grade = sampleGrade({
          member: `O'Brien "가" \\ \u0000 👩‍💻`,
          feedback: {
            summary: "'); DROP TABLE grades; --\n\t",
            strengths: [],
            improvements: [],
            nextStep: '',
          },
        });
        await store.addGrades(await store.startRun(sampleRun), [grade]);
        expect(await store.gradesOf('03장-인덱스')).toEqual([grade]);
      });
    });

    describe('replies', () => {
      it('are null where none was kept', async () => {
        expect(await store.findReply('key')).toBeNull();
      });

      it('come back as they were kept, byte for byte', async () => {
        const reply = '{"text": "  가나다 \\n ", "n": 1.0}\n';
        await store.keepReplies([['key', reply]]);
        await store.keepReplies([['other', '']]);
        expect(await store.findReply('key')).toBe(reply);
        expect(await store.findReply('other')).toBe('');
      });

      it('are replaced by newer ones', async () => {
        await store.keepReplies([['key', 'old']]);
        await store.keepReplies([['key', 'new']]);
        expect(await store.findReply('key')).toBe('new');
      });
    });

    describe('replies kept again', () => {
      it('are counted', async () => {
        expect(await store.timesKept('key')).toBe(0);
        await store.keepReplies([['key', 'same']]);
        expect(await store.timesKept('key')).toBe(1);
        await store.keepReplies([['key', 'same']]);
        expect([await store.timesKept('key'), await store.timesKept('other')]).toEqual([2, 0]);
      });

      it('can be told from those before', async () => {
        await store.keepReplies([['key', 'same']]);
        expect([await store.findReply('key', 0), await store.findReply('key', 1)]).toEqual(['same', null]);
        await store.keepReplies([['key', 'same']]);
        expect([await store.findReply('key', 1), await store.findReply('key', 2)]).toEqual(['same', null]);
      });
    });

    describeClaims(() => store);

    describe('what it was given and gives back is nobody else’s', () => {
      it('chapters', async () => {
        const given = storedChapter();
        await store.saveChapter(given);
        given.submissions.length = 0;
        const got = (await store.chapters())[0];
        if (got?.questions[0]) got.questions[0].text = 'changed';
        (await store.chapters()).pop();
        expect(await store.chapters()).toEqual([chapterOutline()]);
      });

      it('reviews and runs', async () => {
        const given = sampleReview();
        await store.addReview(given);
        given.levels['accuracy'] = 'wrong';
        const [got] = await store.reviewsOf('03장-인덱스');
        got?.criteria.pop();
        expect(await store.reviewsOf('03장-인덱스')).toEqual([sampleReview()]);
        const run = await store.startRun(sampleRun);
        const [listed] = await store.runs();
        if (listed) listed.outcome = 'finished';
        expect(await store.runs()).toEqual([{ ...sampleRun, id: run, finishedAt: null, outcome: null }]);
        await store.addGrades(run, [sampleGrade()]);
      });

      it('grades', async () => {
        const given = sampleGrade();
        await store.addGrades(await store.startRun(sampleRun), [given]);
        given.flags.push('changed');
        given.judge.models.push('changed');
        const got = await store.gradesOf('03장-인덱스');
        got[0]?.criteria.pop();
        got.pop();
        expect(await store.gradesOf('03장-인덱스')).toEqual([sampleGrade()]);
      });
    });
  });
}
