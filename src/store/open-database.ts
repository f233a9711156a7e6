import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../core/errors.ts';
import { migrations } from './migrations.ts';

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

/** Runs database work. @throws StoreError with a sentence on what went wrong */
export function guarded<T>(file: string, work: () => T): T {
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

/** SQLite's code for a database that another connection has locked. */
const busy = 5;

/**
 * Lets readers and a writer work side by side. SQLite refuses that at once, without waiting, when another process
 * just does the same; so this waits for its turn to write before it tries again.
 */
function keepLog(database: DatabaseSync): void {
  for (let triesLeft = 20; ; triesLeft -= 1) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== busy || triesLeft === 0) throw error;
      database.exec('BEGIN EXCLUSIVE; COMMIT');
    }
  }
}

/** From so many pages on (40 MB) what is in the log is copied to its place; more often is work done twice. */
const pagesOfLog = 10_000;

/** How long to wait for another program that is writing, in milliseconds. */
const usualLockWaitMs = 10_000;

/**
 * Opens a database and brings it to the newest form. What is written is on the disk when the call returns.
 * @param lockWaitMs how long to wait for another program that is writing
 * @throws StoreError when a newer program made it, and SQLite's own errors, for {@link guarded} to translate
 */
export function openDatabase(file: string, lockWaitMs = usualLockWaitMs): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: lockWaitMs });
  try {
    migrate(database, file);
    keepLog(database);
    database.exec(`PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${pagesOfLog}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
