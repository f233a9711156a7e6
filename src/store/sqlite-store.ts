import type { AtOnce } from '../core/awaitable.ts';
import type { Grade } from '../core/grade.ts';
import { isLastReview, type Review } from '../core/review.ts';
import { completeGrade } from './older-records.ts';
import { guarded, openDatabase } from './open-database.ts';
import { createSqliteChapters } from './sqlite-chapters.ts';
import { createSqliteClaims } from './sqlite-claims.ts';
import { createSqliteSettled } from './sqlite-settled.ts';
import { createSqliteSummaries } from './sqlite-summaries.ts';
import type { GradeStore, StoredRun } from './store.ts';
import { together, togetherUnhurried } from './together.ts';

/**
 * Adapter: everything in one SQLite file. What cannot be had again, such as replies and reviews, is on the disk when
 * the call returns.
 * @param file path of the database, in a folder that exists
 * @param lockWaitMs how long to wait for another program that is writing; some seconds when left out
 * @throws StoreError, here and from every call, when the file cannot be read or written
 */
export function openSqliteStore(file: string, lockWaitMs?: number): AtOnce<GradeStore> {
  const database = guarded(file, () => openDatabase(file, lockWaitMs));
  const prepare = (sql: string) => guarded(file, () => database.prepare(sql));
  const statements = {
    startRun: prepare('INSERT INTO runs (chapter, judge, model, started_at) VALUES (?, ?, ?, ?)'),
    finishRun: prepare('UPDATE runs SET outcome = ?, finished_at = ? WHERE id = ?'),
    addGrade: prepare(
      'INSERT INTO grades (run, chapter, member, question, attempt, grade) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    runs: prepare(
      'SELECT id, chapter, judge, model, started_at AS startedAt, finished_at AS finishedAt, outcome FROM runs ORDER BY id',
    ),
    gradesOf: prepare('SELECT grade FROM grades WHERE chapter = ? ORDER BY id'),
    grade: prepare('SELECT grade FROM grades WHERE id = ?'),
    addReview: prepare('INSERT INTO reviews (chapter, review) VALUES (?, ?)'),
    reviewsOf: prepare('SELECT review FROM reviews WHERE chapter = ? ORDER BY id'),
    findReply: prepare('SELECT reply FROM replies WHERE key = ? AND times_kept > ?'),
    keepReply: prepare(
      'INSERT INTO replies (key, reply) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET reply = excluded.reply, kept_at = excluded.kept_at, times_kept = times_kept + 1',
    ),
    timesKept: prepare('SELECT times_kept AS times FROM replies WHERE key = ?'),
  };
  const claims = guarded(file, () => createSqliteClaims(database));
  const settled = guarded(file, () => createSqliteSettled(database));
  const chapters = guarded(file, () => createSqliteChapters(database));
  const summaries = guarded(file, () => createSqliteSummaries(database, (work) => guarded(file, work)));
  const parse = <T>(row: unknown, column: string) =>
    JSON.parse((row as Record<string, string>)[column] ?? '') as T;
  const reviewsIn = (chapterId: string) =>
    statements.reviewsOf.all(chapterId).map((row) => parse<Review>(row, 'review'));
  const gradeIn = (row: unknown) => completeGrade(parse<Grade>(row, 'grade'));

  return {
    saveChapter: (chapter) => guarded(file, () => chapters.saveChapter(chapter)),
    chapterNames: () => guarded(file, () => chapters.chapterNames()),
    chapter: (id) => guarded(file, () => chapters.chapter(id)),
    chapters: () => guarded(file, () => chapters.chapters()),
    answerText: (chapterId, answerHash) => guarded(file, () => chapters.answerText(chapterId, answerHash)),
    startRun: (run) =>
      guarded(file, () =>
        Number(statements.startRun.run(run.chapter, run.judge, run.model, run.startedAt).lastInsertRowid),
      ),
    finishRun: (run, outcome, finishedAt) =>
      guarded(file, () => void statements.finishRun.run(outcome, finishedAt, run)),
    // Grades follow from replies, so unlike those they need not wait for the disk.
    addGrades: (run, grades) =>
      guarded(file, () =>
        togetherUnhurried(database, () => {
          for (const grade of grades) {
            const { chapter, member, question, attempt } = grade;
            statements.addGrade.run(run, chapter, member, question, attempt, JSON.stringify(grade));
          }
        }),
      ),
    gradesOf: (chapterId) => guarded(file, () => statements.gradesOf.all(chapterId).map(gradeIn)),
    ...summaries,
    grade: (id) =>
      guarded(file, () => {
        const row = statements.grade.get(id);
        return row ? gradeIn(row) : null;
      }),
    runs: () => guarded(file, () => statements.runs.all() as unknown as StoredRun[]),
    addReview: (review) =>
      guarded(file, () => void statements.addReview.run(review.chapter, JSON.stringify(review))),
    addReviewsAfter: (last, reviews) =>
      guarded(file, () =>
        together(database, () => {
          const [first] = reviews;
          if (!isLastReview(last, reviewsIn(first.chapter), first)) return false;
          for (const review of reviews) statements.addReview.run(review.chapter, JSON.stringify(review));
          return true;
        }),
      ),
    reviewsOf: (chapterId) => guarded(file, () => reviewsIn(chapterId)),
    findReply: (key, newerThan = 0) =>
      guarded(file, () => {
        const row = statements.findReply.get(key, newerThan) as { reply: string } | undefined;
        return row?.reply ?? null;
      }),
    keepReplies: (entries) =>
      guarded(file, () =>
        together(database, () => {
          for (const [key, reply] of entries) statements.keepReply.run(key, reply);
        }),
      ),
    settledQuestions: (chapterId) => guarded(file, () => settled.settledQuestions(chapterId)),
    settleQuestions: (run, questions) => guarded(file, () => settled.settleQuestions(run, questions)),
    takeOver: (run, question, origin) => guarded(file, () => settled.takeOver(run, question, origin)),
    timesKept: (key) =>
      guarded(file, () => (statements.timesKept.get(key) as { times: number } | undefined)?.times ?? 0),
    claimReplies: (keys, run, now) => guarded(file, () => claims.claimReplies(keys, run, now)),
    releaseReplies: (keys, run) => guarded(file, () => claims.releaseReplies(keys, run)),
    beat: (run, now) => guarded(file, () => claims.beat(run, now)),
    close: () => guarded(file, () => database.close()),
  };
}
