import type { Sent, SentLog } from './sent-log.ts';
import { createBucket, type TokenBucket } from './token-bucket.ts';

/** What refusals teach of the pace, where headers say nothing or not all. */
export interface LearnedPace {
  /** Milliseconds until another request may be sent. */
  waitFor(): number;
  take(): void;
  replied(): void;
  /** Null for a mishap; where refusals cluster, what the pace was cut to. */
  refused(sent: Sent, retryAfterMs: number | undefined): Cut | null;
  /** Replies since the last refusal. */
  goodReplies(): number;
}

interface Cut {
  /** Requests a millisecond that went through before it; null where that could not be measured. */
  passedPerMs: number | null;
  /** How many may be in flight at once, where that explains the refusals, which then say nothing of the rate. */
  together: number | null;
}

/** Refusals among the last replies from which on they are no mishaps. */
const cluster = { window: 80, refusals: 10 };
/** Refusals on end that say that nothing gets through. */
const onEnd = 5;
/** What goes through between pauses is no steady pace, unless it goes on and on. */
const mostClosings = 3;
/** Share of what went through that a cut leaves. */
const cautious = 0.94;
/** A reply adds this share to the rate, more the longer nothing was refused, in milliseconds. */
const growth = { least: 0.0005, perGoodMs: 2.5e-7, most: 0.005 };
/** What may be sent at once after a lull, as time. */
const burstMs = 100;
/** How long all wait where nothing gets through and no time is told; doubled until something does. */
const pauseMs = { first: 500, longest: 60_000 };

/**
 * Refusals that cluster cut the rate to a little less than what went through, and it grows back with every reply
 * (multiplicative decrease, slow increase); where nothing gets through, all wait.
 */
export function createLearnedPace(log: SentLog, now: () => number): LearnedPace {
  let bucket: TokenBucket | null = null;
  let isBinding = false;
  let outcomes: boolean[] = [];
  let streak = 0;
  let goodReplies = 0;
  let refusedAt = now();
  let closedUntil = now();
  /** Since the pace was measured. */
  let closings = 0;
  let nextPauseMs = pauseMs.first;
  /** Requests up to this one were sent before the last cut and say nothing of the pace since. */
  let cutAt = 0;

  function remember(isRefusal: boolean): void {
    outcomes.push(isRefusal);
    if (outcomes.length > cluster.window) outcomes.shift();
  }

  function cut(sent: Sent): Cut {
    outcomes = [];
    streak = 0;
    cutAt = log.count();
    const together = log.mostTogether(sent);
    if (together !== null) return { together, passedPerMs: null };
    const passedPerMs = log.passedPerMs(
      closings > mostClosings ? Number.NEGATIVE_INFINITY : closedUntil,
      sent,
    );
    if (passedPerMs !== null) {
      closings = 0;
      const perMs = Math.max(cautious * passedPerMs, (bucket?.perMs() ?? 0) / 2);
      bucket = createBucket({ level: 0, capacity: Math.max(1, perMs * burstMs), perMs }, now);
    }
    return { passedPerMs, together };
  }

  function close(retryAfterMs: number | undefined): void {
    closedUntil = Math.max(closedUntil, now() + (retryAfterMs ?? nextPauseMs));
    closings += 1;
    nextPauseMs = Math.min(pauseMs.longest, 2 * nextPauseMs);
  }

  return {
    waitFor() {
      const ms = bucket?.waitFor(1) ?? 0;
      if (ms > 0) isBinding = true;
      return Math.max(ms, closedUntil - now());
    },
    take: () => bucket?.take(1),
    goodReplies: () => goodReplies,
    replied() {
      remember(false);
      streak = 0;
      nextPauseMs = pauseMs.first;
      goodReplies += 1;
      if (!isBinding) return;
      const share = Math.max(growth.least, Math.min(growth.most, (now() - refusedAt) * growth.perGoodMs));
      bucket?.speedUp(1 + share);
      isBinding = false;
    },
    refused(sent, retryAfterMs) {
      goodReplies = 0;
      refusedAt = now();
      if (sent.number <= cutAt) return null;
      remember(true);
      streak += 1;
      const isClosed = streak >= onEnd;
      if (!isClosed && outcomes.filter(Boolean).length < cluster.refusals) return null;
      const made = cut(sent);
      if (isClosed && made.together === null) close(retryAfterMs);
      return made;
    },
  };
}
