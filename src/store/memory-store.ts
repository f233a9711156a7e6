import type { AtOnce } from '../core/awaitable.ts';
import type { Grade } from '../core/grade.ts';
import { machineSummary } from '../core/grade-summary.ts';
import { isLastReview, type Review } from '../core/review.ts';
import { deadBefore, isAlive } from './run-life.ts';
import {
  byChapterId,
  type ChapterOutline,
  type GradeStore,
  type SettledQuestion,
  type StoredChapter,
  type StoredRun,
  type StoredSummary,
} from './store.ts';

function outlineOf(chapter: StoredChapter): ChapterOutline {
  const submissions = chapter.submissions.map((submission) => ({
    ...submission,
    attempts: submission.attempts.map(({ kind, answerHash }) => ({ kind, answerHash })),
  }));
  return structuredClone({ ...chapter, submissions });
}

/** What was written, by fingerprint. */
function textsIn({ submissions }: StoredChapter): Map<string, string> {
  const attempts = submissions.flatMap((submission) => submission.attempts);
  return new Map(
    attempts.filter(({ text }) => text !== '').map(({ answerHash, text }) => [answerHash, text]),
  );
}

function settledKey(chapter: string, question: number): string {
  return JSON.stringify([chapter, question]);
}

/** Adapter: a store that lives as long as the process; for the library and for single answers. */
export function createMemoryStore(): AtOnce<GradeStore> {
  const chapters = new Map<string, StoredChapter>();
  const texts = new Map<string, ReadonlyMap<string, string>>();
  const grades: Grade[] = [];
  const replies = new Map<string, { reply: string; times: number }>();
  const claims = new Map<string, string>();
  const beats = new Map<string, number>();
  const reviews: Review[] = [];
  const runs: StoredRun[] = [];
  const runOf = new Map<Grade, number>();
  const settled = new Map<string, SettledQuestion & { chapter: string; run: number }>();
  const takenOver: { run: number; question: number; origin: number }[] = [];
  const summariesWhere = (isMeant: (grade: Grade) => boolean): StoredSummary[] =>
    grades.flatMap((grade, index) =>
      isMeant(grade) ? [structuredClone({ ...machineSummary(grade), id: index + 1 })] : [],
    );
  const reviewsIn = (chapterId: string) => reviews.filter(({ chapter }) => chapter === chapterId);
  return {
    saveChapter: (chapter) => {
      chapters.set(chapter.id, structuredClone(chapter));
      texts.set(chapter.id, textsIn(chapter));
    },
    chapterNames: () => [...chapters.values()].map(({ id, title }) => ({ id, title })).sort(byChapterId),
    chapter: (id) => {
      const chapter = chapters.get(id);
      return chapter ? outlineOf(chapter) : null;
    },
    chapters: () => [...chapters.values()].sort(byChapterId).map(outlineOf),
    answerText: (chapterId, answerHash) => texts.get(chapterId)?.get(answerHash) ?? '',
    startRun: (run) => {
      const id = runs.length + 1;
      runs.push({ ...run, id, finishedAt: null, outcome: null });
      return id;
    },
    finishRun: (id, outcome, finishedAt) => {
      const run = runs[id - 1];
      if (run) Object.assign(run, { outcome, finishedAt });
    },
    runs: () => structuredClone(runs),
    addGrades: (run, made) => {
      for (const own of structuredClone(made)) {
        settled.delete(settledKey(own.chapter, own.question));
        runOf.set(own, run);
        grades.push(own);
      }
    },
    summariesOf: (chapterId) => summariesWhere((grade) => grade.chapter === chapterId),
    summariesOfAnswer: (chapterId, member, question) =>
      summariesWhere(
        (grade) => grade.chapter === chapterId && grade.member === member && grade.question === question,
      ),
    summariesOfRun: (run) => [
      ...summariesWhere((grade) => runOf.get(grade) === run),
      ...takenOver
        .filter((item) => item.run === run)
        .flatMap(({ question, origin }) =>
          summariesWhere((grade) => runOf.get(grade) === origin && grade.question === question),
        ),
    ],
    settledQuestions: (chapterId) =>
      [...settled.values()]
        .filter(({ chapter }) => chapter === chapterId)
        .map(({ question, basis, run }) => ({ question, basis, run }))
        .sort((a, b) => a.question - b.question),
    settleQuestions: (run, questions) => {
      const first = grades.findIndex((grade) => runOf.get(grade) === run);
      const chapter = runs[run - 1]?.chapter ?? '';
      const isDisturbed = (question: number) =>
        grades.some(
          (grade, index) =>
            index > first &&
            grade.chapter === chapter &&
            grade.question === question &&
            runOf.get(grade) !== run,
        );
      for (const item of questions)
        if (first >= 0 && !isDisturbed(item.question))
          settled.set(settledKey(chapter, item.question), { ...item, chapter, run });
    },
    takeOver: (run, question, origin) => void takenOver.push({ run, question, origin }),
    grade: (id) => structuredClone(grades[id - 1] ?? null),
    addReview: (review) => void reviews.push(structuredClone(review)),
    addReviewsAfter: (last, added) => {
      const [first] = added;
      if (!isLastReview(last, reviewsIn(first.chapter), first)) return false;
      reviews.push(...structuredClone(added));
      return true;
    },
    reviewsOf: (chapterId) => structuredClone(reviewsIn(chapterId)),
    gradesOf: (chapterId) => structuredClone(grades.filter((grade) => grade.chapter === chapterId)),
    findReply: (key, newerThan = 0) => {
      const kept = replies.get(key);
      return kept && kept.times > newerThan ? kept.reply : null;
    },
    keepReplies: (entries) => {
      for (const [key, reply] of entries) {
        const kept = replies.get(key);
        if (kept && kept.reply !== reply) settled.clear();
        replies.set(key, { reply, times: (kept?.times ?? 0) + 1 });
      }
    },
    timesKept: (key) => replies.get(key)?.times ?? 0,
    claimReplies: (keys, run, now) => {
      const isFree = (key: string) => {
        const holder = claims.get(key);
        return holder === undefined || !isAlive(holder, beats.get(holder), now);
      };
      const free = keys.filter(isFree);
      for (const key of free) claims.set(key, run);
      return new Set(free);
    },
    releaseReplies: (keys, run) => {
      for (const key of keys) if (claims.get(key) === run) claims.delete(key);
    },
    beat: (run, now) => {
      beats.set(run, now);
      for (const [other, beatAt] of beats) if (beatAt < deadBefore(now)) beats.delete(other);
    },
    close: () => {},
  };
}
