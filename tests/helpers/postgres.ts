import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { type GroupDatabase, openPostgresGroup } from '../../src/store/postgres-group.ts';
import { openPostgresGroups } from '../../src/store/postgres-groups.ts';
import { patience } from './run-cli.ts';

/** Runs statements as whoever an address names. @returns the rows of the last one */
export async function ask(address: string, sql: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    const { rows } = await client.query(sql, values);
    return rows;
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
function withDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}

/** Address of the server that all tests share. */
async function sharedServer(): Promise<string> {
  const { address, port } = inject('postgres');
  if (address !== null) return address;
  const told = JSON.parse(await text(connect(port ?? 0, '127.0.0.1')));
  if (told.fault) throw new Error(told.fault);
  return told.address;
}

async function dropSchemas(address: string): Promise<void> {
  const schemas = await ask(
    address,
    "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'answer#_grader%' ESCAPE '#'",
  );
  for (const { name } of schemas as { name: string }[]) await ask(address, `DROP SCHEMA ${name} CASCADE`);
}

/** A database that nobody else uses. */
export interface TestDatabase {
  /** To be asked for while tests run. */
  address(): string;
  /** Takes everything out of it. */
  empty(): Promise<void>;
  /** Opens the tables of a new group. */
  openGroup(): Promise<GroupDatabase>;
}

/**
 * Tests that need a PostgreSQL server; they have an empty database of their own. Where there is no server they are
 * skipped, saying so.
 */
export function describePostgres(name: string, tests: (database: TestDatabase) => void): void {
  const { missing } = inject('postgres');
  describe.skipIf(missing !== null)(missing === null ? name : `${name} (skipped: ${missing})`, () => {
    const database = `test_${randomBytes(6).toString('hex')}`;
    let server = '';
    beforeAll(async () => {
      server = await sharedServer();
      await ask(server, `CREATE DATABASE ${database}`);
    }, patience);
    afterAll(() => ask(server, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`), patience);
    const address = () => withDatabase(server, database);
    tests({
      address,
      empty: () => dropSchemas(address()),
      async openGroup() {
        const groups = await openPostgresGroups(address());
        const name = randomBytes(6).toString('hex');
        await groups.addGroup(name, null);
        const group = await openPostgresGroup(address(), name);
        await groups.close();
        return group;
      },
    });
  });
}
