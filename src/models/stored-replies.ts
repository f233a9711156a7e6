import type { ChatModel, ChatReply, ReplyStore } from '../judge/chat-model.ts';
import { requestKey } from '../judge/request-key.ts';

/**
 * A model that keeps every reply before anybody reads it, and gives a kept reply back when the same is asked
 * again.
 * @param fresh ask again even where a reply is kept; the new one replaces it
 */
export function withStoredReplies(inner: ChatModel, store: ReplyStore, fresh: boolean): ChatModel {
  return {
    async reply(request, signal) {
      const key = requestKey(request);
      const kept = fresh ? null : store.findReply(key);
      if (kept !== null) return { ...(JSON.parse(kept) as ChatReply), stored: true };
      const reply = await inner.reply(request, signal);
      const { stored: _, ...own } = reply;
      store.keepReply(key, JSON.stringify(own satisfies ChatReply));
      return reply;
    },
  };
}
