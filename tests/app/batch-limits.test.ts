import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withinLimits } from '../../src/app/batch-limits.ts';

const costs = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 400 });

test('what is within keeps both limits, comes first, and one more would exceed one of them', async () => {
  await fc.assert(
    fc.asyncProperty(costs, fc.nat(300), fc.nat(5000), async (all, maxRequests, maxCostUsd) => {
      const { within, leftOut, mostCostUsd } = await withinLimits(all, (cost) => cost, {
        maxRequests,
        maxCostUsd,
      });
      expect(within).toEqual(all.slice(0, within.length));
      expect(leftOut).toBe(all.length - within.length);
      expect(mostCostUsd).toBe(within.reduce((sum, cost) => sum + cost, 0));
      expect(within.length).toBeLessThanOrEqual(maxRequests);
      expect(mostCostUsd).toBeLessThanOrEqual(maxCostUsd);
      const next = all[within.length];
      if (next !== undefined)
        expect(within.length === maxRequests || (mostCostUsd ?? 0) + next > maxCostUsd).toBe(true);
    }),
  );
});

test('without limits everything is within, and nothing is reckoned', async () => {
  expect(await withinLimits([1, 2], null, {})).toEqual({ within: [1, 2], leftOut: 0, mostCostUsd: null });
});
