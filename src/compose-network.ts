import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { LimitFunction } from 'p-limit';
import type { Endpoint } from './app/config.ts';
import { ModelError } from './core/errors.ts';
import type { ChatModel, ReplyStore } from './judge/chat-model.ts';
import { type RequestLimit, withRequestLimit } from './judge/request-limit.ts';
import { withRetries } from './judge/retry.ts';
import type { RunControl } from './judge/run-control.ts';
import { createThrottle } from './judge/throttle.ts';
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
  onWait?: (ms: number, failure: ModelError) => void;
  /** Told how many requests wait for other runs on the same database. */
  onOtherRuns?: (requests: number) => void;
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

/** The model at an endpoint: a limit on requests in flight, passing failures tried again, every reply kept. */
export async function openNetwork(
  endpoint: Endpoint,
  settings: NetworkSettings,
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
