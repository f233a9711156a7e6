import { calcPrice, type PriceOptions } from '@pydantic/genai-prices';
import { remembered } from '../core/remembered.ts';
import type { PriceList } from '../judge/pricing.ts';

/**
 * Adapter: list prices from the genai-prices package, which carries them along. The provider is found by the
 * endpoint's address; behind an unknown address, such as a proxy, only OpenAI's own models have a price.
 */
export function createPriceList(baseUrl: string): PriceList {
  /** Where each model's price stands; null for models without one. */
  const places = new Map<string, PriceOptions | null>();

  /** Looks through all providers, which takes longer than the rest of grading an answer: done once a model. */
  function placeOf(model: string): PriceOptions | null {
    const known = places.get(model);
    if (known !== undefined) return known;
    const found =
      calcPrice({}, model, { providerApiUrl: baseUrl }) ?? calcPrice({}, model, { providerId: 'openai' });
    const place = found && { provider: { ...found.provider, models: [found.model] } };
    places.set(model, place);
    return place;
  }

  // A reply is reckoned for the run and for its answer, and many take the same.
  const costOf = remembered((question) => {
    const [model, units] = JSON.parse(question) as [string, Parameters<typeof calcPrice>[0]];
    const place = placeOf(model);
    return { usd: place && (calcPrice(units, model, place)?.total_price ?? null) };
  });

  return {
    costOf(model, usage) {
      const units = {
        input_tokens: usage.inputTokens,
        cache_read_tokens: usage.cachedInputTokens,
        output_tokens: usage.outputTokens,
      };
      return costOf(JSON.stringify([model, units])).usd;
    },
  };
}
