import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import { openSqliteBatches } from '../../src/store/sqlite-batches.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { describeBatches, plannedBatch } from './batches-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'answer-grader-batches-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function newFile(): string {
  count += 1;
  return join(folder, `grades-${count}.db`);
}

describeBatches('batches in SQLite', () => openSqliteBatches(newFile()));

it('keeps each step from one opening to the next, beside grades and replies', () => {
  const file = newFile();
  const replies = openSqliteStore(file);
  const first = openSqliteBatches(file);
  const id = first.planBatch(plannedBatch, ['a', 'b']);
  first.noteUpload(id, 'file-1');
  replies.keepReplies([['a', 'reply']]);
  const second = openSqliteBatches(file);
  expect(second.batches()).toMatchObject([{ id, label: 'label-1', fileId: 'file-1', requests: 2 }]);
  expect(second.keysOf(id)).toEqual(['a', 'b']);
  expect(replies.findReply('a')).toBe('reply');
  for (const store of [first, second, replies]) store.close();
});

it('notes a batch with all of its keys or not at all', () => {
  const store = openSqliteBatches(newFile());
  expect(() => store.planBatch(plannedBatch, ['a', 'a'])).toThrow(StoreError);
  expect(store.batches()).toEqual([]);
  expect(store.batchOf('a')).toBeNull();
  expect(store.planBatch(plannedBatch, ['a'])).toBeGreaterThan(0);
  store.close();
});

it('refuses a file that is no database', () => {
  const file = newFile();
  writeFileSync(file, 'no database at all '.repeat(100));
  expect(() => openSqliteBatches(file)).toThrow(StoreError);
});
