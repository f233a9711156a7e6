import { tmpdir } from 'node:os';
import { Client, type QueryResultRow } from 'pg';
import { findPrograms, startCluster } from '../helpers/postgres-cluster.ts';
import type { Part } from './figure.ts';

/** Runs statements, each by itself. @returns the rows of the last one */
export async function ask<Row extends QueryResultRow>(
  address: string,
  ...statements: string[]
): Promise<Row[]> {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) ({ rows } = await client.query<Row>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

/** The throwaway servers of tests may lose what they were given; this one keeps it, as one in use does. */
const durable = ['fsync', 'full_page_writes'].map((setting) => `ALTER SYSTEM SET ${setting} TO on`);

/**
 * Measures on a PostgreSQL server of its own that keeps what it says it keeps and is gone afterwards.
 * @param settings statements that set it up before it starts once more
 * @returns nothing where the machine has no PostgreSQL, which is said on standard error
 */
export async function onThrowawayPostgres<T>(
  part: Part,
  settings: readonly string[],
  measure: (address: string) => Promise<T>,
): Promise<T | null> {
  const programs = findPrograms();
  if (programs === null) {
    process.stderr.write(
      `${part} is left out: this machine has no PostgreSQL (apt-get install postgresql)\n`,
    );
    return null;
  }
  // Not in the bench's folder, which PostgreSQL's own user may not enter.
  const cluster = await startCluster(programs, tmpdir());
  const remove = () => cluster.remove();
  process.once('exit', remove);
  try {
    await ask(cluster.address, ...durable, ...settings);
    cluster.stop();
    cluster.start();
    return await measure(cluster.address);
  } finally {
    process.off('exit', remove);
    cluster.remove();
  }
}
