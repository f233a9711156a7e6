import { expect, test } from 'vitest';
import { pricedUsage } from '../../src/judge/pricing.ts';
import { plainPrices, unknownPrices } from '../helpers/scripted-model.ts';

const usage = { inputTokens: 100, cachedInputTokens: 40, outputTokens: 10 };

test('a reply from a batch costs half of the list price', () => {
  expect(pricedUsage(plainPrices, 'm', usage, 0, 'batch').costUsd).toBe((60 + 4 + 100) / 2);
  expect(pricedUsage(plainPrices, 'm', usage, 1).costUsd).toBe(60 + 4 + 100);
});

test('what has no known price has none in a batch either', () => {
  expect(pricedUsage(unknownPrices, 'm', usage, 0, 'batch').costUsd).toBeNull();
});
