import type { DatabaseSync } from 'node:sqlite';
import type { AtOnce } from '../core/awaitable.ts';
import { deadBefore, isAlive } from './run-life.ts';
import type { ReplyClaims } from './store.ts';
import { togetherUnhurried } from './together.ts';

/**
 * Claims in an SQLite database. A claim need not outlive a power cut, so unlike a reply it does not wait for the
 * disk; other processes see it all the same.
 * @param database open, with its tables, every other write of which is to be durable
 */
export function createSqliteClaims(database: DatabaseSync): AtOnce<ReplyClaims> {
  const statements = {
    holder: database.prepare(
      'SELECT run, beat_at AS beatAt FROM reply_claims LEFT JOIN claiming_runs USING (run) WHERE key = ?',
    ),
    claim: database.prepare('INSERT OR IGNORE INTO reply_claims (key, run) VALUES (?, ?)'),
    takeOver: database.prepare('UPDATE reply_claims SET run = ? WHERE key = ? AND run = ?'),
    release: database.prepare('DELETE FROM reply_claims WHERE key = ? AND run = ?'),
    beat: database.prepare('INSERT OR REPLACE INTO claiming_runs (run, beat_at) VALUES (?, ?)'),
    forgetDead: database.prepare('DELETE FROM claiming_runs WHERE beat_at < ?'),
    forgetTheirClaims: database.prepare(
      'DELETE FROM reply_claims WHERE run NOT IN (SELECT run FROM claiming_runs)',
    ),
  };

  /** Tells who has a request, null where it is free or its run is dead; looks at each run once. */
  function lookAtHolders(now: number) {
    const lives = new Map<string, boolean>();
    return (key: string): { run: string | null; isTaken: boolean } => {
      const holder = statements.holder.get(key) as { run: string; beatAt: number | null } | undefined;
      if (!holder) return { run: null, isTaken: false };
      const { run, beatAt } = holder;
      const isTaken = lives.get(run) ?? isAlive(run, beatAt ?? undefined, now);
      lives.set(run, isTaken);
      return { run, isTaken };
    };
  }

  return {
    claimReplies(keys, run, now) {
      const holderOf = lookAtHolders(now);
      const free = keys.map((key) => ({ key, ...holderOf(key) })).filter(({ isTaken }) => !isTaken);
      if (free.length === 0) return new Set();
      // Each changes a row for one run only, however many try at the same moment.
      const ours = togetherUnhurried(database, () =>
        free.filter(({ key, run: dead }) => {
          const change =
            dead === null ? statements.claim.run(key, run) : statements.takeOver.run(run, key, dead);
          return change.changes === 1;
        }),
      );
      return new Set(ours.map(({ key }) => key));
    },
    releaseReplies: (keys, run) =>
      togetherUnhurried(database, () => {
        for (const key of keys) statements.release.run(key, run);
      }),
    beat: (run, now) =>
      togetherUnhurried(database, () => {
        statements.beat.run(run, now);
        if (statements.forgetDead.run(deadBefore(now)).changes > 0) statements.forgetTheirClaims.run();
      }),
  };
}
