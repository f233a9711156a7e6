import { Client } from 'pg';
import { sharedMigrations, sharedSchema } from './postgres-migrations.ts';

/** How long to wait for the server, in milliseconds: it is asked whether it is ready now. */
const mostMs = 1000;

/** Whether a PostgreSQL database answers, over a connection of its own, and has the form that this version knows. */
export async function isPostgresReady(address: string): Promise<boolean> {
  const client = new Client({
    connectionString: address,
    connectionTimeoutMillis: mostMs,
    query_timeout: mostMs,
    application_name: 'answer-grader readiness',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(`SELECT version FROM ${sharedSchema}.version`);
    return rows[0]?.version === sharedMigrations.length;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
