import { ask } from './throwaway-postgres.ts';
import { serverCpuMs } from './usage.ts';

/** Settings of a server that counts statements. */
export const countingStatements = ["ALTER SYSTEM SET shared_preload_libraries TO 'pg_stat_statements'"];

/** What was asked of a database since it was last begun to count. */
export type DatabaseUse = {
  statements: number;
  /** Milliseconds that statements took, waiting for disk and locks included. */
  ms: number;
};

/** Prepares a database for being counted, planning included, before anybody works on it. */
export async function installCounting(address: string): Promise<void> {
  await ask(
    address,
    'CREATE EXTENSION pg_stat_statements',
    `ALTER DATABASE ${new URL(address).pathname.slice(1)} SET pg_stat_statements.track_planning TO on`,
  );
}

export async function beginCounting(address: string): Promise<void> {
  await ask(address, 'SELECT pg_stat_statements_reset()');
}

const ownDatabase = 'dbid = (SELECT oid FROM pg_database WHERE datname = current_database())';

/** What was asked of a database since {@link beginCounting}. */
export async function databaseUse(address: string): Promise<DatabaseUse> {
  const [use] = await ask<DatabaseUse>(
    address,
    `SELECT sum(calls)::double precision AS statements, sum(total_plan_time + total_exec_time) AS ms
      FROM pg_stat_statements WHERE ${ownDatabase}`,
  );
  return use ?? { statements: 0, ms: 0 };
}

/** The size of a database in bytes, indexes and what is dead in it included. */
export async function databaseBytes(address: string): Promise<number> {
  const [row] = await ask<{ bytes: string }>(address, 'SELECT pg_database_size(current_database()) AS bytes');
  return Number(row?.bytes);
}

/** Connections to a database, the one that asks left out. */
export async function connectionsTo(address: string): Promise<number> {
  const [row] = await ask<{ connections: number }>(
    address,
    `SELECT count(*)::int AS connections FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  return row?.connections ?? 0;
}

/** CPU time that a server of this machine has used, in milliseconds; null where the system does not tell. */
export async function databaseCpuMs(address: string): Promise<number | null> {
  const [lasting] = await ask<{ pid: number }>(
    address,
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'",
  );
  return lasting ? serverCpuMs(lasting.pid) : null;
}
