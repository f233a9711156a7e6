import { Pool } from 'pg';
import { readers } from './postgres-text.ts';

/** Connections of one process. */
const mostConnections = 10;
const connectionTimeoutMs = 10_000;
/** A statement that takes longer has met a fault: none of ours reads or writes more than a portion at a time. */
const statementTimeoutMs = 30_000;
/** When no answer comes although the server would have given up by itself, the network is gone. */
const answerTimeoutMs = statementTimeoutMs + 5000;

function createPool(address: string): Pool {
  const pool = new Pool({
    connectionString: address,
    max: mostConnections,
    connectionTimeoutMillis: connectionTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: answerTimeoutMs,
    // A process that stops in the middle must not keep its locks.
    idle_in_transaction_session_timeout: statementTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    allowExitOnIdle: true,
    application_name: 'answer-grader',
    types: readers,
  });
  // Connections that end while nobody uses them are replaced; whoever uses one is told by their statement.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

interface SharedPool {
  pool: Pool;
  users: number;
  /** Whether the database has ever been reached by it. */
  hasAnswered: boolean;
}

/** Pools of this process: groups in the same database share one. */
const pools = new Map<string, SharedPool>();

/** The pool for an address; to be left as often as it is taken. */
export function takePool(address: string): SharedPool {
  const shared = pools.get(address) ?? { pool: createPool(address), users: 0, hasAnswered: false };
  shared.users += 1;
  pools.set(address, shared);
  return shared;
}

/** Who leaves it last ends its connections. */
export async function leavePool(address: string): Promise<void> {
  const shared = pools.get(address);
  if (!shared) return;
  shared.users -= 1;
  if (shared.users > 0) return;
  pools.delete(address);
  await shared.pool.end();
}
