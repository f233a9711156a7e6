import { hasEnded } from '../core/requested-run.ts';
import type { ServiceStore } from '../store/service-store.ts';
import type { GradeStore } from '../store/store.ts';
import type { EventLog } from './event-log.ts';
import type { Metrics } from './metrics.ts';

/** Counts grades as they are stored, whoever makes them. */
export function countGrades(store: GradeStore, metrics: Pick<Metrics, 'graded'>): GradeStore {
  return {
    ...store,
    async addGrades(run, grades) {
      await store.addGrades(run, grades);
      for (const grade of grades) metrics.graded(grade);
    },
  };
}

/**
 * Tells of the beginning and the end of runs as they are noted, whoever makes them; of what changed nothing, nothing.
 * @param group the number of the group whose notes these are; null where there is one group alone
 */
export function tellRuns(
  notes: ServiceStore,
  group: number | null,
  log: Pick<EventLog, 'runChanged'>,
  metrics: Pick<Metrics, 'runEnded'>,
): ServiceStore {
  return {
    ...notes,
    async changeRun(id, changes) {
      const run = await notes.changeRun(id, changes);
      if (run === null || changes.state === undefined) return run;
      const { state, totals, failure } = run;
      log.runChanged({ group, run: id, state, totals, reason: failure?.reason });
      if (hasEnded(run)) metrics.runEnded(state);
      return run;
    },
  };
}
