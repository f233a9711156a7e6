import type { Awaitable } from '../core/awaitable.ts';
import type { ChatReply, ChatRequest } from './chat-model.ts';
import { evidenceRequest, formRequest } from './follow-up.ts';
import type { Material } from './judge.ts';
import { maxOutputTokens } from './llm-judge.ts';
import { buildRequest, type RequestOptions } from './prompt.ts';
import { type ReadReply, readReply } from './read-reply.ts';
import { requestKey } from './request-key.ts';

/** Who is asked about an answer, and for which of several replies. */
export interface Asked extends Omit<RequestOptions, 'maxOutputTokens'> {
  model: string;
}

/** The request that judging an answer would send next. */
export interface NextRequest {
  request: ChatRequest;
  /** It goes on from a kept reply that cannot be used as it is. */
  isFollowUp: boolean;
}

/**
 * What judging an answer would ask, with the replies that are kept: the first question, the one that mends a
 * reply without a verdict, the one about quotes that are not there, in the order in which a judge asks them.
 * @param findReply a kept reply by its request's identity
 * @returns null when every reply is there
 */
export async function nextRequest(
  material: Material,
  { model, ...options }: Asked,
  findReply: (key: string) => Awaitable<string | null>,
): Promise<NextRequest | null> {
  const replyTo = async (request: ChatRequest): Promise<{ reply: ChatReply; read: ReadReply } | null> => {
    const kept = await findReply(requestKey(request));
    if (kept === null) return null;
    const reply = JSON.parse(kept) as ChatReply;
    return { reply, read: readReply(reply, material.criteria) };
  };

  let request = buildRequest(material, model, { ...options, maxOutputTokens });
  let answered = await replyTo(request);
  if (answered === null) return { request, isFollowUp: false };
  const mending = formRequest(request, answered.reply, answered.read);
  if (mending) {
    request = mending;
    answered = await replyTo(mending);
    if (answered === null) return { request, isFollowUp: true };
  }
  const { reply, read } = answered;
  if (!('verdict' in read)) return null;
  const correction = evidenceRequest(request, reply, read.verdict, material.criteria, material.answer);
  return correction && (await replyTo(correction)) === null
    ? { request: correction, isFollowUp: true }
    : null;
}
