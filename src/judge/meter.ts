import { addUsage, noUsage, type Usage } from '../core/grade.ts';
import type { ChatModel } from './chat-model.ts';
import { type PriceList, pricedUsage } from './pricing.ts';

/** A model that adds up what was asked of it. */
export interface MeteredModel extends ChatModel {
  /** Requests that were replied to, their tokens and cost so far. */
  spent(): Usage;
}

/** Counts replies that really came from the model. */
export function withMeter(inner: ChatModel, prices: PriceList): MeteredModel {
  let total = noUsage;
  return {
    async reply(request, signal) {
      const reply = await inner.reply(request, signal);
      total = addUsage(total, pricedUsage(prices, request.model, reply.usage, 1));
      return reply;
    },
    spent: () => total,
  };
}
