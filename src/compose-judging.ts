import pLimit from 'p-limit';
import type { Endpoint, Endpoints, JudgeConfig } from './app/config.ts';
import type { AskedModel } from './app/estimate.ts';
import { type NetworkSettings, openClaims, openNetwork, type Shared } from './compose-network.ts';
import type { Chapter } from './core/chapter.ts';
import { ConfigError } from './core/errors.ts';
import { noUsage, type Usage } from './core/grade.ts';
import { type Budget, createBudget, withBudget } from './judge/budget.ts';
import type { ChatModel } from './judge/chat-model.ts';
import { closedModel } from './judge/closed-model.ts';
import type { Judge } from './judge/judge.ts';
import { createLlmJudge } from './judge/llm-judge.ts';
import { createMeter, withMeter } from './judge/meter.ts';
import { createOfflineJudge } from './judge/offline-judge.ts';
import { createPanelJudge, type PanelMember } from './judge/panel-judge.ts';
import type { PriceList, TokenCounter } from './judge/pricing.ts';
import { createRequestLimit } from './judge/request-limit.ts';
import { withStoredReplies } from './models/stored-replies.ts';

/** Prices for an endpoint's models. */
export async function openPriceList(endpoint: Endpoint): Promise<PriceList> {
  const { createPriceList } = await import('./models/price-list.ts');
  return createPriceList(endpoint.baseUrl);
}

/** Counts tokens as current OpenAI models do; for other models an estimate. */
export async function openTokenCounter(): Promise<TokenCounter> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  // A text may spell out a special token; here it is text like any other.
  return (text) => countTokens(text, { disallowedSpecial: new Set() });
}

export interface JudgeSettings extends NetworkSettings {
  /** US dollars; no limit when left out. */
  maxCostUsd?: number | undefined;
  /** A limit on cost that it shares with others, in place of one of its own. */
  budget?: Budget | null | undefined;
  /** Requests that may be sent, repeated ones included; no limit when left out. */
  maxRequests?: number | undefined;
  /** Ask again even where a reply is kept. */
  fresh: boolean;
  /** Send nothing: only replies that are kept are used. */
  storedOnly?: boolean | undefined;
}

/** What judges a run, over all its chapters: one budget, one limit on requests in flight. */
export interface JudgingSession {
  judgeFor(chapter: Chapter): Judge;
  /** What was asked of the models so far. */
  spent: () => Usage;
}

/** A model for requests that are no judgements; its replies are kept and used again like those of a judge. */
export async function openChat(endpoint: Endpoint, settings: NetworkSettings): Promise<ChatModel> {
  const claims = openClaims(settings);
  return withStoredReplies(await openNetwork(endpoint, settings), settings.replies, false, claims);
}

/** The address as part of a request's identity: only where the user tells several apart. */
export function identityOf({ baseUrl, isNamed }: Endpoint): string | undefined {
  return isNamed ? baseUrl : undefined;
}

async function openModelSession(
  endpoints: Endpoints,
  samples: number,
  settings: JudgeSettings,
): Promise<JudgingSession> {
  const { maxCostUsd, maxRequests, replies, fresh, storedOnly = false } = settings;
  // Each endpoint has limits of its own; together they send no more than was asked for.
  const shared: Shared = {
    limit: endpoints.length > 1 ? pLimit(settings.concurrency) : undefined,
    requestLimit: maxRequests === undefined ? undefined : createRequestLimit(maxRequests),
  };
  const meter = createMeter();
  const ownBudget = maxCostUsd === undefined ? null : createBudget(maxCostUsd);
  const budget = settings.budget ?? ownBudget;
  const countTokens = budget ? await openTokenCounter() : null;
  const claims = openClaims(settings);
  const members: PanelMember[] = [];
  for (const endpoint of endpoints) {
    const { model } = endpoint;
    const prices = await openPriceList(endpoint);
    const network = storedOnly ? closedModel : await openNetwork(endpoint, { ...settings, claims }, shared);
    const metered = withMeter(network, meter, prices);
    const limited = budget && countTokens ? withBudget(metered, { budget, countTokens, prices }) : metered;
    const chat = withStoredReplies(limited, replies, fresh, claims);
    for (let sample = 0; sample < samples; sample += 1) {
      const own = { sample, varied: samples > 1, endpoint: identityOf(endpoint) };
      const judge = createLlmJudge({ model, chat, prices, ...own });
      members.push({ judge, model, sample });
    }
  }
  const [only] = members;
  const judge = members.length === 1 && only ? only.judge : createPanelJudge(members, samples);
  return { judgeFor: () => judge, spent: meter.spent };
}

/** The models of a run with their prices. */
export async function askedModels(endpoints: Endpoints): Promise<AskedModel[]> {
  return Promise.all(
    endpoints.map(async (endpoint) => ({
      model: endpoint.model,
      prices: await openPriceList(endpoint),
      endpoint: identityOf(endpoint),
    })),
  );
}

/**
 * Opens what the configuration names.
 * @throws ConfigError when a limit on cost cannot be kept because a model's price is not known
 */
export async function openJudging(config: JudgeConfig, settings: JudgeSettings): Promise<JudgingSession> {
  if (config.kind === 'llm') {
    if (settings.maxCostUsd !== undefined || settings.budget)
      for (const endpoint of config.endpoints) await checkPriceKnown(endpoint);
    return openModelSession(config.endpoints, config.samples, settings);
  }
  return {
    judgeFor: (chapter) =>
      createOfflineJudge(chapter.questions.flatMap((question) => question.modelAnswer ?? [])),
    spent: () => noUsage,
  };
}

/** @throws ConfigError when a limit on cost cannot be kept because the model's price is not known */
export async function checkPriceKnown(endpoint: Endpoint): Promise<void> {
  const prices = await openPriceList(endpoint);
  const cost = prices.costOf(endpoint.model, { inputTokens: 1000, cachedInputTokens: 0, outputTokens: 1000 });
  if (cost !== null) return;
  throw new ConfigError({
    ko: `"${endpoint.model}"의 가격을 몰라 비용 한도를 지킬 수 없습니다. 한도 없이 실행하거나 가격이 알려진 모델을 쓰세요.`,
    en: `the price of "${endpoint.model}" is not known, so the cost limit cannot be kept; run without a limit or use a model with a known price.`,
  });
}
