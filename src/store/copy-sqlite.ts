import type { DatabaseSync } from 'node:sqlite';
import type { CopiedTable, Row } from './copied-tables.ts';
import type { CopyPlace, CopyReader, CopyWriter } from './copy.ts';
import { fromSqlite, type SqliteRow, sqliteColumns, valuesForSqlite } from './copy-sqlite-rows.ts';
import { guarded, openDatabase } from './open-database.ts';

/** The next rows, at most so many; none at the end. */
function nextRows(rows: Iterator<unknown>, most: number): SqliteRow[] {
  const taken: SqliteRow[] = [];
  while (taken.length < most) {
    const { value, done } = rows.next();
    if (done) break;
    taken.push(value as SqliteRow);
  }
  return taken;
}

/**
 * Adapter: an SQLite file that everything is copied out of or into, over a connection of its own.
 * @param file path of the database, in a folder that exists; it is made when it is missing
 * @throws StoreError, here and from every call, when the file cannot be read or written
 */
export function openSqliteCopy(file: string): CopyPlace {
  const database: DatabaseSync = guarded(file, () => openDatabase(file));
  const at = <T>(work: () => T): T => guarded(file, work);

  async function inTransaction<T>(begin: string, work: () => Promise<T>): Promise<T> {
    at(() => database.exec(begin));
    try {
      const result = await work();
      at(() => database.exec('COMMIT'));
      return result;
    } finally {
      // After some faults, such as a full disk, SQLite has rolled back by itself.
      if (database.isTransaction) at(() => database.exec('ROLLBACK'));
    }
  }

  async function count({ name }: CopiedTable): Promise<number> {
    const row = at(() => database.prepare(`SELECT count(*) AS count FROM ${name}`).get());
    return (row as { count: number }).count;
  }

  async function* portions(table: CopiedTable): AsyncGenerator<Row[]> {
    const { name, rowsAtATime } = table;
    const columns = sqliteColumns(table).join(', ');
    const rows = at(() => database.prepare(`SELECT ${columns} FROM ${name}`).iterate());
    for (;;) {
      const portion = at(() => nextRows(rows, rowsAtATime));
      if (portion.length > 0) yield portion.map((row) => fromSqlite(table, row));
      if (portion.length < rowsAtATime) return;
    }
  }

  async function add(table: CopiedTable, rows: readonly Row[]): Promise<void> {
    const columns = sqliteColumns(table);
    const values = columns.map(() => '?').join(', ');
    at(() => {
      const insert = database.prepare(`INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${values})`);
      for (const row of rows) insert.run(...valuesForSqlite(table, row));
    });
  }

  const reader: CopyReader = { count, portions };
  // SQLite goes on behind the highest number by itself.
  const writer: CopyWriter = { count, add, numberOn: async () => {} };
  return {
    read: (work) => inTransaction('BEGIN', () => work(reader)),
    write: (work) => inTransaction('BEGIN IMMEDIATE', () => work(writer)),
    close: async () => at(() => database.close()),
  };
}
