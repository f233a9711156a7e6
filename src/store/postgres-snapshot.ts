import type { Session } from './postgres-database.ts';
import { storeError } from './postgres-errors.ts';

/** The same, whose faults are told in a sentence. */
function explained(session: Session, address: string): Session {
  const tell = (error: unknown): never => {
    throw storeError(address, error);
  };
  return {
    rows: <Row>(sql: string, values?: readonly unknown[]) => session.rows<Row>(sql, values).catch(tell),
    lines: <Line extends unknown[]>(sql: string, values?: readonly unknown[]) =>
      session.lines<Line>(sql, values).catch(tell),
    change: (sql, values) => session.change(sql, values).catch(tell),
  };
}

/**
 * Reads a database as it is at one moment, whatever others change meanwhile.
 * @param connection used by nobody else
 * @param address of the database, for messages
 * @throws StoreError when the database cannot be reached or used, and what the work throws itself
 */
export async function inSnapshot<T>(
  connection: Session,
  address: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = explained(connection, address);
  await session.change('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await work(session);
  } finally {
    // Nothing was changed; where the connection is lost, its end is the transaction's end.
    await connection.change('ROLLBACK').catch(() => {});
  }
}
