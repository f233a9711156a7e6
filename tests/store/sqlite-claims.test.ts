import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AtOnce } from '../../src/core/awaitable.ts';
import { StoreError } from '../../src/core/errors.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { GradeStore } from '../../src/store/store.ts';

let folder: string;
let file: string;
let store: AtOnce<GradeStore>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answer-grader-claims-'));
  file = join(folder, 'grades.db');
  store = openSqliteStore(file, 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Looks into the database behind the store's back. */
function look<T>(work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const rowsOf = (table: string) => look((database) => database.prepare(`SELECT * FROM ${table}`).all());

function sentenceOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreError) return error.sentence('en');
    throw error;
  }
  throw new Error('expected a StoreError');
}

describe('claims in an SQLite file', () => {
  it('are seen by every run at once, and nothing is kept of dead runs', () => {
    const other = openSqliteStore(file);
    store.beat('one', 1_000_000);
    expect(store.claimReplies(['key'], 'one', 1_000_000).has('key')).toBe(true);
    expect(other.claimReplies(['key'], 'other', 1_000_000).has('key')).toBe(false);
    other.beat('other', 2_000_000);
    other.close();
    expect([rowsOf('reply_claims'), rowsOf('claiming_runs')]).toEqual([
      [],
      [{ run: 'other', beat_at: 2_000_000 }],
    ]);
  });

  it('do not wait for the disk; what comes after them does, also when they failed', () => {
    const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
    const settings = () => exec.mock.calls.map(([sql]) => sql);
    const [without, withDisk] = ['PRAGMA synchronous = NORMAL', 'PRAGMA synchronous = FULL'];
    store.claimReplies(['key'], 'run', 0);
    expect(settings()).toEqual([without, 'BEGIN IMMEDIATE', 'COMMIT', withDisk]);
    look((database) => {
      database.exec('BEGIN IMMEDIATE');
      exec.mockClear();
      expect(() => store.claimReplies(['other'], 'run', 0)).toThrow(StoreError);
      expect(settings()).toEqual([without, 'BEGIN IMMEDIATE', withDisk]);
    });
  });
});

describe('a database that another program has locked', () => {
  beforeEach(() => {
    store.keepReplies([['kept', 'reply']]);
    store.beat('run', 0);
    store.claimReplies(['claimed'], 'run', 0);
  });

  it.each<[string, () => unknown]>([
    ['a claim', () => store.claimReplies(['key'], 'run', 0)],
    ['the return of a claim', () => store.releaseReplies(['claimed'], 'run')],
    ['a beat', () => store.beat('run', 1)],
    ['a reply', () => store.keepReplies([['kept', 'newer']])],
  ])('refuses %s with a sentence, and leaves nothing half done', (_name, work) => {
    const sentence = look((database) => {
      database.exec('BEGIN IMMEDIATE');
      return sentenceOf(work);
    });
    expect(sentence).toBe(`${file}: the database: another program is using it; try again in a moment.`);
    expect([store.findReply('kept'), store.timesKept('kept')]).toEqual(['reply', 1]);
    expect(rowsOf('reply_claims')).toEqual([{ key: 'claimed', run: 'run' }]);
    expect(rowsOf('claiming_runs')).toEqual([{ run: 'run', beat_at: 0 }]);
  });

  it('still gives kept replies and says what is claimed', () => {
    look((database) => {
      database.exec('BEGIN IMMEDIATE');
      expect(store.findReply('kept')).toBe('reply');
      expect(store.claimReplies(['claimed'], 'other', 0).has('claimed')).toBe(false);
    });
  });
});

it('a database that may not be written refuses claims with a sentence, and still gives kept replies', () => {
  store.keepReplies([['kept', 'reply']]);
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare');
  // What a file system that was made read-only in the middle of a run does to SQLite.
  prepare.mockImplementationOnce(function (this: DatabaseSync, sql) {
    this.exec('PRAGMA query_only = ON');
    prepare.mockRestore();
    return this.prepare(sql);
  });
  const closed = openSqliteStore(file);
  const readOnly = `${file}: the database: it is read-only; check its permissions or name another place with --db.`;
  expect(sentenceOf(() => closed.claimReplies(['key'], 'run', 0))).toBe(readOnly);
  expect(sentenceOf(() => closed.beat('run', 0))).toBe(readOnly);
  expect(closed.findReply('kept')).toBe('reply');
  closed.close();
});

it('two runs that claim the same keys at the same moment share them out, each key once', async () => {
  const keys = Array.from({ length: 300 }, (_, index) => `key ${index}`);
  const gate = new SharedArrayBuffer(4);
  const script = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ openSqliteStore }) => {
      const store = openSqliteStore(workerData.file);
      store.beat(workerData.run, 0);
      const arrived = new Int32Array(workerData.gate);
      Atomics.add(arrived, 0, 1);
      Atomics.notify(arrived, 0);
      Atomics.wait(arrived, 0, 1);
      parentPort.postMessage(workerData.keys.filter((key) => store.claimReplies([key], workerData.run, 0).has(key)));
      store.close();
    });`;
  const module = new URL('../../src/store/sqlite-store.ts', import.meta.url).href;
  const claimed = await Promise.all(
    ['one', 'other'].map(
      (run) =>
        new Promise<string[]>((resolve, reject) => {
          const workerData = { module, file, run, gate, keys };
          const worker = new Worker(script, { eval: true, workerData });
          worker.on('message', resolve).on('error', reject);
        }),
    ),
  );
  expect(claimed.flat().toSorted()).toEqual(keys.toSorted());
});
