import type { RateBudget, RateLimits } from '../../src/core/rate-limits.ts';
import type { Throttle } from '../../src/judge/throttle.ts';

/** What a provider does with one request. */
interface Answer {
  isRefused: boolean;
  retryAfterMs?: number;
  limits?: RateLimits;
}

/** Decides on a request that arrives with so many in flight, itself included. */
export type Provider = (inFlight: number) => Answer;

export interface Served {
  replies: number;
  refusals: number;
  /** Refusals after the first five seconds. */
  laterRefusals: number;
  mostInFlight: number;
  /** When the last reply came, in milliseconds. */
  endMs: number;
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A token bucket on the clock that Date tells. */
export function providerBucket(capacity: number, perSecond: number) {
  let level = capacity;
  let at = 0;
  let limit = { capacity, perSecond };
  function refill(): void {
    level = Math.min(limit.capacity, level + ((Date.now() - at) * limit.perSecond) / 1000);
    at = Date.now();
  }
  return {
    change(to: typeof limit) {
      refill();
      limit = to;
    },
    take(amount: number): boolean {
      refill();
      if (level < amount) return false;
      level -= amount;
      return true;
    },
    headers: (): RateBudget => ({
      limit: limit.capacity,
      remaining: Math.floor(level),
      resetMs: Math.ceil(((limit.capacity - level) * 1000) / limit.perSecond),
    }),
  };
}

interface Asking {
  count: number;
  latencyMs: number;
  refusalMs?: number;
  tokens?: (request: number) => number;
}

/** Asks until everything is replied to; who is refused waits as long as asked, or for 250 ms. */
export function askAll(
  throttle: Throttle,
  provider: Provider,
  { count, latencyMs, refusalMs = 5, tokens = () => 100 }: Asking,
): Promise<Served> {
  const served: Served = { replies: 0, refusals: 0, laterRefusals: 0, mostInFlight: 0, endMs: 0 };
  let inFlight = 0;

  function ask(request: number, isAgain: boolean): Promise<Answer> {
    return throttle.run(async (sent) => {
      inFlight += 1;
      served.mostInFlight = Math.max(served.mostInFlight, inFlight);
      const answer = provider(inFlight);
      const limits = answer.limits ?? null;
      if (answer.isRefused) inFlight -= 1;
      await sleep(answer.isRefused ? refusalMs : latencyMs);
      if (answer.isRefused) {
        throttle.limited(sent, answer.retryAfterMs, limits);
        return answer;
      }
      inFlight -= 1;
      throttle.replied(sent, tokens(request), limits);
      return answer;
    }, isAgain);
  }

  async function askUntilReply(request: number): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      const { isRefused, retryAfterMs = 250 } = await ask(request, tried > 1);
      if (!isRefused) break;
      served.refusals += 1;
      if (Date.now() > 5000) served.laterRefusals += 1;
      await sleep(retryAfterMs);
    }
    served.replies += 1;
    served.endMs = Date.now();
  }

  return Promise.all(Array.from({ length: count }, (_, request) => askUntilReply(request))).then(
    () => served,
  );
}
