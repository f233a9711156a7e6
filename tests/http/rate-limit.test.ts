import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateLimit } from '../../src/http/rate-limit.ts';

/** A limit with a clock that is set by hand. */
function limitAt(perMinute: number, most?: number) {
  const clock = { now: 0 };
  return { clock, waitFor: createRateLimit(perMinute, () => clock.now, most) };
}

describe('the limit of requests', () => {
  test('lets a minute of them through at once, then one at a time', () => {
    const { clock, waitFor } = limitAt(6);
    expect(Array.from({ length: 7 }, () => waitFor('a'))).toEqual([0, 0, 0, 0, 0, 0, 10_000]);
    clock.now = 9_999;
    expect(waitFor('a')).toBeCloseTo(1);
    clock.now = 10_000;
    expect([waitFor('a'), waitFor('a')]).toEqual([0, 10_000]);
  });

  test('counts each address for itself', () => {
    const { waitFor } = limitAt(1);
    expect([waitFor('a'), waitFor('b'), waitFor('a')]).toEqual([0, 0, 60_000]);
  });

  test('forgets those it has not heard of for longest', () => {
    const { waitFor } = limitAt(2, 2);
    expect(['a', 'b', 'a', 'c'].map(waitFor)).toEqual([0, 0, 0, 0]);
    expect(['a', 'c', 'c'].map(waitFor)).toEqual([30_000, 0, 30_000]);
    expect(['b', 'b'].map(waitFor)).toEqual([0, 0]);
  });

  test('lets no more through in any time than a minute of them and what that time brings', () => {
    const steps = fc.array(fc.nat({ max: 5_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), steps, (perMinute, pauses) => {
        const { clock, waitFor } = limitAt(perMinute);
        let taken = 0;
        for (const pause of pauses) {
          clock.now += pause;
          if (waitFor('a') === 0) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(perMinute + (clock.now / 60_000) * perMinute + 0.001);
      }),
    );
  });

  test('is over after the wait it names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat({ max: 1_000 }), (perMinute, more) => {
        const { clock, waitFor } = limitAt(perMinute);
        for (let sent = 0; sent < perMinute + more; sent += 1) waitFor('a');
        const wait = waitFor('a');
        expect(wait).toBeGreaterThan(0);
        clock.now += wait;
        expect(waitFor('a')).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
