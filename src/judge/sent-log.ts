/** A request that was sent. */
export interface Sent {
  /** Its place in the order of sending, from 1. */
  readonly number: number;
  /** When, in milliseconds. */
  at: number;
  /** How many were in flight with it, itself included. */
  readonly together: number;
  isRefused: boolean;
}

/** The requests sent lately, in order. */
export interface SentLog {
  /** @param together how many are in flight with it, itself included */
  note(together: number): Sent;
  /** How many were sent so far. */
  count(): number;
  /** Requests sent after one and up to another, or until now, that were not refused so far. */
  passedBetween(first: Sent, last?: Sent): number;
  /** The same until now, of those only that were sent since a time. */
  passedSince(first: Sent, since: number): number;
  /**
   * Requests a millisecond that were not refused, over the last second up to one, or over the last twenty where a
   * second holds fewer. Null where that goes back before a time, or too far to say anything of now.
   */
  passedPerMs(since: number, last: Sent): number | null;
  /**
   * How many may be in flight at once, where that alone explains what was refused lately up to one: hardly any
   * request went through beside as many others. Else null.
   */
  mostTogether(last: Sent): number | null;
}

const mostKept = 2000;
const measuredMs = { least: 1000, most: 10_000 };
const measuredRequests = 20;
const compared = 100;

export function createSentLog(now: () => number): SentLog {
  const kept: Sent[] = [];
  let count = 0;

  return {
    note(together) {
      count += 1;
      const sent = { number: count, at: now(), together, isRefused: false };
      kept.push(sent);
      if (kept.length >= 2 * mostKept) kept.splice(0, mostKept);
      return sent;
    },
    count: () => count,
    passedBetween(first, last) {
      let passed = 0;
      for (let index = kept.length - 1; index >= 0; index -= 1) {
        const sent = kept[index];
        if (!sent || sent.number <= first.number) break;
        if (!sent.isRefused && (!last || sent.number <= last.number)) passed += 1;
      }
      return passed;
    },
    passedSince(first, since) {
      let passed = 0;
      for (let index = kept.length - 1; index >= 0; index -= 1) {
        const sent = kept[index];
        if (!sent || sent.number <= first.number || sent.at < since) break;
        if (!sent.isRefused) passed += 1;
      }
      return passed;
    },
    passedPerMs(since, last) {
      let passed = 0;
      let seen = 0;
      for (let index = kept.length - 1; index >= 0; index -= 1) {
        const sent = kept[index];
        if (!sent) break;
        if (sent.number > last.number) continue;
        const ms = last.at - sent.at;
        if (sent.at < since || ms > measuredMs.most) return null;
        if (ms > measuredMs.least && seen >= measuredRequests) return passed === 0 ? null : passed / ms;
        seen += 1;
        if (!sent.isRefused) passed += 1;
      }
      return null;
    },
    mostTogether(last) {
      const lately = kept.filter(({ number }) => number <= last.number && number > last.number - compared);
      const refused = lately.filter(({ isRefused }) => isRefused);
      const fewest = Math.min(...refused.map(({ together }) => together));
      const passed = lately.filter(({ isRefused }) => !isRefused);
      const within = passed.filter(({ together }) => together < fewest).length;
      const exceptions = passed.length - within;
      return within >= refused.length && 2 * exceptions <= refused.length ? fewest - 1 : null;
    },
  };
}
