import type { LimitFunction } from 'p-limit';
import { ModelError } from '../core/errors.ts';
import type { ChatModel, ChatRequest, DeliveredReply } from './chat-model.ts';
import { type RunControl, stoppedError } from './run-control.ts';

export interface RetryPolicy {
  /** Tries in all, the first included. */
  tries: number;
  /** First wait in milliseconds; doubles with each further one. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** A Retry-After longer than this is not waited for. */
  longestRetryAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  tries: 6,
  firstWaitMs: 1000,
  longestWaitMs: 60_000,
  longestRetryAfterMs: 15 * 60_000,
};

export interface RetryOptions {
  /** The one limit on requests in flight; a waiting request gives its place back. */
  limit: LimitFunction;
  policy?: RetryPolicy;
  /** Stopped as soon as a failure shows that every further request would fail too. */
  control: RunControl;
  /** Resolves after a time, or at once when the signal is aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1, as Math.random. */
  random?: () => number;
  /** Told of every wait that is worth telling a person about. */
  onWait?: (ms: number, failure: ModelError) => void;
}

function waitFor(
  failure: ModelError,
  tried: number,
  policy: RetryPolicy,
  random: () => number,
): number | null {
  if (!failure.isPassing || tried >= policy.tries) return null;
  if (failure.retryAfterMs !== undefined) {
    return failure.retryAfterMs <= policy.longestRetryAfterMs ? failure.retryAfterMs : null;
  }
  const ceiling = Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (tried - 1));
  return ceiling * (0.5 + random() / 2);
}

/**
 * The one layer that tries again: passing failures with exponential waits and jitter, Retry-After as asked.
 * An endpoint that was never reached is given up after the second try, since waiting will not make it exist.
 */
export function withRetries(inner: ChatModel, options: RetryOptions): ChatModel {
  const { limit, policy = defaultRetryPolicy, control, wait, random = Math.random, onWait } = options;
  let reached = false;

  async function tryOnce(request: ChatRequest, signal: AbortSignal): Promise<DeliveredReply> {
    if (control.stopped.aborted) throw stoppedError();
    try {
      const reply = await inner.reply(request, signal);
      reached = true;
      return reply;
    } catch (error) {
      if (error instanceof ModelError && error.failure !== 'connection') reached = true;
      // Before the place is given back, or the next request would slip through.
      if (error instanceof ModelError && error.stopsRun) control.stop();
      throw error;
    }
  }

  return {
    async reply(request, signal) {
      for (let tried = 1; ; tried += 1) {
        try {
          return await limit(() => tryOnce(request, signal));
        } catch (error) {
          if (!(error instanceof ModelError)) throw error;
          const isUnreachable = error.failure === 'connection' && !reached && tried >= 2;
          if (isUnreachable) throw new ModelError('unreachable', error.text, { cause: error });
          const ms = waitFor(error, tried, policy, random);
          if (ms === null) throw error;
          onWait?.(ms, error);
          await wait(ms, control.stopped);
        }
      }
    },
  };
}
