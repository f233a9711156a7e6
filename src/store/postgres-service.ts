import type { Chapter } from '../core/chapter.ts';
import type { Usage } from '../core/grade.ts';
import type { RequestedRun, RunFailure, RunOptions, RunTotals } from '../core/requested-run.ts';
import type { GroupDatabase } from './postgres-group.ts';
import { type RunChanges, runsListed, type ServiceStore, type UploadedChapter } from './service-store.ts';
import { byChapterId } from './store.ts';

/** A run as it is kept: what has parts is JSON, save what it has spent, to which others add. */
type Row = Omit<RequestedRun, 'options' | 'totals' | 'failure' | 'spent'> &
  Usage & { options: string; totals: string | null; failure: string | null };

function runOf(row: Row): RequestedRun {
  const { requests, inputTokens, cachedInputTokens, outputTokens, costUsd, ...rest } = row;
  const { options, totals, failure } = rest;
  return {
    ...rest,
    options: JSON.parse(options) as RunOptions,
    totals: totals === null ? null : (JSON.parse(totals) as RunTotals),
    failure: failure === null ? null : (JSON.parse(failure) as RunFailure),
    spent: { requests, inputTokens, cachedInputTokens, outputTokens, costUsd },
  };
}

const columns = `id, chapter, options, state, created_at AS "createdAt", started_at AS "startedAt",
  finished_at AS "finishedAt", totals, failure, is_stop_asked AS "isStopAsked", requests,
  input_tokens AS "inputTokens", cached_input_tokens AS "cachedInputTokens", output_tokens AS "outputTokens",
  cost_usd AS "costUsd"`;

/** The columns that a change is to, with what they are to hold. */
function changesIn(changes: RunChanges): [column: string, value: unknown][] {
  const json = (value: unknown) => (value == null ? value : JSON.stringify(value));
  const { state, startedAt, finishedAt, totals, failure, isStopAsked, spent } = changes;
  const values = {
    state,
    started_at: startedAt,
    finished_at: finishedAt,
    totals: json(totals),
    failure: json(failure),
    is_stop_asked: isStopAsked,
    requests: spent?.requests,
    input_tokens: spent?.inputTokens,
    cached_input_tokens: spent?.cachedInputTokens,
    output_tokens: spent?.outputTokens,
    cost_usd: spent?.costUsd,
  };
  return Object.entries(values).filter(([, value]) => value !== undefined);
}

/**
 * Adapter: uploads and requested runs in the tables of a group in PostgreSQL.
 * @param database is closed with the store
 * @throws StoreError from every call, when the database cannot be reached or used
 */
export function createPostgresService(database: GroupDatabase): ServiceStore {
  const { schema } = database;

  async function runsWhere(condition: string, values: readonly unknown[]): Promise<RequestedRun[]> {
    const rows = await database.rows<Row>(
      `SELECT ${columns} FROM ${schema}.requested_runs WHERE ${condition}`,
      values,
    );
    return rows.map(runOf);
  }

  return {
    async saveUpload({ chapter, file, source, uploadedAt }) {
      await database.change(
        `INSERT INTO ${schema}.uploads (chapter, title, file, source, uploaded_at, document)
          VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (chapter) DO UPDATE SET title = excluded.title,
            file = excluded.file, source = excluded.source, uploaded_at = excluded.uploaded_at,
            document = excluded.document`,
        [chapter.id, chapter.title, file, source, uploadedAt, JSON.stringify(chapter)],
      );
    },
    async upload(chapterId) {
      const [row] = await database.rows<Omit<UploadedChapter, 'chapter'> & { document: string }>(
        `SELECT document, file, source, uploaded_at AS "uploadedAt" FROM ${schema}.uploads WHERE chapter = $1`,
        [chapterId],
      );
      if (!row) return null;
      const { document, ...upload } = row;
      return { ...upload, chapter: JSON.parse(document) as Chapter };
    },
    async uploadedAt(chapterId) {
      const [row] = await database.rows<{ at: string }>(
        `SELECT uploaded_at AS at FROM ${schema}.uploads WHERE chapter = $1`,
        [chapterId],
      );
      return row?.at ?? null;
    },
    async uploadNames() {
      const names = await database.rows<{ id: string; title: string }>(
        `SELECT chapter AS id, title FROM ${schema}.uploads`,
      );
      return names.sort(byChapterId);
    },
    async addRun(chapter, options, createdAt) {
      const [row] = await database.together((session) =>
        session.rows<Row>(
          `INSERT INTO ${schema}.requested_runs (chapter, options, state, created_at) VALUES ($1, $2, 'queued', $3)
          ON CONFLICT (chapter) WHERE state IN ('queued', 'running') DO NOTHING RETURNING ${columns}`,
          [chapter, JSON.stringify(options), createdAt],
        ),
      );
      return row ? runOf(row) : null;
    },
    async requestedRun(id) {
      const [run] = await runsWhere('id = $1', [id]);
      return run ?? null;
    },
    requestedRuns: (chapter) => runsWhere('chapter = $1 ORDER BY id DESC LIMIT $2', [chapter, runsListed]),
    openRuns: () => runsWhere("state IN ('queued', 'running') ORDER BY id", []),
    async changeRun(id, changes) {
      const changed = changesIn(changes);
      const assignments = changed.map(([column], index) => `${column} = $${index + 2}`).join(', ');
      // Done twice where the connection is lost, it would find its own end and tell nobody.
      const [row] = await database.together((session) =>
        session.rows<Row>(
          `UPDATE ${schema}.requested_runs SET ${assignments}
            WHERE id = $1 AND state IN ('queued', 'running') RETURNING ${columns}`,
          [id, ...changed.map(([, value]) => value)],
        ),
      );
      return row ? runOf(row) : null;
    },
    close: () => database.close(),
  };
}
