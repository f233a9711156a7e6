import fc from 'fast-check';
import { mean } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { agreementOf, figures } from '../../src/core/agreement.ts';
import { agreementIntervals, bootstrapInterval, bootstrapIntervals } from '../../src/core/bootstrap.ts';

const hundred = Array.from({ length: 100 }, (_, index) => index);
const meanOf = (sample: readonly number[]) => mean([...sample]);

describe('bootstrapInterval', () => {
  test('of the mean of 0 to 99 is about 1.96 standard errors (28.9 / 10) to either side', () => {
    const interval = bootstrapInterval(hundred, meanOf, { rounds: 4000 });
    expect(interval?.low).toBeGreaterThan(49.5 - 5.66 - 0.5);
    expect(interval?.low).toBeLessThan(49.5 - 5.66 + 0.5);
    expect(interval?.high).toBeGreaterThan(49.5 + 5.66 - 0.5);
    expect(interval?.high).toBeLessThan(49.5 + 5.66 + 0.5);
  });

  test('draws every item about equally often, and as many as there are', () => {
    const counts = hundred.map(() => 0);
    bootstrapInterval(hundred, (sample) => {
      for (const item of sample) counts[item]! += 1;
      return sample.length;
    });
    expect(counts.reduce((sum, count) => sum + count)).toBe(100 * 1000);
    // 1,000 expected, standard deviation about 31.
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1150);
  });

  test('is the same for the same seed and another for another, 0 included', () => {
    const of = (seed?: number) => bootstrapInterval(hundred, meanOf, seed === undefined ? {} : { seed });
    expect(of(7)).toEqual(of(7));
    expect(of()).toEqual(of());
    expect(of(8)).not.toEqual(of(7));
    expect(of(0)).not.toBeNull();
  });

  test('is null for fewer than 5 items', () => {
    expect(bootstrapInterval([1, 2, 3, 4], meanOf)).toBeNull();
    expect(bootstrapInterval([1, 2, 3, 4, 5], meanOf)).not.toBeNull();
  });

  test('is null where the figure is undefined in more than half the rounds', () => {
    const undefinedIn = (every: number) => {
      let round = 0;
      return () => {
        round += 1;
        return round % every === 0 ? 1 : null;
      };
    };
    expect(bootstrapInterval(hundred, undefinedIn(3))).toBeNull();
    expect(bootstrapInterval(hundred, undefinedIn(2))).toEqual({ low: 1, high: 1 });
    expect(bootstrapInterval(hundred, () => null)).toBeNull();
  });

  test('lies within what the items allow', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 5, maxLength: 20 }), fc.integer(), (items, seed) => {
        const interval = bootstrapInterval(items, meanOf, { rounds: 20, seed });
        expect(interval?.low).toBeGreaterThanOrEqual(Math.min(...items));
        expect(interval?.high).toBeLessThanOrEqual(Math.max(...items));
        expect(interval?.low).toBeLessThanOrEqual(interval!.high);
      }),
    );
  });
});

test('several figures come from the same resamples as one', () => {
  const intervals = bootstrapIntervals(hundred, ['mean', 'none'], (sample) => ({
    mean: meanOf(sample),
    none: null,
  }));
  expect(intervals).toEqual({ mean: bootstrapInterval(hundred, meanOf), none: null });
});

test('the intervals of an agreement hold its figures', () => {
  const pairs = hundred.map((index) => ({ human: (index % 5) / 4, machine: (index % 7) / 6 }));
  const agreement = agreementOf(pairs, 4);
  const intervals = agreementIntervals(pairs, 4);
  expect(Object.keys(intervals)).toEqual([...figures]);
  for (const name of figures) {
    expect(intervals[name]!.low).toBeLessThan(agreement[name]!);
    expect(intervals[name]!.high).toBeGreaterThan(agreement[name]!);
  }
});
