import { ModelError, type ModelFailure } from '../core/errors.ts';
import type { Usage } from '../core/grade.ts';
import type { ChatModel, DeliveredReply } from './chat-model.ts';
import { type PriceList, pricedUsage } from './pricing.ts';

/** A request that was sent to a model, and what came of it. */
export interface AskedOfModel {
  /** The model as it was asked for. */
  model: string;
  /** A reply, or one that did not end well, or why there was none; `fault` where that is not known. */
  outcome: 'replied' | 'truncated' | 'filtered' | 'refused' | ModelFailure | 'fault';
  seconds: number;
  /** null where there was no reply. */
  usage: Usage | null;
}

const outcomes = { stop: 'replied', length: 'truncated', filtered: 'filtered', refused: 'refused' } as const;

/**
 * Tells of every request, repeated ones each for itself; so this stands right before the endpoint.
 * @param now milliseconds on a clock that never goes back
 */
export function withWatch(
  inner: ChatModel,
  prices: PriceList,
  now: () => number,
  onAsked: (asked: AskedOfModel) => void,
): ChatModel {
  return {
    async reply(request, signal) {
      const { model } = request;
      const begun = now();
      const seconds = () => (now() - begun) / 1000;
      let reply: DeliveredReply;
      try {
        reply = await inner.reply(request, signal);
      } catch (error) {
        const outcome = error instanceof ModelError ? error.failure : 'fault';
        onAsked({ model, outcome, seconds: seconds(), usage: null });
        throw error;
      }
      const usage = pricedUsage(prices, model, reply.usage, 1);
      onAsked({ model, outcome: outcomes[reply.finish.reason], seconds: seconds(), usage });
      return reply;
    },
  };
}
