import { describe, expect, it } from 'vitest';
import { createPriceList } from '../../src/models/price-list.ts';

const million = { inputTokens: 1_000_000, cachedInputTokens: 0, outputTokens: 0 };
const openai = createPriceList('https://api.openai.com/v1');

describe('createPriceList', () => {
  it('knows list prices: $2.50 and $10 per million for gpt-4o', () => {
    expect(openai.costOf('gpt-4o', million)).toBeCloseTo(2.5, 6);
    expect(openai.costOf('gpt-4o', { ...million, inputTokens: 0, outputTokens: 1_000_000 })).toBeCloseTo(
      10,
      6,
    );
  });

  it('takes cached tokens for the part of the input that costs less', () => {
    expect(openai.costOf('gpt-4o', { ...million, cachedInputTokens: 1_000_000 })).toBeCloseTo(1.25, 6);
    expect(openai.costOf('gpt-4o', { ...million, cachedInputTokens: 400_000 })).toBeCloseTo(2, 6);
  });

  it('knows the default model', async () => {
    const { defaultModel } = await import('../../src/app/config.ts');
    expect(openai.costOf(defaultModel, million)).toBeGreaterThan(0);
  });

  it.each(['gpt-4o', 'gpt-4o-2024-08-06', 'gpt-4.1-mini-2025-04-14', 'o3-mini'])(
    'knows %s the second time as well',
    (model) => {
      const [first, second] = [openai.costOf(model, million), openai.costOf(model, million)];
      expect(first).toBeGreaterThan(0);
      expect(second).toBe(first);
    },
  );

  it('charges nothing for nothing', () => {
    expect(openai.costOf('gpt-4o', { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 })).toBe(0);
  });

  it('has no price for a model it does not know', () => {
    expect(openai.costOf('our-own-model', million)).toBeNull();
    expect(createPriceList('http://localhost:11434/v1').costOf('qwen3:8b', million)).toBeNull();
  });

  it('finds the provider by its address', () => {
    const model = 'claude-sonnet-4-5';
    expect(createPriceList('https://api.anthropic.com/v1').costOf(model, million)).toBeGreaterThan(0);
    expect(createPriceList('http://proxy.test/v1').costOf(model, million)).toBeNull();
  });

  it("prices OpenAI's own models behind a proxy as at home", () => {
    const proxy = createPriceList('http://proxy.test/v1');
    expect(proxy.costOf('gpt-4o', million)).toBe(openai.costOf('gpt-4o', million));
  });
});
