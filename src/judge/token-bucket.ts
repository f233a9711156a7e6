import type { RateBudget } from '../core/rate-limits.ts';

/**
 * How much may be sent now, when so much flows back per millisecond (a token bucket, as providers keep one).
 * Amounts are requests or tokens.
 */
export interface TokenBucket {
  /** How long to wait before so much may be sent, in milliseconds. */
  waitFor(amount: number): number;
  take(amount: number): void;
  /** Multiplies what flows back. */
  speedUp(factor: number): void;
}

/**
 * The bucket that a provider's headers describe: what is missing flows back evenly until the reset. Null where
 * nothing is missing, since then nothing can be told of the rate.
 */
export function bucketFrom(budget: RateBudget, now: () => number): TokenBucket | null {
  const { limit, remaining, resetMs } = budget;
  if (resetMs <= 0 || limit <= remaining) return null;
  return createBucket({ level: remaining, capacity: limit, perMs: (limit - remaining) / resetMs }, now);
}

export interface BucketState {
  /** What is there now. */
  level: number;
  capacity: number;
  /** What flows back per millisecond; above 0. */
  perMs: number;
}

export function createBucket(
  { level: first, capacity, perMs: firstPerMs }: BucketState,
  now: () => number,
): TokenBucket {
  let level = first;
  let perMs = firstPerMs;
  let at = now();
  function refill(): void {
    const time = now();
    level = Math.min(capacity, level + (time - at) * perMs);
    at = time;
  }
  return {
    waitFor(amount) {
      refill();
      // More than the bucket holds can only be sent when it is full.
      const wanted = Math.min(amount, capacity);
      return level >= wanted ? 0 : (wanted - level) / perMs;
    },
    take(amount) {
      refill();
      level -= amount;
    },
    speedUp(factor) {
      refill();
      perMs *= factor;
    },
  };
}
