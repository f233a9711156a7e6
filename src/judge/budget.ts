import type { Awaitable } from '../core/awaitable.ts';
import { ModelError } from '../core/errors.ts';
import type { ChatModel, ChatRequest } from './chat-model.ts';
import type { PriceList, TokenCounter } from './pricing.ts';

/** One limit on cost, shared by all models of a run. */
export interface Budget {
  /** Sets an amount aside, waiting for others to be settled when there is no room. @throws ModelError `over_budget` */
  reserve(amount: number): Promise<void>;
  /** Gives back what was set aside and counts what was really spent. */
  settle(reserved: number, spent: number): Awaitable<void>;
}

/** What a request rejects with that could cost more than is left of a limit, in US dollars. */
export function overBudget(maxCostUsd: number): ModelError {
  return new ModelError('over_budget', {
    ko: `다음 요청이 비용 한도 ${maxCostUsd}달러를 넘을 수 있어 멈췄습니다. 채점된 것은 저장되어 있습니다. 한도를 올려 다시 실행하면 이어집니다.`,
    en: `the next request could exceed the cost limit of ${maxCostUsd} USD, so the run stopped. What was graded is kept; run again with a higher limit to go on.`,
  });
}

/**
 * A budget of this process.
 * @param maxCostUsd US dollars that may be spent in all
 */
export function createBudget(maxCostUsd: number): Budget {
  let spent = 0;
  let reserved = 0;
  const waiting: (() => void)[] = [];
  return {
    async reserve(amount) {
      while (spent + reserved + amount > maxCostUsd) {
        if (reserved === 0) throw overBudget(maxCostUsd);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      reserved += amount;
    },
    settle(amount, cost) {
      spent += cost;
      reserved -= amount;
      if (reserved < 1e-12) reserved = 0;
      for (const resume of waiting.splice(0)) resume();
    },
  };
}

export interface BudgetOptions {
  budget: Budget;
  prices: PriceList;
  countTokens: TokenCounter;
}

/** What a request can cost at most, US dollars at list price: 0 when the model's price is not known. */
export function mostItCanCost(
  request: ChatRequest,
  { prices, countTokens }: Omit<BudgetOptions, 'budget'>,
): number {
  const text = request.messages.map((message) => message.content).join('\n') + JSON.stringify(request.schema);
  const usage = {
    inputTokens: countTokens(text),
    cachedInputTokens: 0,
    outputTokens: request.maxOutputTokens,
  };
  return prices.costOf(request.model, usage) ?? 0;
}

/**
 * A model that spends no more than a limit: before a request is sent, the most it can cost is set aside. When
 * that does not fit, it waits for requests in flight to cost less than feared; when none is left, it stops.
 */
export function withBudget(inner: ChatModel, { budget, prices, countTokens }: BudgetOptions): ChatModel {
  return {
    async reply(request, signal) {
      const amount = mostItCanCost(request, { prices, countTokens });
      await budget.reserve(amount);
      let cost = 0;
      try {
        const reply = await inner.reply(request, signal);
        // An endpoint that does not say what it used may have used all of it.
        const isSaid = reply.usage.inputTokens + reply.usage.outputTokens > 0;
        cost = isSaid ? (prices.costOf(request.model, reply.usage) ?? 0) : amount;
        return reply;
      } finally {
        await budget.settle(amount, cost);
      }
    },
  };
}
