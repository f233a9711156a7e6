import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import type { Endpoint, Endpoints, JudgeConfig } from './app/config.ts';
import type { AskedModel } from './app/estimate.ts';
import type { RubricPlaces } from './app/load-rubric.ts';
import type { Chapter } from './core/chapter.ts';
import { ConfigError, type ModelError } from './core/errors.ts';
import { noUsage, type Usage } from './core/grade.ts';
import { type Files, nodeFiles } from './files.ts';
import { createBudget, withBudget } from './judge/budget.ts';
import type { ChatModel, ReplyStore } from './judge/chat-model.ts';
import type { Judge } from './judge/judge.ts';
import { createLlmJudge } from './judge/llm-judge.ts';
import { createMeter, withMeter } from './judge/meter.ts';
import { createOfflineJudge } from './judge/offline-judge.ts';
import { createPanelJudge, type PanelMember } from './judge/panel-judge.ts';
import type { PriceList, TokenCounter } from './judge/pricing.ts';
import { withRetries } from './judge/retry.ts';
import type { RunControl } from './judge/run-control.ts';
import { withStoredReplies } from './models/stored-replies.ts';
import { createMemoryStore } from './store/memory-store.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import type { GradeStore } from './store/store.ts';

/** The real file system. */
export const files: Files = nodeFiles;

/** Where the configuration file and the group's rubrics are looked for. */
export function workingFolder(): string {
  return process.cwd();
}

/** Rubrics are looked for in the working folder first; the default one comes with the program. */
export function rubricPlaces(): RubricPlaces {
  return { folder: workingFolder(), builtIn: fileURLToPath(new URL('../rubrics', import.meta.url)) };
}

/** The rubric that comes with the program. */
export function defaultRubricFile(): string {
  return join(rubricPlaces().builtIn, 'default.yaml');
}

/**
 * Opens the database, making its folder when it is missing.
 * @throws StoreError
 */
export async function openStore(file: string): Promise<GradeStore> {
  await files.makeFolder(dirname(file));
  return openSqliteStore(file);
}

/** A store that ends with the process. */
export function openMemoryStore(): GradeStore {
  return createMemoryStore();
}

/** Prices for an endpoint's models. */
async function openPriceList(endpoint: Endpoint): Promise<PriceList> {
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
  /** Ask again even where a reply is kept. */
  fresh: boolean;
  replies: ReplyStore;
  control: RunControl;
  onWait?: (ms: number, failure: ModelError) => void;
}

/** What judges a run, over all its chapters: one budget, one limit on requests in flight. */
export interface JudgingSession {
  judgeFor(chapter: Chapter): Judge;
  /** What was asked of the models so far. */
  spent: () => Usage;
}

type RequestSettings = Pick<JudgeSettings, 'concurrency' | 'control' | 'onWait'>;

/** The model at an endpoint: a limit on requests in flight, passing failures tried again. */
async function openNetwork(
  endpoint: Endpoint,
  settings: RequestSettings,
  limit = pLimit(settings.concurrency),
): Promise<ChatModel> {
  const { createOpenAiModel } = await import('./models/openai.ts');
  const { control, onWait } = settings;
  return withRetries(createOpenAiModel(endpoint), {
    limit,
    control,
    wait: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
    ...(onWait ? { onWait } : {}),
  });
}

/** A model for requests that are no judgements; its replies are kept and used again like those of a judge. */
export async function openChat(
  endpoint: Endpoint,
  settings: RequestSettings & Pick<JudgeSettings, 'replies'>,
): Promise<ChatModel> {
  return withStoredReplies(await openNetwork(endpoint, settings), settings.replies, false);
}

/** The address as part of a request's identity: only where the user tells several apart. */
function identityOf({ baseUrl, isNamed }: Endpoint): string | undefined {
  return isNamed ? baseUrl : undefined;
}

async function openModelSession(
  endpoints: Endpoints,
  samples: number,
  settings: JudgeSettings,
): Promise<JudgingSession> {
  const limit = pLimit(settings.concurrency);
  const meter = createMeter();
  const { maxCostUsd, replies, fresh } = settings;
  const budget =
    maxCostUsd === undefined
      ? null
      : { budget: createBudget(maxCostUsd), countTokens: await openTokenCounter() };
  const members: PanelMember[] = [];
  for (const endpoint of endpoints) {
    const { model } = endpoint;
    const prices = await openPriceList(endpoint);
    const metered = withMeter(await openNetwork(endpoint, settings, limit), meter, prices);
    const limited = budget ? withBudget(metered, { ...budget, prices }) : metered;
    const chat = withStoredReplies(limited, replies, fresh);
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

async function checkPriceKnown(endpoint: Endpoint): Promise<void> {
  const prices = await openPriceList(endpoint);
  const cost = prices.costOf(endpoint.model, { inputTokens: 1000, cachedInputTokens: 0, outputTokens: 1000 });
  if (cost !== null) return;
  throw new ConfigError({
    ko: `"${endpoint.model}"의 가격을 몰라 --max-cost를 지킬 수 없습니다. --max-cost 없이 실행하거나 가격이 알려진 모델을 쓰세요.`,
    en: `the price of "${endpoint.model}" is not known, so --max-cost cannot be kept; leave it out or use a model with a known price.`,
  });
}
