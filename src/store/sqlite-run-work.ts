import type { AtOnce } from '../core/awaitable.ts';
import { addUsage, noUsage, type Usage } from '../core/grade.ts';
import type { PortionOutcome, PortionPlaces, RunPlan } from '../core/run-plan.ts';
import { guarded, openDatabase } from './open-database.ts';
import { type RunWork, roomFor } from './run-work.ts';
import { together } from './together.ts';

/**
 * Adapter: the work on runs in the same SQLite file as the runs, over a connection of its own. Each call is durable
 * when it returns.
 * @param file path of the database, in a folder that exists
 * @throws StoreError, here and from every call, when the file cannot be read or written
 */
export function openSqliteRunWork(file: string): AtOnce<RunWork> {
  const database = guarded(file, () => openDatabase(file));
  const prepare = (sql: string) => guarded(file, () => database.prepare(sql));
  const statements = {
    plan: prepare('INSERT INTO run_plans (run, plan) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    addPortion: prepare('INSERT INTO run_portions (run, portion, places) VALUES (?, ?, ?)'),
    runPlan: prepare('SELECT plan FROM run_plans WHERE run = ?'),
    openPortions: prepare(
      'SELECT portion FROM run_portions WHERE run = ? AND outcome IS NULL ORDER BY portion',
    ),
    openPortion: prepare('SELECT places FROM run_portions WHERE run = ? AND portion = ? AND outcome IS NULL'),
    done: prepare('UPDATE run_portions SET done = ? WHERE run = ? AND portion = ?'),
    spentOn: prepare('SELECT spent FROM requested_runs WHERE id = ?'),
    noteSpent: prepare('UPDATE requested_runs SET spent = ? WHERE id = ?'),
    end: prepare('UPDATE run_portions SET outcome = ? WHERE run = ? AND portion = ? AND outcome IS NULL'),
    outcomes: prepare(
      'SELECT outcome FROM run_portions WHERE run = ? AND outcome IS NOT NULL ORDER BY portion',
    ),
    doneIn: prepare('SELECT coalesce(sum(done), 0) AS done FROM run_portions WHERE run = ?'),
    account: prepare(
      'SELECT spent_usd AS spent, (SELECT coalesce(sum(reserved_usd), 0) FROM run_portions WHERE run = :run) AS reserved FROM run_plans WHERE run = :run',
    ),
    reserve: prepare(
      'UPDATE run_portions SET reserved_usd = max(reserved_usd + :amount, 0) WHERE run = :run AND portion = :portion',
    ),
    spend: prepare('UPDATE run_plans SET spent_usd = spent_usd + ? WHERE run = ?'),
    lastWorker: prepare(
      'SELECT reserved_usd AS reserved, is_taken_up AS isTakenUp FROM run_portions WHERE run = ? AND portion = ?',
    ),
    takeUp: prepare(
      'UPDATE run_portions SET is_taken_up = 1, reserved_usd = 0 WHERE run = ? AND portion = ?',
    ),
    turn: prepare('SELECT next_turn_at AS at FROM run_plans WHERE run = ?'),
    setTurn: prepare('UPDATE run_plans SET next_turn_at = ? WHERE run = ?'),
  };
  const atOnce = <T>(work: () => T): T => guarded(file, () => together(database, work));
  const openPortions = (run: number) =>
    (statements.openPortions.all(run) as { portion: number }[]).map(({ portion }) => portion);

  /** When the run's next request may be sent; null where the run is not planned. */
  function nextTurnAt(run: number): number | null {
    return (statements.turn.get(run) as { at: number } | undefined)?.at ?? null;
  }

  function addSpent(run: number, spent: Usage): void {
    const row = statements.spentOn.get(run) as { spent: string | null } | undefined;
    const before = row?.spent ? (JSON.parse(row.spent) as Usage) : noUsage;
    statements.noteSpent.run(JSON.stringify(addUsage(before, spent)), run);
  }

  return {
    planRun: (run, plan, portions) =>
      atOnce(() => {
        if (statements.plan.run(run, JSON.stringify(plan)).changes === 0) return false;
        for (const [portion, places] of portions.entries())
          statements.addPortion.run(run, portion, JSON.stringify(places));
        return true;
      }),
    runPlan: (run) =>
      guarded(file, () => {
        const row = statements.runPlan.get(run) as { plan: string } | undefined;
        return row ? (JSON.parse(row.plan) as RunPlan) : null;
      }),
    openPortions: (run) => guarded(file, () => openPortions(run)),
    openPortion: (run, portion) =>
      guarded(file, () => {
        const row = statements.openPortion.get(run, portion) as { places: string } | undefined;
        return row ? (JSON.parse(row.places) as PortionPlaces) : null;
      }),
    noteProgress: (run, portion, done, spent) =>
      atOnce(() => {
        statements.done.run(done, run, portion);
        addSpent(run, spent);
      }),
    endPortion: (run, portion, outcome) =>
      atOnce(() => {
        statements.end.run(JSON.stringify(outcome), run, portion);
        return openPortions(run).length;
      }),
    outcomes: (run) =>
      guarded(file, () =>
        (statements.outcomes.all(run) as { outcome: string }[]).map(
          ({ outcome }) => JSON.parse(outcome) as PortionOutcome,
        ),
      ),
    doneIn: (run) => guarded(file, () => (statements.doneIn.get(run) as { done: number }).done),
    takeAccount: (run, portion) =>
      atOnce(() => {
        const row = statements.lastWorker.get(run, portion) as
          | { reserved: number; isTakenUp: 0 | 1 }
          | undefined;
        const { reserved, isTakenUp } = row ?? { reserved: 0, isTakenUp: 0 };
        statements.spend.run(reserved, run);
        statements.takeUp.run(run, portion);
        return isTakenUp === 1;
      }),
    reserve: (run, portion, amount, most) =>
      atOnce(() => {
        const account = statements.account.get({ run }) as { spent: number; reserved: number } | undefined;
        const room = roomFor(amount, { spent: 0, reserved: 0, ...account, most });
        if (room === 'reserved') statements.reserve.run({ run, portion, amount });
        return room;
      }),
    settle: (run, portion, amount, cost) =>
      atOnce(() => {
        statements.spend.run(cost, run);
        statements.reserve.run({ run, portion, amount: -amount });
      }),
    nextTurn: (run, perMinute, now) =>
      atOnce(() => {
        const at = Math.max(nextTurnAt(run) ?? now, now);
        statements.setTurn.run(at + 60_000 / perMinute, run);
        return at - now;
      }),
    pause: (run, ms, now) =>
      atOnce(() => {
        statements.setTurn.run(Math.max(nextTurnAt(run) ?? 0, now + ms), run);
      }),
    close: () => guarded(file, () => database.close()),
  };
}
