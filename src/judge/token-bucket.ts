/** How much may be sent now, when so much flows back per millisecond (a token bucket, as providers keep one). */
export interface TokenBucket {
  /** How long to wait before so much may be sent, in milliseconds. */
  waitFor(amount: number): number;
  take(amount: number): void;
  /** What flows back per millisecond. */
  perMs(): number;
  /** Multiplies what flows back. */
  speedUp(factor: number): void;
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
    perMs: () => perMs,
    speedUp(factor) {
      refill();
      perMs *= factor;
    },
  };
}
