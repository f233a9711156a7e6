import type { Awaitable } from '../core/awaitable.ts';
import type { Usage } from '../core/grade.ts';
import type { PortionOutcome, PortionPlaces, RunPlan } from '../core/run-plan.ts';

/** Whether there is room in a run's budget for an amount, or there may be once requests in flight have ended. */
export type Room = 'reserved' | 'wait' | 'over';

/** What a run's budget holds, in US dollars. */
interface Account {
  spent: number;
  /** Set aside for requests in flight. */
  reserved: number;
  /** The most that may be spent in all. */
  most: number;
}

/**
 * Whether a budget has room for an amount.
 * @param amount US dollars
 */
export function roomFor(amount: number, { spent, reserved, most }: Account): Room {
  if (spent + reserved + amount <= most) return 'reserved';
  return spent + amount <= most ? 'wait' : 'over';
}

/**
 * Port: what those who work on the same run, maybe on different machines, must know of each other. Each call is
 * done whole or not at all, and holds whoever else calls at the same moment.
 */
export interface RunWork {
  /**
   * Fixes what a run does and what it is divided into, numbered from 0.
   * @returns false, and nothing is changed, when somebody else has done so already
   */
  planRun(run: number, plan: RunPlan, portions: readonly PortionPlaces[]): Awaitable<boolean>;
  /** null until it is planned. */
  runPlan(run: number): Awaitable<RunPlan | null>;
  /** Numbers of the portions that have not ended, in order. */
  openPortions(run: number): Awaitable<number[]>;
  /** The places of a portion that has not ended; null when it has, or there is none. */
  openPortion(run: number, portion: number): Awaitable<PortionPlaces | null>;
  /**
   * Notes how far a portion is and adds to what its run has spent.
   * @param done attempts of the portion with an outcome
   * @param spent since it was noted last
   */
  noteProgress(run: number, portion: number, done: number, spent: Usage): Awaitable<void>;
  /**
   * Notes the end of a portion; only the first counts.
   * @returns how many portions of the run have not ended
   */
  endPortion(run: number, portion: number, outcome: PortionOutcome): Awaitable<number>;
  /** What became of the portions that have ended. */
  outcomes(run: number): Awaitable<PortionOutcome[]>;
  /** Attempts of the run's portions that have an outcome. */
  doneIn(run: number): Awaitable<number>;
  /**
   * Takes a portion up. Counts as spent what its last worker had set aside and never settled: those requests may be
   * paid for.
   * @returns whether somebody had taken it up before
   */
  takeAccount(run: number, portion: number): Awaitable<boolean>;
  /**
   * Sets an amount aside for a request.
   * @param amount US dollars
   * @param most US dollars that the run may spend in all
   */
  reserve(run: number, portion: number, amount: number, most: number): Awaitable<Room>;
  /** Gives back what was set aside and counts what was really spent. Both US dollars. */
  settle(run: number, portion: number, amount: number, cost: number): Awaitable<void>;
  /**
   * Takes a run's next turn to send a request (the leaky bucket as virtual scheduling, ITU-T I.371).
   * @param perMinute requests of the run a minute
   * @param now milliseconds since 1970; a store that has a clock of its own uses that
   * @returns milliseconds until the request may be sent
   */
  nextTurn(run: number, perMinute: number, now: number): Awaitable<number>;
  /** Keeps everybody from sending requests of the run for so many milliseconds. */
  pause(run: number, ms: number, now: number): Awaitable<void>;
  close(): Awaitable<void>;
}
