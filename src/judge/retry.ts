import { ModelError } from '../core/errors.ts';
import type { ChatModel, ChatRequest, DeliveredReply } from './chat-model.ts';
import { type RunControl, stoppedError } from './run-control.ts';
import type { Sent } from './sent-log.ts';
import type { Throttle } from './throttle.ts';

export interface RetryPolicy {
  /** Tries in all, the first included. */
  tries: number;
  /** First wait in milliseconds; triples with each further one, so that a mishap costs little and a crisis is sat out. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** A Retry-After longer than this is not waited for. */
  longestRetryAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  tries: 6,
  firstWaitMs: 250,
  longestWaitMs: 60_000,
  longestRetryAfterMs: 15 * 60_000,
};

export interface RetryOptions {
  /** The one limit on requests in flight; a waiting request gives its place back. */
  throttle: Throttle;
  policy?: RetryPolicy;
  /** Stopped as soon as a failure shows that every further request would fail too. */
  control: RunControl;
  /** Resolves after a time, or at once when the signal is aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1, as Math.random. */
  random?: () => number;
  /** Milliseconds, as Date.now. */
  now?: () => number;
  /** Lets the requests that got the place go before the reply is looked at, since the provider is to be kept busy. */
  giveWay?: () => Promise<void>;
  /** Told of every wait that is worth telling a person about. */
  onWait?: (ms: number, failure: ModelError) => void;
}

/** A limit that ends later than a run can wait for: every further request would meet it too. */
function limitedUntil(failure: ModelError, policy: RetryPolicy, now: () => number): ModelError | null {
  const { retryAfterMs } = failure;
  if (failure.failure !== 'rate_limited' || retryAfterMs === undefined) return null;
  if (retryAfterMs <= policy.longestRetryAfterMs) return null;
  const until = new Date(now() + retryAfterMs).toISOString().slice(0, 16).replace('T', ' ');
  return new ModelError(
    'quota_exhausted',
    {
      ko: `모델 제공자가 ${until}(UTC)까지 요청을 받지 않습니다. 그 뒤에 같은 명령을 다시 실행하면 이어집니다.`,
      en: `the provider accepts no requests until ${until} UTC; the same command goes on from here after that.`,
    },
    { cause: failure },
  );
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
  const ceiling = Math.min(policy.longestWaitMs, policy.firstWaitMs * 3 ** (tried - 1));
  return ceiling * (0.5 + random() / 2);
}

/**
 * The one layer that tries again: passing failures with exponential waits and jitter, Retry-After as asked.
 * An endpoint that was never reached is given up after the second try, since waiting will not make it exist.
 */
export function withRetries(inner: ChatModel, options: RetryOptions): ChatModel {
  const {
    throttle,
    policy = defaultRetryPolicy,
    control,
    wait,
    random = Math.random,
    now = Date.now,
    giveWay,
    onWait,
  } = options;
  let reached = false;

  async function tryOnce(request: ChatRequest, signal: AbortSignal, sent: Sent): Promise<DeliveredReply> {
    if (control.stopped.aborted) throw stoppedError();
    try {
      const reply = await inner.reply(request, signal);
      reached = true;
      const { inputTokens, outputTokens } = reply.usage;
      throttle.replied(sent, inputTokens + outputTokens, reply.limits ?? null);
      return reply;
    } catch (error) {
      if (error instanceof ModelError && error.failure !== 'connection') reached = true;
      if (error instanceof ModelError && error.failure === 'rate_limited')
        throttle.limited(sent, error.retryAfterMs, error.limits ?? null);
      // Before the place is given back, or the next request would slip through.
      if (!(error instanceof ModelError) || error.stopsRun) control.stop();
      throw error;
    }
  }

  return {
    async reply(request, signal) {
      for (let tried = 1; ; tried += 1) {
        try {
          const attempt = (sent: Sent) => tryOnce(request, signal, sent);
          const reply = await throttle.run(attempt, tried > 1, control.stopped);
          await giveWay?.();
          return reply;
        } catch (error) {
          if (!(error instanceof ModelError)) {
            // Also where a turn could not be had, and nothing was tried.
            control.stop();
            throw error;
          }
          const isUnreachable = error.failure === 'connection' && !reached && tried >= 2;
          if (isUnreachable) throw new ModelError('unreachable', error.text, { cause: error });
          const closed = limitedUntil(error, policy, now);
          if (closed) {
            control.stop();
            throw closed;
          }
          const ms = waitFor(error, tried, policy, random);
          if (ms === null) throw error;
          onWait?.(ms, error);
          await wait(ms, control.stopped);
        }
      }
    },
  };
}
