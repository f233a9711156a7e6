import type { LimitFunction } from 'p-limit';
import type { RateLimits } from '../core/rate-limits.ts';
import { createLearnedPace } from './learned-pace.ts';
import { createProviderBudget } from './provider-budget.ts';
import { stoppedError } from './run-control.ts';
import { createSentLog, type Sent } from './sent-log.ts';

/** Lets requests to one endpoint through as fast as it allows, and no faster. */
export interface Throttle {
  /**
   * Runs work as soon as there is a place and the endpoint's limits allow it.
   * @param isAgain goes before all that was never tried
   * @param stopped aborted when the work is not wanted any more
   * @throws ModelError `aborted` when that is so before it had its turn
   */
  run<T>(work: (sent: Sent) => Promise<T>, isAgain?: boolean, stopped?: AbortSignal): Promise<T>;
  /** Told of every reply, with what it took and what its headers say. */
  replied(sent: Sent, tokens: number, limits: RateLimits | null): void;
  /** Told of every refusal for sending too fast. */
  limited(sent: Sent, retryAfterMs: number | undefined, limits: RateLimits | null): void;
}

export interface ThrottleOptions {
  /** Requests in flight at most. */
  most: number;
  /** A limit that several endpoints share. */
  shared?: LimitFunction;
  /** Milliseconds. */
  now: () => number;
  /** Resolves after a time, or at once when nobody waits any more. */
  wait: (ms: number) => Promise<void>;
  /** Told when everybody has to wait. */
  onPause?: (ms: number) => void;
}

/** Requests in flight at the start; doubled with each round of replies until `most` or the first cut. */
const firstPlaces = 32;
/** Halving ends here. */
const fewestPlaces = 4;
/** Replies for one more place after a cut; with so many good ones on end, one with each round. */
const repliesForAPlace = { usual: 200, good: 300 };
/** Shorter waits are no news. */
const worthTellingMs = 3000;
/** Nobody sleeps longer without looking again, as replies may bring news. */
const longestNapMs = 1000;

/**
 * Adaptive: the provider's own budgets of requests and tokens are kept where its headers tell them. Refusals that
 * cluster teach a rate, or how many may be in flight at once, and both creep up again (additive increase,
 * multiplicative decrease, Chiu and Jain 1989); where nothing gets through, all wait. A single refusal slows nobody.
 */
export function createThrottle(options: ThrottleOptions): Throttle {
  const { most, shared, now, wait, onPause } = options;
  const log = createSentLog(now);
  const pace = createLearnedPace(log, now);
  const requests = createProviderBudget(log, now);
  const tokens = createProviderBudget(log, now);
  const fresh: (() => void)[] = [];
  const again: (() => void)[] = [];
  let places = Math.min(most, firstPlaces);
  let inFlight = 0;
  let isGrowing = true;
  let repliesThisRound = 0;
  let usualTokens = 0;
  let wakesAt = Number.POSITIVE_INFINITY;
  let toldUntil = 0;

  function msToWait(): number {
    return Math.max(requests.waitFor(1), tokens.waitFor(usualTokens), pace.waitFor());
  }

  /** Only of what still lasts after a nap, since the next reply may know better than the first. */
  function tellOfPause(): void {
    const ms = fresh.length + again.length === 0 ? 0 : msToWait();
    if (ms < worthTellingMs || now() + ms < toldUntil + worthTellingMs) return;
    toldUntil = now() + ms;
    onPause?.(ms);
  }

  async function sleep(ms: number): Promise<void> {
    const nap = Math.ceil(Math.min(ms, longestNapMs));
    const own = now() + nap;
    if (own >= wakesAt) return;
    wakesAt = own;
    await wait(nap);
    if (wakesAt !== own) return;
    wakesAt = Number.POSITIVE_INFINITY;
    tellOfPause();
    sendNext();
  }

  /** Lets go whoever may go now. */
  function sendNext(): void {
    while (inFlight < places) {
      const queue = again.length > 0 ? again : fresh;
      if (queue.length === 0) return;
      const ms = msToWait();
      if (ms > 0) {
        void sleep(ms);
        return;
      }
      pace.take();
      inFlight += 1;
      queue.shift()?.();
    }
  }

  /** Resolves when a request has its turn. */
  function turnIn(queue: (() => void)[], stopped: AbortSignal | undefined): Promise<Sent> {
    return new Promise((resolve, reject) => {
      const go = () => {
        stopped?.removeEventListener('abort', giveUp);
        resolve(log.note(inFlight));
      };
      const giveUp = () => {
        const place = queue.indexOf(go);
        if (place >= 0) queue.splice(place, 1);
        reject(stoppedError());
      };
      if (stopped?.aborted) return giveUp();
      stopped?.addEventListener('abort', giveUp);
      queue.push(go);
      sendNext();
    });
  }

  function learn(sent: Sent, limits: RateLimits | null): void {
    // Where the provider tells its limits, places need not feel their way.
    if (limits && isGrowing) places = most;
    if (limits?.requests) requests.learn(limits.requests, sent, 1);
    if (limits?.tokens) tokens.learn(limits.tokens, sent, usualTokens);
  }

  function grow(): void {
    if (!isGrowing && (inFlight < places || fresh.length + again.length === 0)) return;
    repliesThisRound += 1;
    const isFast = isGrowing || pace.goodReplies() >= repliesForAPlace.good;
    const round = isFast ? places : Math.max(places, repliesForAPlace.usual);
    if (repliesThisRound < round || places >= most) return;
    repliesThisRound = 0;
    places = Math.min(most, isGrowing ? 2 * places : places + 1);
  }

  return {
    async run(work, isAgain = false, stopped = undefined) {
      const sent = await turnIn(isAgain ? again : fresh, stopped);
      const send = () => {
        sent.at = now();
        return work(sent);
      };
      try {
        return await (shared ? shared(send) : send());
      } finally {
        inFlight -= 1;
        sendNext();
      }
    },
    replied(sent, taken, limits) {
      const usual = (before: number, value: number) => (before === 0 ? value : 0.9 * before + 0.1 * value);
      usualTokens = usual(usualTokens, taken);
      pace.replied();
      learn(sent, limits);
      grow();
    },
    limited(sent, retryAfterMs, limits) {
      sent.isRefused = true;
      learn(sent, limits);
      requests.refused();
      tokens.refused();
      const cut = pace.refused(sent, retryAfterMs);
      if (!cut) return;
      isGrowing = false;
      repliesThisRound = 0;
      if (cut.together !== null) places = Math.min(places, cut.together);
      else if (cut.passedPerMs === null)
        places = Math.min(places, Math.max(fewestPlaces, Math.floor(places / 2)));
    },
  };
}
