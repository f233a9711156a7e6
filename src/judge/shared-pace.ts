import { ModelError } from '../core/errors.ts';
import { stoppedError } from './run-control.ts';
import type { Throttle } from './throttle.ts';

/** A limit on requests a minute that all who work on a run keep to together. */
export interface SharedPace {
  /** Takes the run's next turn. @returns milliseconds until the request may be sent */
  nextTurn(): Promise<number>;
  /** Keeps everybody from sending for so many milliseconds. */
  pause(ms: number): Promise<void>;
}

/**
 * A throttle whose work waits for the run's turn before it asks for a place, so that a slow run keeps no place from
 * others. Every try takes a turn, repeated ones included. Where places are short, requests that had their turn may go
 * closer together than the pace. What the endpoint tells one of those who work on the run, when to come again, holds
 * for all.
 * @param wait resolves after so many milliseconds, or when the signal is aborted
 */
export function withSharedPace(
  inner: Throttle,
  pace: SharedPace,
  wait: (ms: number, signal?: AbortSignal) => Promise<void>,
): Throttle {
  return {
    ...inner,
    async run(work, isAgain, stopped) {
      const ms = await pace.nextTurn();
      if (ms > 0) await wait(ms, stopped);
      if (stopped?.aborted) throw stoppedError();
      try {
        return await inner.run(work, isAgain, stopped);
      } catch (error) {
        if (
          error instanceof ModelError &&
          error.failure === 'rate_limited' &&
          error.retryAfterMs !== undefined
        )
          await pace.pause(error.retryAfterMs);
        throw error;
      }
    },
  };
}
