import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import { openSqliteRunWork } from '../../src/store/sqlite-run-work.ts';
import { openSqliteService } from '../../src/store/sqlite-service.ts';
import { describeRunWork } from './run-work-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'answer-grader-run-work-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function newFile(): string {
  count += 1;
  return join(folder, `grades-${count}.db`);
}

describeRunWork('work on runs in SQLite', () => {
  const file = newFile();
  return { work: openSqliteRunWork(file), service: openSqliteService(file) };
});

it('refuses a file that is no database', () => {
  const file = newFile();
  writeFileSync(file, 'no database at all '.repeat(100));
  expect(() => openSqliteRunWork(file)).toThrow(StoreError);
});
