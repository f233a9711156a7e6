import { askedTogether } from '../core/asked-together.ts';
import type { BatchCounts, BatchOutcome, BatchRecord } from '../core/batch.ts';
import { alreadyInBatch, type BatchStore, takenOver } from './batch-store.ts';
import type { Session } from './postgres-database.ts';
import type { GroupDatabase } from './postgres-group.ts';

/** A record as it is kept: what has parts is JSON. */
type Row = Omit<BatchRecord, 'counts' | 'outcome'> & { counts: string | null; outcome: string | null };

function recordOf({ counts, outcome, ...row }: Row): BatchRecord {
  return {
    ...row,
    counts: counts === null ? null : (JSON.parse(counts) as BatchCounts),
    outcome: outcome === null ? null : (JSON.parse(outcome) as BatchOutcome),
  };
}

/**
 * Adapter: batches in the tables of a group in PostgreSQL.
 * @param database is closed with the store
 * @throws StoreError from every call, when the database cannot be reached or used
 */
export function createPostgresBatches(database: GroupDatabase): BatchStore {
  const { schema } = database;

  /** One of the batches that requests are in and whose outcome is still to come. */
  async function underWay(session: Session, keys: readonly string[]): Promise<number | null> {
    const [row] = await session.rows<{ batch: number }>(
      `SELECT batch FROM ${schema}.batch_requests JOIN ${schema}.batches ON batches.id = batch
        WHERE key = ANY ($1) AND outcome IS NULL ORDER BY batch LIMIT 1`,
      [keys],
    );
    return row?.batch ?? null;
  }

  async function update(assignments: string, id: number, ...values: unknown[]): Promise<number> {
    return database.change(`UPDATE ${schema}.batches SET ${assignments} WHERE id = $1`, [id, ...values]);
  }

  // Every answer of a run asks whether something is in a batch.
  const all = askedTogether(async (askers: readonly null[]) => {
    const rows = await database.rows<Row>(
      `SELECT id, name, base_url AS "baseUrl", label, planned_at AS "plannedAt", fresh, requests,
          file_id AS "fileId", batch_id AS "batchId", state, counts, outcome
        FROM ${schema}.batches ORDER BY id`,
    );
    return askers.map(() => rows.map(recordOf));
  });

  return {
    planBatch: ({ name, baseUrl, label, plannedAt, fresh }, keys) =>
      database.together(async (session) => {
        // Nobody else may plan the same requests between the look and the note.
        await session.change(`LOCK TABLE ${schema}.batches IN SHARE ROW EXCLUSIVE MODE`);
        const other = await underWay(session, keys);
        if (other !== null) throw alreadyInBatch(other);
        const [row] = await session.rows<{ id: number }>(
          `INSERT INTO ${schema}.batches (name, base_url, label, planned_at, fresh, requests, state)
            VALUES ($1, $2, $3, $4, $5, $6, 'planned') RETURNING id`,
          [name, baseUrl, label, plannedAt, fresh, keys.length],
        );
        const id = row?.id ?? 0;
        await session.change(
          `INSERT INTO ${schema}.batch_requests (batch, key) SELECT $1, key FROM unnest($2::text[]) AS key`,
          [id, keys],
        );
        return id;
      }),
    async noteUpload(id, fileId) {
      if ((await update("file_id = $2, state = 'uploaded'", id, fileId)) === 0) throw takenOver(id);
    },
    async noteBatch(id, batchId) {
      await update("batch_id = $2, state = 'running'", id, batchId);
    },
    async noteProgress(id, state, counts) {
      await update('state = $2, counts = $3', id, state, counts === null ? null : JSON.stringify(counts));
    },
    async noteOutcome(id, outcome) {
      await update('outcome = $2', id, JSON.stringify(outcome));
    },
    forgetBatch: (id) =>
      database.together(async (session) => {
        await session.change(`DELETE FROM ${schema}.batch_requests WHERE batch = $1`, [id]);
        await session.change(`DELETE FROM ${schema}.batches WHERE id = $1`, [id]);
      }),
    batches: () => all(null),
    async keysOf(id) {
      const rows = await database.rows<{ key: string }>(
        `SELECT key FROM ${schema}.batch_requests WHERE batch = $1 ORDER BY key`,
        [id],
      );
      return rows.map(({ key }) => key);
    },
    batchOf: (key) => underWay(database, [key]),
    close: () => database.close(),
  };
}
