import type { DatabaseSync } from 'node:sqlite';

/**
 * All of it or nothing, on the disk when it returns.
 * @param database open, every write of which is durable unless told otherwise
 */
export function together<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec('BEGIN IMMEDIATE');
    const result = work();
    database.exec('COMMIT');
    return result;
  } finally {
    // After some faults, such as a full disk, SQLite has rolled back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
  }
}

/**
 * The same without waiting for the disk: other processes see it and a process that is killed leaves it, but a
 * power cut may take it. For what can be had again.
 */
export function togetherUnhurried<T>(database: DatabaseSync, work: () => T): T {
  database.exec('PRAGMA synchronous = NORMAL');
  try {
    return together(database, work);
  } finally {
    database.exec('PRAGMA synchronous = FULL');
  }
}
