import { randomUUID } from 'node:crypto';
import type { GroupDatabase } from './postgres-group.ts';
import { deadBefore, isAlive } from './run-life.ts';
import type { ReplyClaims } from './store.ts';

interface Holder {
  key: string;
  run: string;
  beatAt: number | null;
}

/** The database's clock, in milliseconds since 1970. */
const itsClock = 'extract(epoch FROM clock_timestamp())::double precision * 1000';

/**
 * Claims in PostgreSQL. Machines whose clocks differ see the same life in a run: times are kept by the database's
 * clock.
 * @param clock this machine's, in milliseconds since 1970
 */
export function createPostgresClaims(database: GroupDatabase, clock = Date.now): ReplyClaims {
  const { schema } = database;

  /** What a time of this machine is by the database's clock. */
  async function byItsClock(now: number): Promise<number> {
    const [row] = await database.rows<{ ms: number }>(`SELECT ${itsClock} AS ms`);
    return now + (row?.ms ?? 0) - clock();
  }

  /** Requests that nobody who is alive has, with the dead run that had them, or null. */
  async function freeAmong(keys: readonly string[], now: number): Promise<Map<string, string | null>> {
    const held = await database.rows<Holder>(
      `SELECT key, run, beat_at AS "beatAt" FROM ${schema}.reply_claims
        LEFT JOIN ${schema}.claiming_runs USING (run) WHERE key = ANY ($1)`,
      [keys],
    );
    const time = held.length > 0 ? await byItsClock(now) : now;
    const lives = new Map(held.map(({ run, beatAt }) => [run, isAlive(run, beatAt ?? undefined, time)]));
    const holders = new Map(held.map(({ key, run }) => [key, run]));
    const free = new Map(keys.map((key) => [key, holders.get(key) ?? null]));
    for (const [key, run] of holders) if (lives.get(run)) free.delete(key);
    return free;
  }

  return {
    async claimReplies(keys, run, now) {
      const free = [...(await freeAmong(keys, now))];
      if (free.length === 0) return new Set();
      const unheld = free.filter(([, dead]) => dead === null).map(([key]) => key);
      const left = free.filter(([, dead]) => dead !== null);
      // Told apart from other calls, so that one whose answer got lost can be made again.
      const call = randomUUID();
      const ours = await database.together(async (session) => {
        // Each gives a row to one run only, however many try at the same moment; in order, so that none waits for
        // another that waits for it.
        await session.change(
          `INSERT INTO ${schema}.reply_claims (key, run, call)
            SELECT key, $2, $3 FROM unnest($1::text[]) AS key ORDER BY key COLLATE "C" ON CONFLICT DO NOTHING`,
          [unheld, run, call],
        );
        if (left.length > 0)
          await session.change(
            `UPDATE ${schema}.reply_claims SET run = $3, call = $4
              FROM unnest($1::text[], $2::text[]) AS dead (key, run)
              WHERE reply_claims.key = dead.key AND reply_claims.run = dead.run`,
            [left.map(([key]) => key), left.map(([, dead]) => dead), run, call],
          );
        return session.rows<{ key: string }>(
          `SELECT key FROM ${schema}.reply_claims WHERE key = ANY ($1) AND call = $2`,
          [free.map(([key]) => key), call],
        );
      });
      const given = new Set(ours.map(({ key }) => key));
      return new Set(keys.filter((key) => given.has(key)));
    },
    async releaseReplies(keys, run) {
      await database.change(`DELETE FROM ${schema}.reply_claims WHERE key = ANY ($1) AND run = $2`, [
        keys,
        run,
      ]);
    },
    async beat(run, now) {
      const dead = await database.change(
        `WITH time AS MATERIALIZED (SELECT ${itsClock} + $2 AS ms), ours AS (
          INSERT INTO ${schema}.claiming_runs (run, beat_at) SELECT $1, ms FROM time
            ON CONFLICT (run) DO UPDATE SET beat_at = excluded.beat_at
        ) DELETE FROM ${schema}.claiming_runs USING time WHERE beat_at < ms + $3 AND run <> $1`,
        [run, now - clock(), deadBefore(0)],
      );
      if (dead > 0)
        await database.change(
          `DELETE FROM ${schema}.reply_claims WHERE run NOT IN (SELECT run FROM ${schema}.claiming_runs)`,
        );
    },
  };
}
