import type { RateBudget } from '../core/rate-limits.ts';
import type { Sent, SentLog } from './sent-log.ts';

/** One of a provider's limits, as the headers of its replies tell of it. Amounts are requests or tokens. */
export interface ProviderBudget {
  /**
   * @param sent the request that the headers came back for
   * @param amount what a request takes, as far as we know
   */
  learn(budget: RateBudget, sent: Sent, amount: number): void;
  /** Told of every refusal. */
  refused(): void;
  /** Milliseconds until a request that takes so much may be sent; 0 as long as nothing can be told. */
  waitFor(amount: number): number;
}

/** Share of the limit that is left alone, since what the headers say is a little late and rounded. */
const reserve = 0.04;
/** What requests take is measured over this time, and over so many replies at least. */
const measured = { ms: 1000, replies: 20 };
/** Requests sent within this time went together: what was gone after them is what they took. */
const burstMs = 5;
/** A request is not believed to take more than so many times its amount. */
const mostTimes = 20;
/** Where so little is left in so many replies on end without a refusal, it is not our requests that are counted. */
const strange = { share: 0.02, replies: 20 };
/** What earlier replies weigh in the stated rate. */
const fading = 0.95;

/**
 * What is left now: what the newest headers said, less what was sent after their request, and what flowed back
 * since. The rate is what is missing ÷ the time until nothing is. Where a request seems to take more than its
 * amount, because room for the reply is held or another process sends too, it is reckoned with that.
 */
export function createProviderBudget(log: SentLog, now: () => number): ProviderBudget {
  /** In the order of sending: replies overtake each other, and an older one's headers are no news. */
  let points: { sent: Sent; budget: RateBudget }[] = [];
  let missing = 0;
  let missingMs = 0;
  let seeming = 0;
  let strangeReplies = 0;

  function perMs(): number {
    return missing / missingMs;
  }

  function seemingCost(amount: number): number {
    const [first, last] = [points[0], points.at(-1)];
    const ms = first && last ? last.sent.at - first.sent.at : 0;
    const passed = first && last ? log.passedBetween(first.sent, last.sent) : 0;
    if (!first || !last || passed === 0) return seeming;
    if (ms >= burstMs && points.length < measured.replies) return seeming;
    const { limit, remaining } = first.budget;
    // What is full gets no fuller.
    const flowed = Math.min(limit - remaining + passed * amount, perMs() * ms);
    return (remaining - last.budget.remaining + flowed) / passed;
  }

  function forget(): void {
    points = [];
    missing = 0;
    missingMs = 0;
    seeming = 0;
  }

  return {
    learn(budget, sent, amount) {
      strangeReplies = budget.remaining < strange.share * budget.limit ? strangeReplies + 1 : 0;
      const newest = points.at(-1);
      if (newest && sent.number < newest.sent.number) return;
      if (newest && newest.budget.limit !== budget.limit) forget();
      points.push({ sent, budget });
      while (points.length > measured.replies && sent.at - (points[1]?.sent.at ?? 0) >= measured.ms)
        points.shift();
      missing = fading * missing + Math.max(0, budget.limit - budget.remaining);
      missingMs = fading * missingMs + budget.resetMs;
      seeming = seemingCost(amount);
    },
    refused() {
      strangeReplies = 0;
    },
    waitFor(amount) {
      const newest = points.at(-1);
      if (!newest || missing <= 0 || missingMs <= 0 || strangeReplies >= strange.replies) return 0;
      const { limit, remaining, resetMs } = newest.budget;
      const ms = now() - newest.sent.at;
      const cost = Math.min(Math.max(amount, seeming), limit, mostTimes * amount);
      const there = ms >= resetMs ? limit : Math.min(limit, remaining + perMs() * ms);
      const wanted = Math.min(limit, amount + reserve * limit);
      // Where no headers have come since it must be full, what was sent earlier has flowed back as well.
      const passed =
        ms < resetMs ? log.passedBetween(newest.sent) : log.passedSince(newest.sent, now() - limit / perMs());
      const lacking = wanted + cost * passed - there;
      if (lacking <= 0) return 0;
      return ms >= resetMs ? lacking / perMs() : Math.min(lacking / perMs(), resetMs - ms);
    },
  };
}
