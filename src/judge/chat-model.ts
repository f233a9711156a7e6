import type { Awaitable } from '../core/awaitable.ts';
import type { RateLimits } from '../core/rate-limits.ts';

/** One message of a conversation with a model. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** Everything that is sent to a model, in our own words. */
export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  /** The form the reply must have. */
  schema: { name: string; schema: Record<string, unknown> };
  maxOutputTokens: number;
  /**
   * A random string inside the messages that differs from request to request; left out of the request's
   * identity, so that the same question can be recognised when it is asked again.
   */
  nonce: string;
  /** Which of several replies to the same request is meant, from 0. */
  sample: number;
  /** Address of the endpoint, where the user tells several apart; part of the request's identity. */
  endpoint?: string;
  /** Replies are to differ from sample to sample, so the model is not told to choose the likeliest one. */
  varied?: true;
}

export interface ReplyUsage {
  inputTokens: number;
  /** The part of the input that the provider had cached. */
  cachedInputTokens: number;
  outputTokens: number;
}

export interface ChatReply {
  text: string;
  /** Our word for why the model stopped; `raw` is the provider's. */
  finish: { reason: 'stop' | 'length' | 'filtered' | 'refused'; raw: string };
  /** The model as the reply names it. */
  model: string;
  usage: ReplyUsage;
  /** It came in a batch, and was paid for at the price of one. */
  tier?: 'batch';
}

/** A reply with where it came from. */
export interface DeliveredReply extends ChatReply {
  /** It was kept from an earlier request and cost nothing now. */
  stored: boolean;
  /** What its headers say of the provider's limits. */
  limits?: RateLimits | undefined;
}

/**
 * Port: something that replies to chat requests. Rejects with ModelError when there is no reply to be had.
 */
export interface ChatModel {
  reply(request: ChatRequest, signal: AbortSignal): Promise<DeliveredReply>;
}

/** Port: where replies are kept, before anything else happens to them, and which run asks for which. */
export interface ReplyStore {
  /**
   * The stored reply as it was kept, or null.
   * @param newerThan the reply must not be among the first this many to its request; 0 when left out
   */
  findReply(key: string, newerThan?: number): Awaitable<string | null>;
  /** All of them are kept, or none. */
  keepReplies(entries: readonly (readonly [key: string, reply: string])[]): Awaitable<void>;
  /** How many replies to this request were kept so far, each in place of the one before. */
  timesKept(key: string): Awaitable<number>;
  /**
   * Claims requests for a run before they are sent.
   * @param now milliseconds since 1970
   * @returns those that the run got; none that a run which is alive has claimed, be it the same one
   */
  claimReplies(keys: readonly string[], run: string, now: number): Awaitable<Set<string>>;
  /** Gives claims back; those of other runs are left alone. */
  releaseReplies(keys: readonly string[], run: string): Awaitable<void>;
  /** Shows that a run is alive; one that has not for some seconds counts as dead. */
  beat(run: string, now: number): Awaitable<void>;
}
