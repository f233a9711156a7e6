import type { Criterion } from '../core/rubric.ts';
import type { Verdict } from '../core/verdict.ts';
import type { ChatReply, ChatRequest } from './chat-model.ts';
import { evidenceProblems } from './evidence.ts';
import { locateQuote } from './locate-quote.ts';
import { noncePattern } from './prompt.ts';
import type { ReadReply } from './read-reply.ts';

/** The request that goes on from a reply with a complaint about it. */
function complainAbout(request: ChatRequest, reply: ChatReply, complaint: string): ChatRequest {
  // A kept reply may quote the marker of the request it was made for; with this one's it stays the same request.
  const quoted = reply.text.replace(noncePattern, request.nonce);
  return {
    ...request,
    messages: [
      ...request.messages,
      { role: 'assistant', content: quoted },
      { role: 'user', content: complaint.replace(noncePattern, request.nonce) },
    ],
  };
}

/** What to ask after a reply that holds no verdict, or null when asking again would not help. */
export function formRequest(request: ChatRequest, reply: ChatReply, read: ReadReply): ChatRequest | null {
  if (!('failure' in read)) return null;
  if (read.failure === 'truncated') return { ...request, maxOutputTokens: 2 * request.maxOutputTokens };
  if (read.failure !== 'malformed_reply') return null;
  return complainAbout(
    request,
    reply,
    `Your reply cannot be used: ${read.problem}. Reply again with one JSON object and nothing else. Its form, as a JSON schema:\n${JSON.stringify(request.schema.schema)}`,
  );
}

/** What to ask after a verdict whose evidence does not hold, or null when all of it does. */
export function evidenceRequest(
  request: ChatRequest,
  reply: ChatReply,
  verdict: Verdict,
  criteria: readonly Criterion[],
  answer: string,
): ChatRequest | null {
  const problems = evidenceProblems(criteria, verdict, answer);
  if (problems.size === 0) return null;
  const complaints = [...problems].map(([id, problem]) => {
    const missing = (verdict.criteria[id]?.evidence ?? []).filter(
      (quote) => locateQuote(quote, answer) === null,
    );
    return problem === 'evidence_missing'
      ? `- ${id}: a level above the lowest, and no quote`
      : `- ${id}: not in the answer: ${missing.map((quote) => JSON.stringify(quote)).join(', ')}`;
  });
  return complainAbout(
    request,
    reply,
    `Your evidence was compared with the answer:\n${complaints.join('\n')}\nReply again with the whole JSON object. Copy quotes character by character from the answer, in the answer's own language; leave parts out with "…" only. Where nothing in the answer earns a level, choose the level that fits what is there. Leave the rest as it was.`,
  );
}
