import type { Awaitable } from '../core/awaitable.ts';
import type { Grade } from '../core/grade.ts';
import type { RunState } from '../core/requested-run.ts';
import type { AskedOfModel } from '../judge/watched-model.ts';

/** A request that was answered. Holds nothing that whoever sent it chose. */
export interface ServedRequest {
  /** `other` where it is none of the usual ones. */
  method: string;
  /** The pattern that its path fits, such as `/v1/runs/:id`; `none` where it fits none. */
  route: string;
  status: number;
  /** Until the reply began. */
  seconds: number;
}

/** Numbers that are asked for whenever somebody looks. */
export interface WatchedNumbers {
  /** How many jobs wait; left out where there is no queue. */
  queueLength?: () => Awaitable<number>;
  /** The states of all runs that have not ended, whosever they are. */
  openRuns?: () => Awaitable<readonly RunState[]>;
}

/**
 * Port: counts what happens, for the operator alone. Nobody's name, no group's, chapter's or file's is ever handed over,
 * and nothing of which there may be any number, such as a path.
 */
export interface Metrics {
  requestServed(served: ServedRequest): void;
  modelAsked(asked: AskedOfModel): void;
  /** Told of every grade that is stored. */
  graded(grade: Pick<Grade, 'state' | 'ungradedReason'>): void;
  runEnded(state: RunState): void;
  jobFailed(): void;
  /** Something of ours went wrong that somebody should look at. */
  fault(): void;
  /** Says where the numbers are asked for; what was said before gives way. */
  watch(numbers: WatchedNumbers): void;
}

/** Counts nothing: nobody looks. */
export const noMetrics: Metrics = {
  requestServed: () => {},
  modelAsked: () => {},
  graded: () => {},
  runEnded: () => {},
  jobFailed: () => {},
  fault: () => {},
  watch: () => {},
};
