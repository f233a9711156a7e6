import type { PortionOutcome, PortionPlaces, RunPlan } from '../core/run-plan.ts';
import type { Session } from './postgres-database.ts';
import type { GroupDatabase } from './postgres-group.ts';
import { type Room, type RunWork, roomFor } from './run-work.ts';

/** The database's clock, in milliseconds since 1970. */
const clock = 'extract(epoch FROM clock_timestamp())::double precision * 1000';

/**
 * Adapter: the work on runs in the tables of a group in PostgreSQL. Its turns go by the database's clock, so that
 * machines whose clocks differ wait for each other.
 * @param database is closed with the store
 * @throws StoreError from every call, when the database cannot be reached or used
 */
export function createPostgresRunWork(database: GroupDatabase): RunWork {
  const { schema } = database;

  /** Lets nobody else change what the run has spent or which portions have ended until the transaction ends. */
  async function lockRun(session: Session, run: number): Promise<{ spent: number }> {
    const [row] = await session.rows<{ spent: number }>(
      `SELECT spent_usd AS spent FROM ${schema}.run_plans WHERE run = $1 FOR UPDATE`,
      [run],
    );
    return row ?? { spent: 0 };
  }

  async function reserve(
    session: Session,
    { run, portion, amount, most }: { run: number; portion: number; amount: number; most: number },
  ): Promise<Room> {
    const { spent } = await lockRun(session, run);
    const [row] = await session.rows<{ reserved: number }>(
      `SELECT coalesce(sum(reserved_usd), 0) AS reserved FROM ${schema}.run_portions WHERE run = $1`,
      [run],
    );
    const room = roomFor(amount, { spent, reserved: row?.reserved ?? 0, most });
    if (room === 'reserved')
      await session.change(
        `UPDATE ${schema}.run_portions SET reserved_usd = reserved_usd + $3 WHERE run = $1 AND portion = $2`,
        [run, portion, amount],
      );
    return room;
  }

  return {
    planRun: (run, plan, portions) =>
      database.together(async (session) => {
        const planned = await session.change(
          `INSERT INTO ${schema}.run_plans (run, plan) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
          [run, JSON.stringify(plan)],
        );
        if (planned === 0) return false;
        await session.change(
          `INSERT INTO ${schema}.run_portions (run, portion, places) SELECT $1, * FROM unnest($2::int[], $3::text[])`,
          [run, portions.map((_, index) => index), portions.map((places) => JSON.stringify(places))],
        );
        return true;
      }),
    async runPlan(run) {
      const [row] = await database.rows<{ plan: string }>(
        `SELECT plan FROM ${schema}.run_plans WHERE run = $1`,
        [run],
      );
      return row ? (JSON.parse(row.plan) as RunPlan) : null;
    },
    async openPortions(run) {
      const rows = await database.rows<{ portion: number }>(
        `SELECT portion FROM ${schema}.run_portions WHERE run = $1 AND outcome IS NULL ORDER BY portion`,
        [run],
      );
      return rows.map(({ portion }) => portion);
    },
    async openPortion(run, portion) {
      const [row] = await database.rows<{ places: string }>(
        `SELECT places FROM ${schema}.run_portions WHERE run = $1 AND portion = $2 AND outcome IS NULL`,
        [run, portion],
      );
      return row ? (JSON.parse(row.places) as PortionPlaces) : null;
    },
    noteProgress: (run, portion, done, spent) =>
      database.together(async (session) => {
        await session.change(`UPDATE ${schema}.run_portions SET done = $3 WHERE run = $1 AND portion = $2`, [
          run,
          portion,
          done,
        ]);
        await session.change(
          `UPDATE ${schema}.requested_runs SET requests = requests + $2, input_tokens = input_tokens + $3,
            cached_input_tokens = cached_input_tokens + $4, output_tokens = output_tokens + $5, cost_usd = cost_usd + $6
          WHERE id = $1`,
          [
            run,
            ...[
              spent.requests,
              spent.inputTokens,
              spent.cachedInputTokens,
              spent.outputTokens,
              spent.costUsd,
            ],
          ],
        );
      }),
    endPortion: (run, portion, outcome) =>
      database.together(async (session) => {
        // Of two that end at the same moment, the second must see the end of the first.
        await lockRun(session, run);
        await session.change(
          `UPDATE ${schema}.run_portions SET outcome = $3 WHERE run = $1 AND portion = $2 AND outcome IS NULL`,
          [run, portion, JSON.stringify(outcome)],
        );
        const [row] = await session.rows<{ open: number }>(
          `SELECT count(*) AS open FROM ${schema}.run_portions WHERE run = $1 AND outcome IS NULL`,
          [run],
        );
        return row?.open ?? 0;
      }),
    async outcomes(run) {
      const rows = await database.rows<{ outcome: string }>(
        `SELECT outcome FROM ${schema}.run_portions WHERE run = $1 AND outcome IS NOT NULL ORDER BY portion`,
        [run],
      );
      return rows.map(({ outcome }) => JSON.parse(outcome) as PortionOutcome);
    },
    async doneIn(run) {
      const [row] = await database.rows<{ done: number }>(
        `SELECT coalesce(sum(done), 0) AS done FROM ${schema}.run_portions WHERE run = $1`,
        [run],
      );
      return row?.done ?? 0;
    },
    takeAccount: (run, portion) =>
      database.together(async (session) => {
        // Usually nobody has had it before, so there is no account to take over, and nobody is to be kept waiting.
        const isNew = await session.change(
          `UPDATE ${schema}.run_portions SET is_taken_up = true
            WHERE run = $1 AND portion = $2 AND NOT is_taken_up AND reserved_usd = 0`,
          [run, portion],
        );
        if (isNew > 0) return false;
        await lockRun(session, run);
        await session.change(
          `UPDATE ${schema}.run_plans SET spent_usd = spent_usd + reserved_usd FROM ${schema}.run_portions
            WHERE run_plans.run = $1 AND run_portions.run = $1 AND portion = $2`,
          [run, portion],
        );
        const first = await session.change(
          `UPDATE ${schema}.run_portions SET is_taken_up = true WHERE run = $1 AND portion = $2 AND NOT is_taken_up`,
          [run, portion],
        );
        await session.change(
          `UPDATE ${schema}.run_portions SET reserved_usd = 0 WHERE run = $1 AND portion = $2`,
          [run, portion],
        );
        return first === 0;
      }),
    reserve: (run, portion, amount, most) =>
      database.together((session) => reserve(session, { run, portion, amount, most })),
    settle: (run, portion, amount, cost) =>
      database.together(async (session) => {
        await lockRun(session, run);
        await session.change(`UPDATE ${schema}.run_plans SET spent_usd = spent_usd + $2 WHERE run = $1`, [
          run,
          cost,
        ]);
        await session.change(
          `UPDATE ${schema}.run_portions SET reserved_usd = greatest(reserved_usd - $3, 0)
            WHERE run = $1 AND portion = $2`,
          [run, portion, amount],
        );
      }),
    async nextTurn(run, perMinute) {
      const [row] = await database.rows<{ wait: number }>(
        `UPDATE ${schema}.run_plans SET next_turn_at = greatest(next_turn_at, now.ms) + $2::double precision
          FROM (SELECT ${clock} AS ms) AS now WHERE run = $1
          RETURNING greatest(next_turn_at - $2::double precision - now.ms, 0) AS wait`,
        [run, 60_000 / perMinute],
      );
      return row?.wait ?? 0;
    },
    async pause(run, ms) {
      await database.change(
        `UPDATE ${schema}.run_plans SET next_turn_at = greatest(next_turn_at, ${clock} + $2) WHERE run = $1`,
        [run, ms],
      );
    },
    close: () => database.close(),
  };
}
