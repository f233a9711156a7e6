import { addUsage, noUsage, type Usage } from '../core/grade.ts';
import type { ChatModel } from './chat-model.ts';
import { type PriceList, pricedUsage } from './pricing.ts';

/** Adds up what was asked of the models of a run. */
export interface Meter {
  /** Requests that were replied to, their tokens and cost so far. */
  spent(): Usage;
  add(usage: Usage): void;
}

export function createMeter(): Meter {
  let total = noUsage;
  return {
    spent: () => total,
    add(usage) {
      total = addUsage(total, usage);
    },
  };
}

/** Counts replies that really came from the model. */
export function withMeter(inner: ChatModel, meter: Meter, prices: PriceList): ChatModel {
  return {
    async reply(request, signal) {
      const reply = await inner.reply(request, signal);
      meter.add(pricedUsage(prices, request.model, reply.usage, 1));
      return reply;
    },
  };
}
