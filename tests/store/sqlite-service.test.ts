import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openSqliteService } from '../../src/store/sqlite-service.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { describeServiceStore } from './service-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'answer-grader-service-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function newFile(): string {
  count += 1;
  return join(folder, `grades-${count}.db`);
}

describeServiceStore('a service in SQLite', () => openSqliteService(newFile()));

it('keeps uploads and runs from one opening to the next, beside grades and replies', () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const first = openSqliteService(file);
  const chapter = { id: 'a', title: 'A', questions: [], submissions: [], warnings: [] };
  first.saveUpload({ chapter, file: 'a.md', source: null, uploadedAt: '2026-11-01T00:00:00.000Z' });
  const run = first.addRun('a', { fresh: true }, '2026-11-01T00:00:00.000Z');
  first.close();
  const second = openSqliteService(file);
  expect(second.upload('a')?.chapter).toEqual(chapter);
  expect(second.openRuns()).toMatchObject([{ id: run?.id, options: { fresh: true }, state: 'queued' }]);
  for (const open of [second, store]) open.close();
});

it('refuses a file that is no database', () => {
  const file = newFile();
  writeFileSync(file, 'no database at all '.repeat(100));
  expect(() => openSqliteService(file)).toThrow(StoreError);
});

it('ends all but the first of several open runs of a chapter, which an older program could have', () => {
  const file = newFile();
  const older = new DatabaseSync(file);
  for (const statements of migrations.slice(0, 10)) older.exec(statements);
  older.exec('PRAGMA user_version = 10');
  older.exec(`
    INSERT INTO requested_runs (chapter, options, state, created_at) VALUES
      ('a', '{}', 'finished', '2026-11-01'), ('a', '{}', 'running', '2026-11-02'), ('b', '{}', 'queued', '2026-11-03'),
      ('a', '{}', 'queued', '2026-11-04')`);
  older.close();
  const store = openSqliteService(file);
  expect(store.openRuns().map(({ id }) => id)).toEqual([2, 3]);
  expect(store.requestedRun(4)).toMatchObject({
    state: 'stopped',
    isStopAsked: true,
    finishedAt: '2026-11-04',
  });
  store.close();
});
