import { ModelError } from '../core/errors.ts';
import { inGroups } from '../core/in-groups.ts';
import type { ChatModel, ChatReply, ChatRequest, DeliveredReply, ReplyStore } from '../judge/chat-model.ts';
import { requestKey } from '../judge/request-key.ts';
import type { ReplyClaims } from './reply-claims.ts';

/** Waits until a request has ended. That it failed at the model says nothing about the next one. */
async function ended(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
  }
}

/**
 * A model that keeps every reply before anything else happens to it. Innermost but for the network: a place among
 * the requests in flight is free only when its reply is safe, so that whatever dies has no more to ask again than
 * what was in flight.
 */
export function withKeptReplies(inner: ChatModel, store: Pick<ReplyStore, 'keepReplies'>): ChatModel {
  const keep = inGroups(store.keepReplies);
  return {
    async reply(request, signal) {
      const reply = await inner.reply(request, signal);
      const { stored: _, limits: __, ...own } = reply;
      await keep([requestKey(request), JSON.stringify(own satisfies ChatReply)]);
      return reply;
    },
  };
}

/**
 * A model that gives a kept reply back when the same is asked again. The same is never asked twice at once: who
 * comes second waits, and gets the reply as a kept one.
 * @param inner keeps its replies in the same store ({@link withKeptReplies})
 * @param fresh ask again even where a reply is kept; the new one replaces it
 * @param claims keeps other runs on the same store from asking the same; null where there are none
 */
export function withStoredReplies(
  inner: ChatModel,
  store: Pick<ReplyStore, 'findReply' | 'timesKept'>,
  fresh: boolean,
  claims: ReplyClaims | null = null,
): ChatModel {
  const inFlight = new Map<string, Promise<DeliveredReply>>();
  const renewed = new Set<string>();

  function kept(key: string, newerThan: number): DeliveredReply | null {
    const reply = store.findReply(key, newerThan);
    return reply === null ? null : { ...(JSON.parse(reply) as ChatReply), stored: true };
  }

  async function ask(key: string, request: ChatRequest, signal: AbortSignal): Promise<DeliveredReply> {
    const reply = await inner.reply(request, signal);
    if (fresh) renewed.add(key);
    return reply;
  }

  /** @param newerThan replies kept before this many are not wanted */
  async function askAlone(
    key: string,
    newerThan: number,
    request: ChatRequest,
    signal: AbortSignal,
  ): Promise<DeliveredReply> {
    if (claims === null) return ask(key, request, signal);
    await claims.take(key);
    try {
      // The run that had the claim before may have brought the reply.
      return kept(key, newerThan) ?? (await ask(key, request, signal));
    } finally {
      claims.giveBack(key);
    }
  }

  return {
    async reply(request, signal) {
      const key = requestKey(request);
      const newerThan = fresh && !renewed.has(key) ? store.timesKept(key) : 0;
      for (;;) {
        const there = kept(key, newerThan);
        if (there !== null) return there;
        const earlier = inFlight.get(key);
        if (earlier === undefined) break;
        await ended(earlier);
      }
      const own = askAlone(key, newerThan, request, signal).finally(() => inFlight.delete(key));
      inFlight.set(key, own);
      return own;
    },
  };
}
