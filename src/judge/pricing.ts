import type { Usage } from '../core/grade.ts';
import type { ReplyUsage } from './chat-model.ts';

/** Port: what a model's tokens cost. */
export interface PriceList {
  /** US dollars, or null when the model's price is not known. */
  costOf(model: string, usage: ReplyUsage): number | null;
}

/** Port: how many tokens a text has, as nearly as can be told without asking the model. */
export type TokenCounter = (text: string) => number;

/**
 * What a request in a batch costs of its list price: half, for input, cached input and output alike
 * (https://platform.openai.com/docs/guides/batch, https://platform.openai.com/docs/pricing).
 */
export const batchShare = 0.5;

/**
 * The usage of one reply with its cost.
 * @param tier how it was paid for; at list price when left out
 */
export function pricedUsage(
  prices: PriceList,
  model: string,
  usage: ReplyUsage,
  requests: number,
  tier?: 'batch',
): Usage {
  const cost = prices.costOf(model, usage);
  return { requests, ...usage, costUsd: cost !== null && tier === 'batch' ? batchShare * cost : cost };
}
