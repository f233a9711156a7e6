import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RateLimits } from '../../src/core/rate-limits.ts';
import { createThrottle, type Throttle } from '../../src/judge/throttle.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function throttleOf(
  most: number,
  options: { isStopped?: () => boolean; onPause?: (ms: number) => void } = {},
) {
  return createThrottle({ most, now: Date.now, wait: sleep, isStopped: () => false, ...options });
}

interface Served {
  replies: number;
  refusals: number;
  mostInFlight: number;
  elapsedMs: number;
}

/** A server that allows so many requests a second, and a burst of as many, asked until everything is replied to. */
async function askAll(
  throttle: Throttle,
  count: number,
  { perSecond, latencyMs, headers }: { perSecond: number; latencyMs: number; headers: boolean },
): Promise<Served> {
  let level = perSecond;
  let at = 0;
  let inFlight = 0;
  const served: Served = { replies: 0, refusals: 0, mostInFlight: 0, elapsedMs: 0 };
  const refill = () => {
    level = Math.min(perSecond, level + ((Date.now() - at) * perSecond) / 1000);
    at = Date.now();
  };
  const limits = (): RateLimits | null =>
    headers
      ? {
          requests: {
            limit: perSecond,
            remaining: Math.floor(level),
            resetMs: ((perSecond - Math.floor(level)) * 1000) / perSecond,
          },
          tokens: null,
        }
      : null;
  async function serve(): Promise<boolean> {
    refill();
    const isAllowed = level >= 1;
    if (isAllowed) level -= 1;
    inFlight += 1;
    served.mostInFlight = Math.max(served.mostInFlight, inFlight);
    await sleep(isAllowed ? latencyMs : 5);
    inFlight -= 1;
    refill();
    if (isAllowed) throttle.replied(100, limits());
    else throttle.limited(1000, limits());
    return isAllowed;
  }
  async function ask(): Promise<void> {
    while (!(await throttle.run(serve))) {
      served.refusals += 1;
      await sleep(1000);
    }
    served.replies += 1;
  }
  const all = Promise.all(Array.from({ length: count }, ask));
  await vi.runAllTimersAsync();
  await all;
  return { ...served, elapsedMs: Date.now() };
}

describe('createThrottle', () => {
  it('keeps as many in flight as it may where nothing is refused', async () => {
    const served = await askAll(throttleOf(100), 2000, { perSecond: 1e6, latencyMs: 100, headers: false });
    expect(served).toMatchObject({ replies: 2000, refusals: 0, mostInFlight: 100 });
    expect(served.elapsedMs).toBeLessThanOrEqual(1.1 * 2000);
  });

  it('keeps to the rate that headers tell, hardly refused', async () => {
    const served = await askAll(throttleOf(100), 1000, { perSecond: 50, latencyMs: 100, headers: true });
    expect(served.replies).toBe(1000);
    expect(served.refusals).toBeLessThanOrEqual(20);
    // The first 50 are a burst; the rest flows at 50 a second.
    expect(served.elapsedMs).toBeLessThanOrEqual(19_000 / 0.95);
  });

  it('finds a rate by itself where headers say nothing', async () => {
    const served = await askAll(throttleOf(100), 1000, { perSecond: 50, latencyMs: 100, headers: false });
    expect(served.replies).toBe(1000);
    expect(served.refusals).toBeLessThanOrEqual(100);
    expect(served.elapsedMs).toBeLessThanOrEqual(19_000 / 0.8);
  });

  it('is not slowed by a refusal here and there', async () => {
    const throttle = throttleOf(20);
    let asked = 0;
    const ask = () =>
      throttle.run(async () => {
        asked += 1;
        const isRefused = asked % 20 === 0;
        await sleep(200);
        if (isRefused) throttle.limited(1000, null);
        else throttle.replied(100, null);
      });
    const all = Promise.all(Array.from({ length: 1000 }, ask));
    await vi.runAllTimersAsync();
    await all;
    expect(Date.now()).toBe((1000 / 20) * 200);
  });

  it('halves the requests in flight when refusals cluster, and creeps up again', async () => {
    const throttle = throttleOf(16);
    let inFlight = 0;
    let isRefusing = true;
    const seen: number[] = [];
    const ask = () =>
      throttle.run(async () => {
        inFlight += 1;
        seen.push(inFlight);
        await sleep(100);
        inFlight -= 1;
        if (isRefusing) throttle.limited(undefined, null);
        else throttle.replied(100, null);
      });
    const all = Promise.all(Array.from({ length: 600 }, ask));
    await vi.advanceTimersByTimeAsync(150);
    isRefusing = false;
    seen.length = 0;
    await vi.advanceTimersByTimeAsync(1500);
    expect(Math.max(...seen)).toBeLessThan(16);
    await vi.runAllTimersAsync();
    await all;
    expect(Math.max(...seen)).toBe(16);
  });

  it('tells when everybody waits, and waits no more when the run is stopped', async () => {
    const onPause = vi.fn<(ms: number) => void>();
    let isStopped = false;
    const throttle = throttleOf(4, { isStopped: () => isStopped, onPause });
    throttle.replied(10, { requests: { limit: 10, remaining: 0, resetMs: 60_000 }, tokens: null });
    const waiting = throttle.run(() => Promise.resolve('sent'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(onPause).toHaveBeenCalledExactlyOnceWith(6000);
    isStopped = true;
    await vi.runAllTimersAsync();
    expect(await waiting).toBe('sent');
    expect(Date.now()).toBe(6000);
  });

  it('keeps to a budget of tokens', async () => {
    const throttle = throttleOf(50);
    throttle.replied(1000, { requests: null, tokens: { limit: 10_000, remaining: 0, resetMs: 10_000 } });
    const times: number[] = [];
    const all = Promise.all(
      Array.from({ length: 5 }, () =>
        throttle.run(async () => {
          times.push(Date.now());
        }),
      ),
    );
    await vi.runAllTimersAsync();
    await all;
    expect(times).toEqual([1000, 2000, 3000, 4000, 5000]);
  });

  it('never has more in flight than it may, whatever comes back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.constantFrom('reply', 'refusal', 'failure'), { minLength: 1, maxLength: 60 }),
        async (most, outcomes) => {
          const throttle = throttleOf(most);
          let inFlight = 0;
          let highest = 0;
          const all = outcomes.map((outcome) =>
            throttle
              .run(async () => {
                inFlight += 1;
                highest = Math.max(highest, inFlight);
                await sleep(10);
                inFlight -= 1;
                if (outcome === 'failure') throw new Error('failed');
                if (outcome === 'reply') throttle.replied(1, null);
                else throttle.limited(20, null);
              })
              .catch(() => undefined),
          );
          await vi.runAllTimersAsync();
          await Promise.all(all);
          expect(highest).toBeLessThanOrEqual(most);
          expect(inFlight).toBe(0);
        },
      ),
    );
  });
});
