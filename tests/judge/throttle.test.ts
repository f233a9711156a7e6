import fc from 'fast-check';
import pLimit from 'p-limit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createThrottle, type ThrottleOptions } from '../../src/judge/throttle.ts';
import { seededRandom } from '../bench/random.ts';
import { askAll, type Provider, providerBucket, type Served, sleep } from '../helpers/simulated-provider.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

function throttleOf(most: number, options: Partial<ThrottleOptions> = {}) {
  return createThrottle({ most, now: Date.now, wait: sleep, ...options });
}

async function served(
  provider: Provider,
  asking: Parameters<typeof askAll>[2],
  throttle = throttleOf(100),
): Promise<Served> {
  const all = askAll(throttle, provider, asking);
  await vi.runAllTimersAsync();
  return all;
}

/** So many requests a second and at once. */
function limitedTo(perSecond: number, tells: { headers?: boolean; retryAfterMs?: number }): Provider {
  const bucket = providerBucket(perSecond, perSecond);
  return () => ({
    isRefused: !bucket.take(1),
    ...(tells.headers ? { limits: { requests: bucket.headers(), tokens: null } } : {}),
    ...(tells.retryAfterMs === undefined ? {} : { retryAfterMs: tells.retryAfterMs }),
  });
}

const free: Provider = () => ({ isRefused: false });

describe('the pace behind a limit', () => {
  it('is as many in flight as allowed where nothing is refused', async () => {
    const { mostInFlight, endMs } = await served(free, { count: 2000, latencyMs: 100 });
    expect(mostInFlight).toBe(100);
    expect(endMs).toBeLessThanOrEqual(1.1 * 2000);
  });

  it.each([5, 100])('is what headers tell, with refusals after %i ms', async (refusalMs) => {
    const provider = limitedTo(50, { headers: true, retryAfterMs: 1000 });
    const { endMs, refusals } = await served(provider, { count: 1000, latencyMs: 100, refusalMs });
    expect(refusals).toBe(0);
    // The first 50 are a burst; the rest flows at 50 a second.
    expect(endMs).toBeLessThanOrEqual(19_000 / 0.98);
  });

  it.each([
    ['Retry-After', { retryAfterMs: 1000 }],
    ['nothing but refusals', {}],
  ])('is found from %s', async (_name, tells) => {
    const { endMs, laterRefusals } = await served(limitedTo(50, tells), { count: 3000, latencyMs: 100 });
    expect(endMs).toBeLessThanOrEqual(59_000 / 0.95);
    expect(laterRefusals).toBeLessThanOrEqual(0.05 * 3000);
  });

  it('is what a budget of tokens allows, though requests differ', async () => {
    const random = seededRandom(3);
    const bucket = providerBucket(60_000, 1000);
    const amounts = Array.from({ length: 200 }, () => 700 + Math.round(600 * random()));
    let asked = 0;
    const provider: Provider = () => {
      asked += 1;
      const isRefused = !bucket.take(amounts[asked % amounts.length] ?? 0);
      return { isRefused, retryAfterMs: 1000, limits: { requests: null, tokens: bucket.headers() } };
    };
    const tokens = (request: number) => amounts[request] ?? 0;
    const { endMs, laterRefusals } = await served(provider, { count: 200, latencyMs: 100, tokens });
    expect(laterRefusals).toBe(0);
    expect(endMs).toBeLessThanOrEqual(140_000 / 0.95);
  });

  it('is kept where the provider holds more tokens than a reply takes', async () => {
    const bucket = providerBucket(600_000, 10_000);
    const provider: Provider = () => ({
      isRefused: !bucket.take(8000),
      retryAfterMs: 1000,
      limits: { requests: null, tokens: bucket.headers() },
    });
    const { endMs, laterRefusals } = await served(provider, {
      count: 300,
      latencyMs: 100,
      tokens: () => 1000,
    });
    expect(laterRefusals).toBe(0);
    expect(endMs).toBeLessThanOrEqual(180_000 / 0.95);
  });

  it('follows limits that change', async () => {
    const bucket = providerBucket(50, 50);
    const change = (at: number, perSecond: number) =>
      setTimeout(() => bucket.change({ capacity: perSecond, perSecond }), at);
    change(20_000, 20);
    change(50_000, 50);
    const provider: Provider = () => ({
      isRefused: !bucket.take(1),
      retryAfterMs: 1000,
      limits: { requests: bucket.headers(), tokens: null },
    });
    const { endMs, refusals } = await served(provider, { count: 2600, latencyMs: 100 });
    expect(refusals).toBeLessThanOrEqual(0.05 * 2600);
    expect(endMs).toBeLessThanOrEqual(69_000 / 0.95);
  });

  it('ignores headers that have next to nothing left while nothing is refused', async () => {
    const onPause = vi.fn<(ms: number) => void>();
    let replies = 0;
    const provider: Provider = () => {
      replies += 1;
      const requests = { limit: 500, remaining: replies % 9, resetMs: 60_000 };
      return { isRefused: false, limits: { requests, tokens: null } };
    };
    const throttle = throttleOf(100, { onPause });
    const { endMs } = await served(provider, { count: 2000, latencyMs: 100 }, throttle);
    expect(endMs).toBeLessThanOrEqual(1.2 * 2000);
    expect(onPause).not.toHaveBeenCalled();
  });

  it('leaves another process its part', async () => {
    const provider = limitedTo(50, { headers: true, retryAfterMs: 1000 });
    const asking = { count: 1000, latencyMs: 100 };
    const other = askAll(throttleOf(100), provider, asking);
    const own = await served(provider, asking);
    const { endMs, refusals } = await other;
    expect(own.refusals + refusals).toBeLessThanOrEqual(0.05 * 2000);
    expect(Math.max(own.endMs, endMs)).toBeLessThanOrEqual(39_000 / 0.95);
  });

  it('finds how many may be in flight', async () => {
    const provider: Provider = (inFlight) => ({ isRefused: inFlight > 10, retryAfterMs: 1000 });
    const { endMs, refusals } = await served(provider, { count: 3000, latencyMs: 100 });
    expect(refusals).toBeLessThanOrEqual(0.05 * 3000);
    expect(endMs).toBeLessThanOrEqual(30_000 / 0.95);
  });

  it.each([1000, 20_000])(
    'is not slowed by a refusal here and there, each for %i ms',
    async (retryAfterMs) => {
      let asked = 0;
      const provider: Provider = () => {
        asked += 1;
        return { isRefused: asked % 20 === 0, retryAfterMs };
      };
      const { endMs } = await served(provider, { count: 1000, latencyMs: 200 }, throttleOf(20));
      expect(endMs).toBeLessThanOrEqual((1000 / 20) * 200 + 2 * retryAfterMs);
    },
  );

  it('is nothing for as long as all are refused, and somebody is told', async () => {
    const onPause = vi.fn<(ms: number) => void>();
    let sent = 0;
    const provider: Provider = () => {
      const isRefused = Date.now() > 2000 && Date.now() < 62_000;
      if (isRefused) sent += 1;
      return { isRefused, retryAfterMs: 62_000 - Date.now() };
    };
    const throttle = throttleOf(20, { onPause });
    const { endMs } = await served(provider, { count: 2000, latencyMs: 200 }, throttle);
    // Five refusals show it, and four places were taken again until then.
    expect(sent).toBeLessThanOrEqual(24);
    expect(onPause).toHaveBeenCalledOnce();
    expect(endMs).toBeLessThanOrEqual(60_000 + 1.05 * 20_000);
  });
});

describe('createThrottle', () => {
  it('lets who tries again go first', async () => {
    const throttle = throttleOf(1);
    const order: string[] = [];
    const send = (name: string, isAgain: boolean) =>
      throttle.run(async () => {
        order.push(name);
        await sleep(10);
      }, isAgain);
    const all = Promise.all([send('first', false), send('second', false), send('again', true)]);
    await vi.runAllTimersAsync();
    await all;
    expect(order).toEqual(['first', 'again', 'second']);
  });

  it('lets who is not wanted any more wait no longer, and the others keep waiting', async () => {
    const stopping = new AbortController();
    const throttle = throttleOf(4);
    const requests = { limit: 10, remaining: 0, resetMs: 60_000 };
    await throttle.run(async (sent) => throttle.replied(sent, 10, { requests, tokens: null }));
    const sent: string[] = [];
    const send = (name: string, stopped?: AbortSignal) =>
      throttle.run(async () => sent.push(name), false, stopped);
    const given = expect(send('given up', stopping.signal)).rejects.toMatchObject({ failure: 'aborted' });
    const other = send('other');
    await vi.advanceTimersByTimeAsync(2500);
    stopping.abort();
    await given;
    expect([sent, Date.now()]).toEqual([[], 2500]);
    await expect(send('too late', stopping.signal)).rejects.toMatchObject({ failure: 'aborted' });
    await vi.runAllTimersAsync();
    await other;
    expect(sent).toEqual(['other']);
  });

  it('keeps to a limit that several share', async () => {
    let inFlight = 0;
    let most = 0;
    const shared = pLimit(3);
    const send = (throttle: ReturnType<typeof throttleOf>) =>
      throttle.run(async () => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await sleep(10);
        inFlight -= 1;
      });
    const throttles = [throttleOf(5, { shared }), throttleOf(5, { shared })];
    const all = Promise.all(
      throttles.flatMap((throttle) => Array.from({ length: 10 }, () => send(throttle))),
    );
    await vi.runAllTimersAsync();
    await all;
    expect(most).toBe(3);
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
              .run(async (sent) => {
                inFlight += 1;
                highest = Math.max(highest, inFlight);
                await sleep(10);
                inFlight -= 1;
                if (outcome === 'failure') throw new Error('failed');
                if (outcome === 'reply') throttle.replied(sent, 1, null);
                else throttle.limited(sent, 20, null);
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
