import type { AtOnce } from '../core/awaitable.ts';
import type { Chapter } from '../core/chapter.ts';
import { noUsage, type Usage } from '../core/grade.ts';
import type { RequestedRun, RunFailure, RunOptions, RunTotals } from '../core/requested-run.ts';
import { guarded, openDatabase } from './open-database.ts';
import { type RunChanges, runsListed, type ServiceStore, type UploadedChapter } from './service-store.ts';
import { byChapterId } from './store.ts';

/** A run as it is kept: what has parts is JSON. */
type Row = Omit<RequestedRun, 'options' | 'totals' | 'failure' | 'isStopAsked' | 'spent'> & {
  options: string;
  totals: string | null;
  failure: string | null;
  isStopAsked: 0 | 1;
  spent: string | null;
};

type UploadRow = Omit<UploadedChapter, 'chapter'> & { document: string };

function runOf({ options, totals, failure, isStopAsked, spent, ...row }: Row): RequestedRun {
  return {
    ...row,
    options: JSON.parse(options) as RunOptions,
    totals: totals === null ? null : (JSON.parse(totals) as RunTotals),
    failure: failure === null ? null : (JSON.parse(failure) as RunFailure),
    isStopAsked: isStopAsked === 1,
    spent: spent === null ? noUsage : (JSON.parse(spent) as Usage),
  };
}

const columns =
  'id, chapter, options, state, created_at AS createdAt, started_at AS startedAt, finished_at AS finishedAt, totals, failure, is_stop_asked AS isStopAsked, spent';

/** The columns that a change is to, with what they are to hold. */
function changesIn(changes: RunChanges): [column: string, value: string | number | null][] {
  const json = (value: unknown) => (value == null ? value : JSON.stringify(value));
  const { state, startedAt, finishedAt, totals, failure, isStopAsked, spent } = changes;
  const values = {
    state,
    started_at: startedAt,
    finished_at: finishedAt,
    totals: json(totals),
    failure: json(failure),
    is_stop_asked: isStopAsked === undefined ? undefined : Number(isStopAsked),
    spent: json(spent),
  };
  return Object.entries(values).filter(
    (entry): entry is [string, string | number | null] => entry[1] !== undefined,
  );
}

/**
 * Adapter: uploads and requested runs in the same SQLite file as grades, over a connection of its own. Each call is
 * durable when it returns.
 * @param file path of the database, in a folder that exists
 * @throws StoreError, here and from every call, when the file cannot be read or written
 */
export function openSqliteService(file: string): AtOnce<ServiceStore> {
  const database = guarded(file, () => openDatabase(file));
  const prepare = (sql: string) => guarded(file, () => database.prepare(sql));
  const statements = {
    saveUpload: prepare(
      'INSERT INTO uploads (chapter, title, file, source, uploaded_at, document) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (chapter) DO UPDATE SET title = excluded.title, file = excluded.file, source = excluded.source, uploaded_at = excluded.uploaded_at, document = excluded.document',
    ),
    upload: prepare(
      'SELECT document, file, source, uploaded_at AS uploadedAt FROM uploads WHERE chapter = ?',
    ),
    uploadedAt: prepare('SELECT uploaded_at AS at FROM uploads WHERE chapter = ?'),
    uploadNames: prepare('SELECT chapter AS id, title FROM uploads'),
    addRun: prepare(
      `INSERT INTO requested_runs (chapter, options, state, created_at) VALUES (?, ?, 'queued', ?) ON CONFLICT (chapter) WHERE state IN ('queued', 'running') DO NOTHING RETURNING ${columns}`,
    ),
    run: prepare(`SELECT ${columns} FROM requested_runs WHERE id = ?`),
    runs: prepare(
      `SELECT ${columns} FROM requested_runs WHERE chapter = ? ORDER BY id DESC LIMIT ${runsListed}`,
    ),
    openRuns: prepare(
      `SELECT ${columns} FROM requested_runs WHERE state IN ('queued', 'running') ORDER BY id`,
    ),
  };
  function requestedRun(id: number): RequestedRun | null {
    const row = statements.run.get(id) as Row | undefined;
    return row ? runOf(row) : null;
  }

  return {
    saveUpload: ({ chapter, file: name, source, uploadedAt }) =>
      guarded(
        file,
        () =>
          void statements.saveUpload.run(
            chapter.id,
            chapter.title,
            name,
            source,
            uploadedAt,
            JSON.stringify(chapter),
          ),
      ),
    upload: (chapterId) =>
      guarded(file, () => {
        const row = statements.upload.get(chapterId);
        if (!row) return null;
        const { document, file: name, ...upload } = row as unknown as UploadRow;
        return { ...upload, chapter: JSON.parse(document) as Chapter, file: name };
      }),
    uploadedAt: (chapterId) =>
      guarded(file, () => (statements.uploadedAt.get(chapterId) as { at: string } | undefined)?.at ?? null),
    uploadNames: () =>
      guarded(file, () =>
        (statements.uploadNames.all() as { id: string; title: string }[])
          .map(({ id, title }) => ({ id, title }))
          .sort(byChapterId),
      ),
    addRun: (chapter, options, createdAt) =>
      guarded(file, () => {
        const row = statements.addRun.get(chapter, JSON.stringify(options), createdAt) as Row | undefined;
        return row ? runOf(row) : null;
      }),
    requestedRun: (id) => guarded(file, () => requestedRun(id)),
    requestedRuns: (chapter) =>
      guarded(file, () => (statements.runs.all(chapter) as unknown as Row[]).map(runOf)),
    openRuns: () => guarded(file, () => (statements.openRuns.all() as unknown as Row[]).map(runOf)),
    changeRun: (id, changes) =>
      guarded(file, () => {
        const changed = changesIn(changes);
        const assignments = changed.map(([column]) => `${column} = ?`).join(', ');
        const values = changed.map(([, value]) => value);
        const change = database.prepare(
          `UPDATE requested_runs SET ${assignments} WHERE id = ? AND state IN ('queued', 'running') RETURNING ${columns}`,
        );
        const row = change.get(...values, id) as Row | undefined;
        return row ? runOf(row) : null;
      }),
    close: () => guarded(file, () => database.close()),
  };
}
