import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBucket } from '../../src/judge/token-bucket.ts';

function clock() {
  let time = 0;
  return {
    now: () => time,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

describe('createBucket', () => {
  it('lets go what is there, and then as it flows back', () => {
    const { now, pass } = clock();
    const bucket = createBucket({ level: 2, capacity: 10, perMs: 0.01 }, now);
    expect(bucket.waitFor(2)).toBe(0);
    bucket.take(2);
    expect(bucket.waitFor(1)).toBe(100);
    pass(60);
    expect(bucket.waitFor(1)).toBeCloseTo(40);
    bucket.speedUp(2);
    expect(bucket.perMs()).toBe(0.02);
    expect(bucket.waitFor(1)).toBeCloseTo(20);
  });

  it('lets go what is larger than itself when it is full', () => {
    const { now, pass } = clock();
    const bucket = createBucket({ level: 0, capacity: 10, perMs: 1 }, now);
    expect(bucket.waitFor(1000)).toBe(10);
    pass(10);
    expect(bucket.waitFor(1000)).toBe(0);
  });

  it('lets go no more than level and flow together, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 5 })), {
          maxLength: 50,
        }),
        (steps) => {
          const { now, pass } = clock();
          const bucket = createBucket({ level: 10, capacity: 10, perMs: 0.05 }, now);
          let taken = 0;
          for (const [ms, amount] of steps) {
            pass(ms);
            if (bucket.waitFor(amount) > 0) continue;
            bucket.take(amount);
            taken += amount;
            expect(taken).toBeLessThanOrEqual(10 + 0.05 * now() + 1e-6);
          }
        },
      ),
    );
  });
});
