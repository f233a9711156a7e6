import { setTimeout } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { GraderError } from '../core/errors.ts';
import { isLost, isUndone, stillAtWork, storeError } from './postgres-errors.ts';
import { leavePool, takePool } from './postgres-pool.ts';
import { inSnapshot } from './postgres-snapshot.ts';
import { keepable } from './postgres-text.ts';

/** Asks a database. Values stand in the statement as $1, $2 and so on. */
export interface Session {
  /** The rows of a statement, by the names of their columns. */
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The rows of a statement, each an array: cheaper where there are many. */
  lines<Line extends unknown[]>(sql: string, values?: readonly unknown[]): Promise<Line[]>;
  /** How many rows a statement changed. */
  change(sql: string, values?: readonly unknown[]): Promise<number>;
}

/**
 * A PostgreSQL database. Where the connection is lost, a single statement is sent again for up to a minute, or ten seconds where it has never answered, so it
 * must do no harm when it is done twice.
 */
export interface Database extends Session {
  /** With its password: not to be shown. */
  address: string;
  /**
   * All of it or nothing, and once: where the connection is lost, it is begun again unless it had been done. The
   * work changes nothing but the database.
   */
  together<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Reads as of one moment, whatever others change meanwhile; not begun again where the connection is lost. */
  snapshot<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** So long it is tried again when a server is away, in milliseconds: a restart takes seconds. */
const patienceMs = 60_000;
/** One that has never answered is more likely not there at all. */
const firstPatienceMs = 10_000;
const firstPauseMs = 100;
const longestPauseMs = 5000;

/** Time, for tests to turn. */
export interface Waiting {
  /** Milliseconds since 1970. */
  now(): number;
  wait(ms: number): Promise<unknown>;
}

const realTime: Waiting = { now: Date.now, wait: (ms) => setTimeout(ms) };

function sessionOn(client: PoolClient): Session {
  const given = (values: readonly unknown[] = []) => values.map(keepable);
  return {
    rows: async (sql, values) => (await client.query(sql, given(values))).rows,
    async lines<Line extends unknown[]>(text: string, values?: readonly unknown[]) {
      const { rows } = await client.query<Line>({ text, values: given(values), rowMode: 'array' });
      return rows;
    },
    change: async (sql, values) => (await client.query(sql, given(values))).rowCount ?? 0,
  };
}

/** Begins a transaction. @returns what the server knows it by */
async function begin(client: PoolClient): Promise<string> {
  await client.query('BEGIN');
  const { rows } = await client.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id');
  return rows[0]?.id ?? '';
}

/** Whether a transaction whose end nobody told us of was done. */
async function wasDone(client: PoolClient, id: string): Promise<boolean> {
  const { rows } = await client.query<{ status: string | null }>('SELECT pg_xact_status($1) AS status', [id]);
  const status = rows[0]?.status ?? 'forgotten';
  if (status === 'in progress') throw stillAtWork();
  return status === 'committed';
}

/** @param onCommit told before the end is asked for, from which on only the server knows */
async function inTransaction<T>(
  client: PoolClient,
  work: (session: Session) => Promise<T>,
  onCommit: (id: string, result: T) => void,
): Promise<T> {
  const id = await begin(client);
  try {
    const result = await work(sessionOn(client));
    onCommit(id, result);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    if (!isLost(error)) await client.query('ROLLBACK');
    throw error;
  }
}

/** Does something with a connection and gives it back, unless it is gone. */
async function lend<T>(client: PoolClient, work: (client: PoolClient) => Promise<T>): Promise<T> {
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(isLost(error));
    throw error;
  }
}

/**
 * A database by its address; nothing is asked of it yet.
 * @param time how waiting is done; really when left out
 * @throws StoreError from every call, with a sentence on what went wrong
 */
export function openPostgres(address: string, time: Waiting = realTime): Database {
  const shared = takePool(address);
  let isOpen = true;

  async function connect(): Promise<PoolClient> {
    const client = await shared.pool.connect();
    shared.hasAnswered = true;
    return client;
  }

  /** Tries again after what passes by itself. */
  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    if (!isOpen) throw storeError(address, new Error('it was closed'));
    const begun = time.now();
    for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof GraderError) throw error;
        const mayPass = isLost(error) || isUndone(error);
        const end = begun + (shared.hasAnswered ? patienceMs : firstPatienceMs);
        if (!mayPass || time.now() + pause > end) throw storeError(address, error);
        // Many who lost the same server should not all come back at once.
        await time.wait(pause * (0.5 + Math.random() / 2));
      }
    }
  }

  const lendOne = <T>(work: (client: PoolClient) => Promise<T>) =>
    patiently(async () => lend(await connect(), work));

  async function together<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const asked: { id: string; result: T }[] = [];
    return lendOne(async (client) => {
      const last = asked.at(-1);
      if (last && (await wasDone(client, last.id))) return last.result;
      return inTransaction(client, work, (id, result) => void asked.push({ id, result }));
    });
  }

  return {
    address,
    rows: (sql, values) => lendOne((client) => sessionOn(client).rows(sql, values)),
    lines: (sql, values) => lendOne((client) => sessionOn(client).lines(sql, values)),
    change: (sql, values) => lendOne((client) => sessionOn(client).change(sql, values)),
    together,
    async snapshot(work) {
      const client = await patiently(connect);
      return lend(client, () => inSnapshot(sessionOn(client), address, work));
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await leavePool(address);
    },
  };
}
