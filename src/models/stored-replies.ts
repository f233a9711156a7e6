import { ModelError } from '../core/errors.ts';
import { inGroups } from '../core/in-groups.ts';
import type { ChatModel, ChatReply, ChatRequest, DeliveredReply, ReplyStore } from '../judge/chat-model.ts';
import { requestKey } from '../judge/request-key.ts';
import { ClaimLost } from './lasting-claims.ts';
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
  const keep = inGroups((entries: Parameters<ReplyStore['keepReplies']>[0]) => store.keepReplies(entries));
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
  /** How many replies were kept to a request when it was first asked afresh: those are not wanted. */
  const outdated = new Map<string, number>();

  async function kept(key: string): Promise<DeliveredReply | null> {
    const reply = await store.findReply(key, outdated.get(key));
    return reply === null ? null : { ...(JSON.parse(reply) as ChatReply), stored: true };
  }

  async function askAlone(key: string, request: ChatRequest, signal: AbortSignal): Promise<DeliveredReply> {
    if (claims === null) return inner.reply(request, signal);
    for (;;) {
      await claims.take(key);
      try {
        // The run that had the claim before may have brought the reply.
        return (await kept(key)) ?? (await inner.reply(request, signal));
      } catch (error) {
        if (!(error instanceof ClaimLost)) throw error;
      } finally {
        await claims.giveBack(key);
      }
    }
  }

  /** Only one for a key at a time: what it finds in the store would be out of date as soon as another has asked. */
  async function findOrAsk(key: string, request: ChatRequest, signal: AbortSignal): Promise<DeliveredReply> {
    if (fresh && !outdated.has(key)) outdated.set(key, await store.timesKept(key));
    return (await kept(key)) ?? (await askAlone(key, request, signal));
  }

  return {
    async reply(request, signal) {
      const key = requestKey(request);
      for (let earlier = inFlight.get(key); earlier !== undefined; earlier = inFlight.get(key))
        await ended(earlier);
      // Nobody else gets a word in between having looked and standing there.
      const own = findOrAsk(key, request, signal).finally(() => inFlight.delete(key));
      inFlight.set(key, own);
      return own;
    },
  };
}
