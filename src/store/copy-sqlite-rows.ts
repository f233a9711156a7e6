import { type Grade, noUsage, type Usage } from '../core/grade.ts';
import type { CopiedTable, Row, Value } from './copied-tables.ts';
import { restOf } from './summary-rows.ts';

/** A row as SQLite keeps it. */
export type SqliteRow = Readonly<Record<string, string | number | null>>;

/** How SQLite keeps a table's rows, where it has other columns than PostgreSQL. */
interface OwnForm {
  columns: readonly string[];
  read(row: SqliteRow): Row;
  write(row: Row): Row;
}

function parsed<T>(json: Value | undefined): T {
  return JSON.parse(String(json)) as T;
}

const ownForms: Readonly<Record<string, OwnForm>> = {
  chapters: {
    columns: ['id', 'chapter'],
    read: (row) => ({ ...row, title: parsed<{ title: string }>(row['chapter']).title }),
    write: (row) => row,
  },
  grades: {
    columns: ['id', 'run', 'chapter', 'member', 'question', 'attempt', 'grade'],
    read({ grade = null, ...row }) {
      const whole = parsed<Grade>(grade);
      return { ...row, answer_hash: whole.answerHash, score: whole.score, rest: restOf(whole), text: grade };
    },
    write: ({ text = null, ...row }) => ({ ...row, grade: text }),
  },
  requested_runs: {
    columns: [
      ...[
        'id',
        'chapter',
        'options',
        'state',
        'created_at',
        'started_at',
        'finished_at',
        'totals',
        'failure',
      ],
      ...['is_stop_asked', 'spent'],
    ],
    read({ spent = null, ...row }) {
      const usage = spent === null ? noUsage : parsed<Usage>(spent);
      return {
        ...row,
        requests: usage.requests,
        input_tokens: usage.inputTokens,
        cached_input_tokens: usage.cachedInputTokens,
        output_tokens: usage.outputTokens,
        cost_usd: usage.costUsd,
      };
    },
    write(row) {
      const spent = {
        requests: row['requests'],
        inputTokens: row['input_tokens'],
        cachedInputTokens: row['cached_input_tokens'],
        outputTokens: row['output_tokens'],
        costUsd: row['cost_usd'],
      };
      return { ...row, spent: JSON.stringify(spent) };
    },
  },
};

/** The columns that a table has in SQLite. */
export function sqliteColumns({ name, columns }: CopiedTable): readonly string[] {
  return ownForms[name]?.columns ?? Object.keys(columns);
}

/** A row as it is copied, from one of SQLite. */
export function fromSqlite({ name, columns }: CopiedTable, kept: SqliteRow): Row {
  const row: Record<string, Value> = { ...(ownForms[name]?.read(kept) ?? kept) };
  for (const [column, kind] of Object.entries(columns)) if (kind === 'flag') row[column] = row[column] === 1;
  return row;
}

/** The values of a row's columns in SQLite. */
export function valuesForSqlite(table: CopiedTable, copied: Row): (string | number | null)[] {
  const row = ownForms[table.name]?.write(copied) ?? copied;
  return sqliteColumns(table).map((column) => {
    const value = row[column] ?? null;
    return typeof value === 'boolean' ? Number(value) : value;
  });
}
