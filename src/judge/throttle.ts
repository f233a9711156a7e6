import pLimit, { type LimitFunction } from 'p-limit';
import type { RateLimits } from '../core/rate-limits.ts';
import { bucketFrom, createBucket, type TokenBucket } from './token-bucket.ts';

/** Lets requests to one endpoint through as fast as it allows, and no faster. */
export interface Throttle {
  /** Runs work as soon as there is a place and the endpoint's limits allow it. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Told of every reply, with what it took and what its headers say. */
  replied(tokens: number, limits: RateLimits | null): void;
  /** Told of every refusal for sending too fast. */
  limited(retryAfterMs: number | undefined, limits: RateLimits | null): void;
}

export interface ThrottleOptions {
  /** Requests in flight at most. */
  most: number;
  /** A limit that several endpoints share. */
  shared?: LimitFunction;
  /** Milliseconds. */
  now: () => number;
  /** Resolves after a time, or at once when the run is stopped. */
  wait: (ms: number) => Promise<void>;
  /** The run is stopped, so nobody waits any more. */
  isStopped: () => boolean;
  /** Told when everybody has to wait. */
  onPause?: (ms: number) => void;
}

/** Requests in flight at the start; doubled with each round of replies until `most` or the first refusal. */
const firstPlaces = 32;
/** Refusals among the last replies from which on they are no single mishaps: everybody slows down. */
const cluster = { window: 20, refusals: 5 };
/** Shorter waits are no news. */
const worthTellingMs = 3000;
/** When nothing is said of how long to wait. */
const pauseMs = 500;
/** After a cluster without headers, the rate that went well, less a little; it creeps up with every reply. */
const cautious = 0.95;
const creep = 1.001;
const burstMs = 1000;
const measuredMs = 1000;
const mostTimes = 1000;

/**
 * Adaptive: places are halved when refusals cluster and creep up while all are taken (additive increase,
 * multiplicative decrease, Chiu and Jain 1989); the provider's own budgets of requests and tokens are kept where
 * its headers tell them, else a rate is learned from what went through. A single refusal slows nobody.
 */
export function createThrottle(options: ThrottleOptions): Throttle {
  const { most, shared, now, wait, isStopped, onPause } = options;
  const places = pLimit(Math.min(most, firstPlaces));
  let isGrowing = true;
  let repliesThisRound = 0;
  const outcomes: boolean[] = [];
  let closedUntil = 0;
  let requests: TokenBucket | null = null;
  let tokens: TokenBucket | null = null;
  /** The rate learned from refusals, where headers say nothing. */
  let learned: TokenBucket | null = null;
  let usualTokens = 0;
  const replyTimes: number[] = [];
  let queue: Promise<void> = Promise.resolve();

  function msToWait(): number {
    return Math.max(
      closedUntil - now(),
      (requests ?? learned)?.waitFor(1) ?? 0,
      usualTokens > 0 ? (tokens?.waitFor(usualTokens) ?? 0) : 0,
    );
  }

  /** One after the other, each when it may go. */
  function turn(): Promise<void> {
    const own = queue.then(async () => {
      for (let ms = msToWait(); ms > 0 && !isStopped(); ms = msToWait()) {
        if (ms >= worthTellingMs) onPause?.(ms);
        await wait(Math.ceil(ms));
      }
      (requests ?? learned)?.take(1);
      tokens?.take(usualTokens);
    });
    queue = own;
    return own;
  }

  function learn(limits: RateLimits | null): void {
    if (limits?.requests) requests = bucketFrom(limits.requests, now) ?? requests;
    if (limits?.tokens) tokens = bucketFrom(limits.tokens, now) ?? tokens;
  }

  function grow(): void {
    repliesThisRound += 1;
    if (repliesThisRound < places.concurrency || places.concurrency >= most) return;
    repliesThisRound = 0;
    if (isGrowing) places.concurrency = Math.min(most, 2 * places.concurrency);
    else if (places.pendingCount > 0) places.concurrency += 1;
  }

  function slowDown(retryAfterMs: number | undefined): void {
    isGrowing = false;
    outcomes.length = 0;
    repliesThisRound = 0;
    places.concurrency = Math.max(1, Math.floor(places.concurrency / 2));
    closedUntil = Math.max(closedUntil, now() + (retryAfterMs ?? pauseMs));
    const recent = replyTimes.filter((time) => now() - time < measuredMs).length;
    if (recent === 0) return;
    const perMs = (cautious * recent) / measuredMs;
    learned = createBucket({ level: 0, capacity: Math.max(1, perMs * burstMs), perMs }, now);
  }

  function remember(isRefusal: boolean): number {
    outcomes.push(isRefusal);
    if (outcomes.length > cluster.window) outcomes.shift();
    return outcomes.filter(Boolean).length;
  }

  return {
    run: (work) =>
      places(async () => {
        await turn();
        return shared ? shared(work) : work();
      }),
    replied(taken, limits) {
      remember(false);
      replyTimes.push(now());
      if (replyTimes.length > mostTimes) replyTimes.shift();
      usualTokens = usualTokens === 0 ? taken : 0.9 * usualTokens + 0.1 * taken;
      learn(limits);
      grow();
      learned?.speedUp(creep);
    },
    limited(retryAfterMs, limits) {
      learn(limits);
      if (remember(true) >= cluster.refusals) slowDown(retryAfterMs);
    },
  };
}
