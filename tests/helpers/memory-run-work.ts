import { addUsage, noUsage, type Usage } from '../../src/core/grade.ts';
import type { PortionOutcome, PortionPlaces, RunPlan } from '../../src/core/run-plan.ts';
import type { RunWork } from '../../src/store/run-work.ts';
import type { ServiceStore } from '../../src/store/service-store.ts';

interface Portion {
  places: PortionPlaces;
  done: number;
  outcome: PortionOutcome | null;
  reserved: number;
  isTaken: boolean;
}

interface Run {
  plan: RunPlan;
  portions: Portion[];
  spentUsd: number;
  nextAt: number;
}

/**
 * Adapter: what those who work on a run know of each other as long as the process lives.
 * @param notes where the sum of what a run has spent stands
 */
export function createMemoryRunWork(notes: Pick<ServiceStore, 'requestedRun' | 'changeRun'>): RunWork {
  const runs = new Map<number, Run>();
  const portionOf = (run: number, portion: number) => runs.get(run)?.portions[portion];

  async function addSpent(run: number, spent: Usage): Promise<void> {
    const before = (await notes.requestedRun(run))?.spent ?? noUsage;
    await notes.changeRun(run, { spent: addUsage(before, spent) });
  }

  return {
    planRun(run, plan, portions) {
      if (runs.has(run)) return false;
      const own = portions.map((places) => ({ places, done: 0, outcome: null, reserved: 0, isTaken: false }));
      runs.set(run, structuredClone({ plan, portions: own, spentUsd: 0, nextAt: 0 }));
      return true;
    },
    runPlan: (run) => structuredClone(runs.get(run)?.plan ?? null),
    openPortions: (run) =>
      (runs.get(run)?.portions ?? []).flatMap(({ outcome }, no) => (outcome === null ? [no] : [])),
    openPortion(run, portion) {
      const own = portionOf(run, portion);
      return own && own.outcome === null ? [...own.places] : null;
    },
    noteProgress(run, portion, done, spent) {
      const own = portionOf(run, portion);
      if (own) own.done = done;
      return addSpent(run, spent);
    },
    endPortion(run, portion, outcome) {
      const own = portionOf(run, portion);
      if (own) own.outcome ??= structuredClone(outcome);
      return (runs.get(run)?.portions ?? []).filter((one) => one.outcome === null).length;
    },
    outcomes: (run) => (runs.get(run)?.portions ?? []).flatMap(({ outcome }) => outcome ?? []),
    doneIn: (run) => (runs.get(run)?.portions ?? []).reduce((sum, { done }) => sum + done, 0),
    takeAccount(run, portion) {
      const own = portionOf(run, portion);
      const all = runs.get(run);
      if (!own || !all) return false;
      all.spentUsd += own.reserved;
      own.reserved = 0;
      const wasTaken = own.isTaken;
      own.isTaken = true;
      return wasTaken;
    },
    reserve(run, portion, amount, most) {
      const own = portionOf(run, portion);
      const all = runs.get(run);
      if (!own || !all) return 'over';
      const reserved = all.portions.reduce((sum, one) => sum + one.reserved, 0);
      if (all.spentUsd + reserved + amount > most) return reserved < 1e-12 ? 'over' : 'wait';
      own.reserved += amount;
      return 'reserved';
    },
    settle(run, portion, amount, cost) {
      const own = portionOf(run, portion);
      const all = runs.get(run);
      if (!own || !all) return;
      own.reserved = Math.max(0, own.reserved - amount);
      all.spentUsd += cost;
    },
    nextTurn(run, perMinute, now) {
      const all = runs.get(run);
      if (!all) return 0;
      const at = Math.max(all.nextAt, now);
      all.nextAt = at + 60_000 / perMinute;
      return at - now;
    },
    pause(run, ms, now) {
      const all = runs.get(run);
      if (all) all.nextAt = Math.max(all.nextAt, now + ms);
    },
    close: () => {},
  };
}
