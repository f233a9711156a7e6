import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../core/errors.ts';
import type { Grade } from '../core/grade.ts';
import type { Review } from '../core/review.ts';
import { migrations } from './migrations.ts';
import { completeChapter, completeGrade } from './older-records.ts';
import { byChapterId, type GradeStore, type StoredChapter, type StoredRun } from './store.ts';

/** What SQLite's result codes (https://sqlite.org/rescode.html) mean to a person. */
const advice: Readonly<Record<number, { ko: string; en: string }>> = {
  5: {
    ko: '다른 프로그램이 쓰고 있습니다. 잠시 뒤 다시 실행하세요',
    en: 'another program is using it; try again in a moment',
  },
  8: {
    ko: '쓸 수 없는(읽기 전용) 파일입니다. 권한을 확인하거나 --db로 다른 곳을 지정하세요',
    en: 'it is read-only; check its permissions or name another place with --db',
  },
  10: {
    ko: '디스크에서 읽거나 쓰지 못했습니다. 디스크를 확인하세요',
    en: 'the disk could not be read or written; check the disk',
  },
  11: {
    ko: '파일이 손상되었습니다. 백업을 쓰거나 --db로 새 파일을 지정하세요',
    en: 'the file is damaged; restore a copy or name a new file with --db',
  },
  13: {
    ko: '디스크가 가득 찼습니다. 공간을 비우고 다시 실행하세요. 저장된 것은 그대로 있습니다',
    en: 'the disk is full; free some space and run again, what was stored is still there',
  },
  14: {
    ko: '파일을 열 수 없습니다. 폴더와 권한을 확인하거나 --db로 다른 곳을 지정하세요',
    en: 'it cannot be opened; check the folder and its permissions or name another place with --db',
  },
  26: {
    ko: 'SQLite 데이터베이스가 아닌 파일입니다. --db로 다른 파일을 지정하세요',
    en: 'it is not an SQLite database; name another file with --db',
  },
};

function storeError(file: string, error: unknown): StoreError {
  const code = (error as { errcode?: number }).errcode;
  const known = code === undefined ? undefined : advice[code & 0xff];
  const said = error instanceof Error ? error.message : String(error);
  return new StoreError(
    { ko: `데이터베이스: ${known?.ko ?? said}.`, en: `the database: ${known?.en ?? said}.` },
    { place: { file }, cause: error },
  );
}

/** Runs database work; what goes wrong becomes a sentence. */
function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof StoreError ? error : storeError(file, error);
  }
}

function migrate(database: DatabaseSync, file: string): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > migrations.length) {
    throw new StoreError(
      {
        ko: '더 새로운 answer-grader가 만든 데이터베이스입니다. answer-grader를 업데이트하세요.',
        en: 'the database was made by a newer answer-grader; update answer-grader.',
      },
      { place: { file } },
    );
  }
  if (version === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  const { user_version: current } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  for (const statements of migrations.slice(current)) database.exec(statements);
  database.exec(`PRAGMA user_version = ${migrations.length}`);
  database.exec('COMMIT');
}

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 10_000 });
  try {
    migrate(database, file);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Adapter: everything in one SQLite file. Each call is durable when it returns.
 * @param file path of the database, in a folder that exists
 * @throws StoreError, here and from every call, when the file cannot be read or written
 */
export function openSqliteStore(file: string): GradeStore {
  const database = guarded(file, () => open(file));
  const prepare = (sql: string) => guarded(file, () => database.prepare(sql));
  const statements = {
    saveChapter: prepare('INSERT OR REPLACE INTO chapters (id, chapter) VALUES (?, ?)'),
    chapters: prepare('SELECT chapter FROM chapters'),
    startRun: prepare('INSERT INTO runs (chapter, judge, model, started_at) VALUES (?, ?, ?, ?)'),
    finishRun: prepare('UPDATE runs SET outcome = ?, finished_at = ? WHERE id = ?'),
    addGrade: prepare(
      'INSERT INTO grades (run, chapter, member, question, attempt, grade) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    runs: prepare(
      'SELECT id, chapter, judge, model, started_at AS startedAt, finished_at AS finishedAt, outcome FROM runs ORDER BY id',
    ),
    gradesOf: prepare('SELECT grade FROM grades WHERE chapter = ? ORDER BY id'),
    gradesOfRun: prepare('SELECT grade FROM grades WHERE run = ? ORDER BY id'),
    addReview: prepare('INSERT INTO reviews (chapter, review) VALUES (?, ?)'),
    reviewsOf: prepare('SELECT review FROM reviews WHERE chapter = ? ORDER BY id'),
    findReply: prepare('SELECT reply FROM replies WHERE key = ?'),
    keepReply: prepare('INSERT OR REPLACE INTO replies (key, reply) VALUES (?, ?)'),
  };
  const parse = <T>(row: unknown, column: string) =>
    JSON.parse((row as Record<string, string>)[column] ?? '') as T;
  const gradeIn = (row: unknown) => completeGrade(parse<Grade>(row, 'grade'));

  return {
    saveChapter: (chapter) =>
      guarded(file, () => void statements.saveChapter.run(chapter.id, JSON.stringify(chapter))),
    chapters: () =>
      guarded(file, () =>
        statements.chapters
          .all()
          .map((row) => completeChapter(parse<StoredChapter>(row, 'chapter')))
          .sort(byChapterId),
      ),
    startRun: (run) =>
      guarded(file, () =>
        Number(statements.startRun.run(run.chapter, run.judge, run.model, run.startedAt).lastInsertRowid),
      ),
    finishRun: (run, outcome, finishedAt) =>
      guarded(file, () => void statements.finishRun.run(outcome, finishedAt, run)),
    addGrade: (run, grade) =>
      guarded(file, () => {
        const { chapter, member, question, attempt } = grade;
        statements.addGrade.run(run, chapter, member, question, attempt, JSON.stringify(grade));
      }),
    gradesOf: (chapterId) => guarded(file, () => statements.gradesOf.all(chapterId).map(gradeIn)),
    gradesOfRun: (run) => guarded(file, () => statements.gradesOfRun.all(run).map(gradeIn)),
    runs: () => guarded(file, () => statements.runs.all() as unknown as StoredRun[]),
    addReview: (review) =>
      guarded(file, () => void statements.addReview.run(review.chapter, JSON.stringify(review))),
    reviewsOf: (chapterId) =>
      guarded(file, () => statements.reviewsOf.all(chapterId).map((row) => parse<Review>(row, 'review'))),
    findReply: (key) =>
      guarded(file, () => (statements.findReply.get(key) as { reply: string } | undefined)?.reply ?? null),
    keepReply: (key, reply) => guarded(file, () => void statements.keepReply.run(key, reply)),
    close: () => guarded(file, () => database.close()),
  };
}
