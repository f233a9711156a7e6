import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import type { Endpoint, JudgeConfig } from './app/config.ts';
import type { RubricPlaces } from './app/load-rubric.ts';
import type { Chapter } from './core/chapter.ts';
import { ConfigError, type ModelError } from './core/errors.ts';
import { noUsage, type Usage } from './core/grade.ts';
import { type Files, nodeFiles } from './files.ts';
import { withBudget } from './judge/budget.ts';
import type { ReplyStore } from './judge/chat-model.ts';
import type { Judge } from './judge/judge.ts';
import { createLlmJudge } from './judge/llm-judge.ts';
import { withMeter } from './judge/meter.ts';
import { createOfflineJudge } from './judge/offline-judge.ts';
import type { PriceList, TokenCounter } from './judge/pricing.ts';
import { withRetries } from './judge/retry.ts';
import type { RunControl } from './judge/run-control.ts';
import { withStoredReplies } from './models/stored-replies.ts';
import { createMemoryStore } from './store/memory-store.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import type { GradeStore } from './store/store.ts';

/** The real file system. */
export const files: Files = nodeFiles;

/** Rubrics are looked for in the working folder first; the default one comes with the program. */
export function rubricPlaces(): RubricPlaces {
  return { folder: process.cwd(), builtIn: fileURLToPath(new URL('../rubrics', import.meta.url)) };
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
  /** Ask again even where a reply is kept. */
  fresh: boolean;
  replies: ReplyStore;
  control: RunControl;
  onWait?: (ms: number, failure: ModelError) => void;
}

/** What judges a run, over all its chapters: one budget, one limit on requests in flight. */
export interface JudgingSession {
  judgeFor(chapter: Chapter): Judge;
  /** The model asked for; null for the baseline. */
  model: string | null;
  /** What was asked of the model so far. */
  spent: () => Usage;
}

async function openModelSession(endpoint: Endpoint, settings: JudgeSettings): Promise<JudgingSession> {
  const { createOpenAiModel } = await import('./models/openai.ts');
  const prices = await openPriceList(endpoint);
  const { control, onWait, maxCostUsd } = settings;
  const network = withRetries(createOpenAiModel(endpoint), {
    limit: pLimit(settings.concurrency),
    control,
    wait: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
    ...(onWait ? { onWait } : {}),
  });
  const metered = withMeter(network, prices);
  const limited =
    maxCostUsd === undefined
      ? metered
      : withBudget(metered, { maxCostUsd, prices, countTokens: await openTokenCounter() });
  const chat = withStoredReplies(limited, settings.replies, settings.fresh);
  const judge = createLlmJudge({ model: endpoint.model, chat, prices });
  return { judgeFor: () => judge, model: endpoint.model, spent: metered.spent };
}

/**
 * Opens what the configuration names.
 * @throws ConfigError when a limit on cost cannot be kept because the model's price is not known
 */
export async function openJudging(config: JudgeConfig, settings: JudgeSettings): Promise<JudgingSession> {
  if (config.kind === 'llm') {
    if (settings.maxCostUsd !== undefined) await checkPriceKnown(config.endpoint);
    return openModelSession(config.endpoint, settings);
  }
  return {
    judgeFor: (chapter) =>
      createOfflineJudge(chapter.questions.flatMap((question) => question.modelAnswer ?? [])),
    model: null,
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
