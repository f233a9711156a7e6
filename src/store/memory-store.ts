import type { Grade } from '../core/grade.ts';
import type { Review } from '../core/review.ts';
import { deadBefore, isAlive } from './run-life.ts';
import { byChapterId, type GradeStore, type StoredChapter, type StoredRun } from './store.ts';

/** Adapter: a store that lives as long as the process; for the library and for single answers. */
export function createMemoryStore(): GradeStore {
  const chapters = new Map<string, StoredChapter>();
  const grades: Grade[] = [];
  const replies = new Map<string, { reply: string; times: number }>();
  const claims = new Map<string, string>();
  const beats = new Map<string, number>();
  const reviews: Review[] = [];
  const runs: StoredRun[] = [];
  const runOf = new Map<Grade, number>();
  return {
    saveChapter: (chapter) => void chapters.set(chapter.id, structuredClone(chapter)),
    chapters: () => [...chapters.values()].sort(byChapterId).map((chapter) => structuredClone(chapter)),
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
        runOf.set(own, run);
        grades.push(own);
      }
    },
    gradesOfRun: (run) => structuredClone(grades.filter((grade) => runOf.get(grade) === run)),
    addReview: (review) => void reviews.push(structuredClone(review)),
    reviewsOf: (chapterId) => structuredClone(reviews.filter((review) => review.chapter === chapterId)),
    gradesOf: (chapterId) => structuredClone(grades.filter((grade) => grade.chapter === chapterId)),
    findReply: (key, newerThan = 0) => {
      const kept = replies.get(key);
      return kept && kept.times > newerThan ? kept.reply : null;
    },
    keepReplies: (entries) => {
      for (const [key, reply] of entries)
        replies.set(key, { reply, times: (replies.get(key)?.times ?? 0) + 1 });
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
