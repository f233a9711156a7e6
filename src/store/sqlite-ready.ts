import { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/** How long to wait for another program that has the whole file locked, in milliseconds. */
const lockWaitMs = 100;

/** Whether a database can be read and has the form that this version knows. Never makes one. */
export function isSqliteReady(file: string): boolean {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: lockWaitMs });
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    return version === migrations.length;
  } catch {
    return false;
  } finally {
    database?.close();
  }
}
