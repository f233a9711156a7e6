import { askedTogether } from '../core/asked-together.ts';
import type { GroupDatabase } from './postgres-group.ts';
import type { GradeStore } from './store.ts';

interface Wanted {
  key: string;
  newerThan: number;
}

type Entry = readonly [key: string, reply: string];

/** Entries in parts that hold no key twice, one after the other: a statement keeps each request's reply once. */
function inRounds(entries: readonly Entry[]): Map<string, string>[] {
  const rounds: Map<string, string>[] = [];
  for (const [key, reply] of entries) {
    const round = rounds.find((known) => !known.has(key));
    if (round) round.set(key, reply);
    else rounds.push(new Map([[key, reply]]));
  }
  return rounds;
}

/** Replies in PostgreSQL. */
export function createPostgresReplies(
  database: GroupDatabase,
): Pick<GradeStore, 'findReply' | 'keepReplies' | 'timesKept'> {
  const { schema } = database;
  // In order, so that none waits for another that waits for it.
  const keep = `INSERT INTO ${schema}.replies AS kept (key, reply)
    SELECT key, reply FROM unnest($1::text[], $2::text[]) AS entry (key, reply) ORDER BY key COLLATE "C"
    ON CONFLICT (key) DO UPDATE
      SET reply = excluded.reply, kept_at = excluded.kept_at, times_kept = kept.times_kept + 1`;
  // A portion looks for the replies to all its answers at once.
  const find = askedTogether(async (wanted: readonly Wanted[]) => {
    const found = await database.lines<[index: number, reply: string]>(
      `SELECT index, reply FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS wanted (key, newer_than, index)
        JOIN ${schema}.replies ON replies.key = wanted.key AND times_kept > newer_than`,
      [wanted.map(({ key }) => key), wanted.map(({ newerThan }) => newerThan)],
    );
    const replies = new Map(found);
    return wanted.map((_, index) => replies.get(index + 1) ?? null);
  });
  return {
    findReply: (key, newerThan = 0) => find({ key, newerThan }),
    async keepReplies(entries) {
      const rounds = inRounds(entries).map((round) => [[...round.keys()], [...round.values()]]);
      // Kept twice because an answer got lost, a reply is counted twice: whoever waits for a newer one has it.
      const [only, ...others] = rounds;
      if (only && others.length === 0) await database.change(keep, only);
      else
        await database.together(async (session) => {
          for (const values of rounds) await session.change(keep, values);
        });
    },
    async timesKept(key) {
      const [row] = await database.rows<{ times: number }>(
        `SELECT times_kept AS times FROM ${schema}.replies WHERE key = $1`,
        [key],
      );
      return row?.times ?? 0;
    },
  };
}
