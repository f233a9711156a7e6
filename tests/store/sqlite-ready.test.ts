import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/open-database.ts';
import { isSqliteReady } from '../../src/store/sqlite-ready.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answer-grader-ready-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a database that others work on is ready', () => {
  const file = join(folder, 'used.db');
  const database = openDatabase(file);
  database.exec('BEGIN IMMEDIATE');
  expect(isSqliteReady(file)).toBe(true);
  database.exec('COMMIT');
  database.close();
  expect(isSqliteReady(file)).toBe(true);
});

test('one that is not there is not, and is not made', () => {
  const file = join(folder, 'missing.db');
  expect(isSqliteReady(file)).toBe(false);
  expect(existsSync(file)).toBe(false);
});

test('one of another form is not', () => {
  const file = join(folder, 'newer.db');
  openDatabase(file).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 0');
  database.close();
  expect(isSqliteReady(file)).toBe(false);
});

test('a file that is no database is not', async () => {
  const file = join(folder, 'text.db');
  await writeFile(file, 'a text of some length that is no database at all'.repeat(100));
  expect(isSqliteReady(file)).toBe(false);
});
