import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Endpoint, Endpoints, JudgeConfig } from './app/config.ts';
import type { AskedModel } from './app/estimate.ts';
import type { Chapter } from './core/chapter.ts';
import { ConfigError, ModelError } from './core/errors.ts';
import { noUsage, type Usage } from './core/grade.ts';
import { createBudget, withBudget } from './judge/budget.ts';
import type { ChatModel, ReplyStore } from './judge/chat-model.ts';
import { closedModel } from './judge/closed-model.ts';
import type { Judge } from './judge/judge.ts';
import { createLlmJudge } from './judge/llm-judge.ts';
import { createMeter, withMeter } from './judge/meter.ts';
import { createOfflineJudge } from './judge/offline-judge.ts';
import { createPanelJudge, type PanelMember } from './judge/panel-judge.ts';
import type { PriceList, TokenCounter } from './judge/pricing.ts';
import { createRequestLimit, type RequestLimit, withRequestLimit } from './judge/request-limit.ts';
import { withRetries } from './judge/retry.ts';
import type { RunControl } from './judge/run-control.ts';
import { createThrottle } from './judge/throttle.ts';
import { createReplyClaims, type ReplyClaims } from './models/reply-claims.ts';
import { withKeptReplies, withStoredReplies } from './models/stored-replies.ts';
import { newRunName } from './store/run-life.ts';

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

export interface JudgeSettings {
  concurrency: number;
  /** US dollars; no limit when left out. */
  maxCostUsd?: number | undefined;
  /** Requests that may be sent, repeated ones included; no limit when left out. */
  maxRequests?: number | undefined;
  /** Ask again even where a reply is kept. */
  fresh: boolean;
  /** Send nothing: only replies that are kept are used. */
  storedOnly?: boolean | undefined;
  replies: ReplyStore;
  control: RunControl;
  onWait?: (ms: number, failure: ModelError) => void;
  /** Told how many requests wait for other runs on the same database. */
  onOtherRuns?: (requests: number) => void;
}

/** What judges a run, over all its chapters: one budget, one limit on requests in flight. */
export interface JudgingSession {
  judgeFor(chapter: Chapter): Judge;
  /** What was asked of the models so far. */
  spent: () => Usage;
}

type RequestSettings = Pick<JudgeSettings, 'concurrency' | 'control' | 'replies' | 'onWait'>;

/** What the endpoints of a run share. */
interface Shared {
  /** Requests in flight over all of them. */
  limit?: LimitFunction | undefined;
  requestLimit?: RequestLimit | undefined;
}

/** Why everybody waits, for a person. */
function providersLimit({ baseUrl }: Endpoint): ModelError {
  return new ModelError('rate_limited', {
    ko: `${baseUrl}의 요청 한도를 다 썼습니다.`,
    en: `the rate limit of ${baseUrl} is used up for now.`,
  });
}

/** The model at an endpoint: a limit on requests in flight, passing failures tried again, every reply kept. */
async function openNetwork(
  endpoint: Endpoint,
  settings: RequestSettings,
  { limit, requestLimit }: Shared = {},
): Promise<ChatModel> {
  const { createOpenAiModel } = await import('./models/openai.ts');
  const { concurrency, control, onWait } = settings;
  const wait = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }).catch(() => undefined);
  const model = withKeptReplies(createOpenAiModel(endpoint), settings.replies);
  return withRetries(requestLimit ? withRequestLimit(model, requestLimit) : model, {
    throttle: createThrottle({
      most: concurrency,
      ...(limit ? { shared: limit } : {}),
      now: Date.now,
      wait: (ms) => wait(ms, control.stopped),
      isStopped: () => control.stopped.aborted,
      ...(onWait ? { onPause: (ms: number) => onWait(ms, providersLimit(endpoint)) } : {}),
    }),
    control,
    wait,
    giveWay: nextTurn,
    ...(onWait ? { onWait } : {}),
  });
}

/** How often a run shows that it is alive, and looks whether others still are. */
const beatMs = 500;

/** What keeps other runs on the same database from sending what this one sends. */
export function openClaims(
  settings: Pick<JudgeSettings, 'replies' | 'control' | 'onOtherRuns'>,
): ReplyClaims {
  const { replies, control, onOtherRuns } = settings;
  return createReplyClaims({
    store: replies,
    run: newRunName(),
    stopped: control.stopped,
    onWait: onOtherRuns,
    now: Date.now,
    every: (work) => {
      const timer = setInterval(work, beatMs);
      return () => clearInterval(timer);
    },
  });
}

/** A model for requests that are no judgements; its replies are kept and used again like those of a judge. */
export async function openChat(endpoint: Endpoint, settings: RequestSettings): Promise<ChatModel> {
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
  const budget =
    maxCostUsd === undefined
      ? null
      : { budget: createBudget(maxCostUsd), countTokens: await openTokenCounter() };
  const claims = openClaims(settings);
  const members: PanelMember[] = [];
  for (const endpoint of endpoints) {
    const { model } = endpoint;
    const prices = await openPriceList(endpoint);
    const network = storedOnly ? closedModel : await openNetwork(endpoint, settings, shared);
    const metered = withMeter(network, meter, prices);
    const limited = budget ? withBudget(metered, { ...budget, prices }) : metered;
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
    if (settings.maxCostUsd !== undefined)
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
    ko: `"${endpoint.model}"의 가격을 몰라 --max-cost를 지킬 수 없습니다. --max-cost 없이 실행하거나 가격이 알려진 모델을 쓰세요.`,
    en: `the price of "${endpoint.model}" is not known, so --max-cost cannot be kept; leave it out or use a model with a known price.`,
  });
}
