import { calcPrice } from '@pydantic/genai-prices';
import type { PriceList } from '../judge/pricing.ts';

/**
 * Adapter: list prices from the genai-prices package, which carries them along. The provider is found by the
 * endpoint's address; behind an unknown address, such as a proxy, only OpenAI's own models have a price.
 */
export function createPriceList(baseUrl: string): PriceList {
  return {
    costOf(model, usage) {
      const units = {
        input_tokens: usage.inputTokens,
        cache_read_tokens: usage.cachedInputTokens,
        output_tokens: usage.outputTokens,
      };
      const price =
        calcPrice(units, model, { providerApiUrl: baseUrl }) ??
        calcPrice(units, model, { providerId: 'openai' });
      return price?.total_price ?? null;
    },
  };
}
