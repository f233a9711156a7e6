import type { FailureReason, RequestedRun } from '../core/requested-run.ts';
import type { ServedRequest } from './metrics.ts';

/** A run of which something is told. */
export interface LoggedRun {
  /** The number of the group whose run it is; null where there is one group alone. */
  group: number | null;
  run: number;
}

/** A run's new state. */
export interface RunChange extends LoggedRun, Pick<RequestedRun, 'state' | 'totals'> {
  /** Why it has failed; left out where it has not, or an older program noted no reason. */
  reason?: FailureReason | undefined;
}

/** A process that has begun its work. */
interface Started {
  version: string;
  judge: 'llm' | 'offline';
  /** Requests in flight at most. */
  concurrency: number;
  /** Where it listens; null where it does not. */
  url: string | null;
  /** Where its metrics are to be had; null where they are not. */
  metricsUrl: string | null;
}

/**
 * Port: tells whoever runs the program what happens. What is handed over holds nobody's name, answer, key, token or
 * address and no chapter's title, save in errors, of which adapters that write for machines take nothing but where
 * they come from.
 */
export interface EventLog {
  /** @param sentence names nothing but what whoever started the process wrote */
  failedToStart(sentence: string): void;
  started(about: Started): void;
  /** @param id stands in the problem as well that the client gets where we are at fault */
  request(served: ServedRequest, id: string): void;
  runChanged(change: RunChange): void;
  /** Told once of a job that failed for the last time. @param portion null where the run was to be divided */
  jobFailed(job: LoggedRun & { portion: number | null }, error: unknown): void;
  /** @param id the number that a client was shown; left out where no client waits */
  fault(error: unknown, id?: string): void;
  stopped(): void;
}
