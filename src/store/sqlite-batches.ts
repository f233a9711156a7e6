import type { AtOnce } from '../core/awaitable.ts';
import type { BatchCounts, BatchOutcome, BatchRecord } from '../core/batch.ts';
import { alreadyInBatch, type BatchStore, takenOver } from './batch-store.ts';
import { guarded, openDatabase } from './open-database.ts';
import { together } from './together.ts';

/** A record as it is kept: what has parts is JSON. */
type Row = Omit<BatchRecord, 'fresh' | 'counts' | 'outcome'> & {
  fresh: number;
  counts: string | null;
  outcome: string | null;
};

function recordOf({ fresh, counts, outcome, ...row }: Row): BatchRecord {
  return {
    ...row,
    fresh: fresh !== 0,
    counts: counts === null ? null : (JSON.parse(counts) as BatchCounts),
    outcome: outcome === null ? null : (JSON.parse(outcome) as BatchOutcome),
  };
}

/**
 * Adapter: batches in the same SQLite file as grades and replies, over a connection of its own. Each call is
 * durable when it returns.
 * @param file path of the database, in a folder that exists
 * @throws StoreError, here and from every call, when the file cannot be read or written
 */
export function openSqliteBatches(file: string): AtOnce<BatchStore> {
  const database = guarded(file, () => openDatabase(file));
  const prepare = (sql: string) => guarded(file, () => database.prepare(sql));
  const statements = {
    plan: prepare(
      "INSERT INTO batches (name, base_url, label, planned_at, fresh, requests, state) VALUES (?, ?, ?, ?, ?, ?, 'planned')",
    ),
    addKey: prepare('INSERT INTO batch_requests (batch, key) VALUES (?, ?)'),
    upload: prepare("UPDATE batches SET file_id = ?, state = 'uploaded' WHERE id = ?"),
    batch: prepare("UPDATE batches SET batch_id = ?, state = 'running' WHERE id = ?"),
    progress: prepare('UPDATE batches SET state = ?, counts = ? WHERE id = ?'),
    outcome: prepare('UPDATE batches SET outcome = ? WHERE id = ?'),
    forgetKeys: prepare('DELETE FROM batch_requests WHERE batch = ?'),
    forget: prepare('DELETE FROM batches WHERE id = ?'),
    batches: prepare(
      'SELECT id, name, base_url AS baseUrl, label, planned_at AS plannedAt, fresh, requests, file_id AS fileId, batch_id AS batchId, state, counts, outcome FROM batches ORDER BY id',
    ),
    keysOf: prepare('SELECT key FROM batch_requests WHERE batch = ? ORDER BY key'),
    underWay: prepare(
      'SELECT batch FROM batch_requests JOIN batches ON batches.id = batch WHERE key = ? AND outcome IS NULL LIMIT 1',
    ),
  };

  const atOnce = <T>(work: () => T): T => guarded(file, () => together(database, work));

  function batchOf(key: string): number | null {
    return (statements.underWay.get(key) as { batch: number } | undefined)?.batch ?? null;
  }

  return {
    planBatch: ({ name, baseUrl, label, plannedAt, fresh }, keys) =>
      atOnce(() => {
        const other = keys.map(batchOf).find((found) => found !== null);
        if (other) throw alreadyInBatch(other);
        const own = [name, baseUrl, label, plannedAt, Number(fresh), keys.length];
        const id = Number(statements.plan.run(...own).lastInsertRowid);
        for (const key of keys) statements.addKey.run(id, key);
        return id;
      }),
    noteUpload: (id, fileId) =>
      guarded(file, () => {
        if (Number(statements.upload.run(fileId, id).changes) === 0) throw takenOver(id);
      }),
    noteBatch: (id, batchId) => guarded(file, () => void statements.batch.run(batchId, id)),
    noteProgress: (id, state, counts) =>
      guarded(
        file,
        () => void statements.progress.run(state, counts === null ? null : JSON.stringify(counts), id),
      ),
    noteOutcome: (id, outcome) =>
      guarded(file, () => void statements.outcome.run(JSON.stringify(outcome), id)),
    forgetBatch: (id) =>
      atOnce(() => {
        statements.forgetKeys.run(id);
        statements.forget.run(id);
      }),
    batches: () => guarded(file, () => (statements.batches.all() as unknown as Row[]).map(recordOf)),
    keysOf: (id) =>
      guarded(file, () => (statements.keysOf.all(id) as unknown as { key: string }[]).map(({ key }) => key)),
    batchOf: (key) => guarded(file, () => batchOf(key)),
    close: () => guarded(file, () => database.close()),
  };
}
