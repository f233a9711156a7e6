import type { Usage } from '../core/grade.ts';
import type { ReplyUsage } from './chat-model.ts';

/** Port: what a model's tokens cost. */
export interface PriceList {
  /** US dollars, or null when the model's price is not known. */
  costOf(model: string, usage: ReplyUsage): number | null;
}

/** Port: how many tokens a text has, as nearly as can be told without asking the model. */
export type TokenCounter = (text: string) => number;

/** The usage of one reply with its cost. */
export function pricedUsage(prices: PriceList, model: string, usage: ReplyUsage, requests: number): Usage {
  return { requests, ...usage, costUsd: prices.costOf(model, usage) };
}
