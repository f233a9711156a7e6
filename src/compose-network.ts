import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Endpoint } from './app/config.ts';
import { ModelError } from './core/errors.ts';
import type { ChatModel, ReplyStore } from './judge/chat-model.ts';
import { type RequestLimit, withRequestLimit } from './judge/request-limit.ts';
import { withRetries } from './judge/retry.ts';
import type { RunControl } from './judge/run-control.ts';
import { type SharedPace, withSharedPace } from './judge/shared-pace.ts';
import { createThrottle, type Throttle } from './judge/throttle.ts';
import { type AskedOfModel, withWatch } from './judge/watched-model.ts';
import { withLastingClaims } from './models/lasting-claims.ts';
import { createReplyClaims, type ReplyClaims } from './models/reply-claims.ts';
import { withKeptReplies } from './models/stored-replies.ts';
import { newRunName } from './store/run-life.ts';

/** What stands between requests and the models that they go to. */
export interface NetworkSettings {
  /** Requests in flight at most. */
  concurrency: number;
  /** Where replies are kept. */
  replies: ReplyStore;
  control: RunControl;
  /** What it asks only while it has claimed it; everything when left out. */
  claims?: ReplyClaims | undefined;
  /** What it shares with others; nothing when left out. */
  limits?: SharedLimits | undefined;
  /** A limit on requests a minute that it shares with others; none when left out. */
  pace?: SharedPace | null | undefined;
  onWait?: (ms: number, failure: ModelError) => void;
  /** Told how many requests wait for other runs on the same database. */
  onOtherRuns?: (requests: number) => void;
  /** Told of every request that is sent. */
  onAsked?: ((asked: AskedOfModel) => void) | undefined;
}

/** What everything that is asked of the same endpoints keeps to together. */
export interface SharedLimits {
  throttleFor(endpoint: Endpoint): Throttle;
}

/** What the endpoints of a run share. */
export interface Shared {
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

/** The longest that a timer can take; one asked for more would end at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Resolves after so many milliseconds, after 24 days at the latest, or when the signal is aborted. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return delay(Math.min(ms, longestTimerMs), undefined, { signal }).catch(() => undefined);
}

/** @param concurrency requests in flight at most, whoever sends them */
export function openSharedLimits(concurrency: number): SharedLimits {
  // Each endpoint has limits of its own; together they send no more than was asked for.
  const shared = pLimit(concurrency);
  const throttles = new Map<string, Throttle>();
  return {
    throttleFor({ baseUrl, model }) {
      const name = JSON.stringify([baseUrl, model]);
      const known = throttles.get(name);
      if (known) return known;
      const made = createThrottle({ most: concurrency, shared, now: Date.now, wait });
      throttles.set(name, made);
      return made;
    },
  };
}

function ownThrottle(
  endpoint: Endpoint,
  { concurrency, control, onWait }: NetworkSettings,
  limit: LimitFunction | undefined,
): Throttle {
  return createThrottle({
    most: concurrency,
    ...(limit ? { shared: limit } : {}),
    now: Date.now,
    wait: (ms) => wait(ms, control.stopped),
    ...(onWait ? { onPause: (ms: number) => onWait(ms, providersLimit(endpoint)) } : {}),
  });
}

/** Every request as it is sent, told to whoever counts them. */
async function watched(model: ChatModel, { baseUrl }: Endpoint, onAsked: NetworkSettings['onAsked']) {
  if (onAsked === undefined) return model;
  const { createPriceList } = await import('./models/price-list.ts');
  return withWatch(model, createPriceList(baseUrl), () => performance.now(), onAsked);
}

/**
 * The model at an endpoint: a limit on requests in flight, passing failures tried again, every reply kept. Who waits
 * for a turn of the shared pace holds no place among those in flight.
 */
export async function openNetwork(
  endpoint: Endpoint,
  settings: NetworkSettings,
  { limit, requestLimit }: Shared = {},
): Promise<ChatModel> {
  const { createOpenAiModel } = await import('./models/openai.ts');
  const { control, limits, onWait, pace } = settings;
  const open = createOpenAiModel(endpoint);
  const claimed = settings.claims ? withLastingClaims(open, settings.claims) : open;
  const asked = await watched(claimed, endpoint, settings.onAsked);
  const model = withKeptReplies(asked, settings.replies);
  const throttle = limits?.throttleFor(endpoint) ?? ownThrottle(endpoint, settings, limit);
  return withRetries(requestLimit ? withRequestLimit(model, requestLimit) : model, {
    throttle: pace ? withSharedPace(throttle, pace, wait) : throttle,
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
  settings: Pick<NetworkSettings, 'replies' | 'control' | 'onOtherRuns'>,
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
