import { ModelError } from '../core/errors.ts';
import { addUsage, noUsage, type Usage } from '../core/grade.ts';
import type { ChatModel, ChatRequest, DeliveredReply } from './chat-model.ts';
import type { Judge, Judgement, Material } from './judge.ts';
import { type PriceList, pricedUsage } from './pricing.ts';
import { buildRequest, noncePattern, promptVersion } from './prompt.ts';
import { type ReadReply, readReply } from './read-reply.ts';

/** Room for a verdict and for the thinking that current models do before it. */
export const maxOutputTokens = 8000;

export interface LlmJudgeOptions {
  model: string;
  chat: ChatModel;
  prices: PriceList;
}

/** What to ask the second time, or null when asking again would not help. */
function secondRequest(request: ChatRequest, reply: DeliveredReply, read: ReadReply): ChatRequest | null {
  if (!('failure' in read)) return null;
  if (read.failure === 'truncated') return { ...request, maxOutputTokens: 2 * request.maxOutputTokens };
  if (read.failure !== 'malformed_reply') return null;
  const complaint = `Your reply cannot be used: ${read.problem}. Reply again with one JSON object and nothing else. Its form, as a JSON schema:\n${JSON.stringify(request.schema.schema)}`;
  // A kept reply may quote the marker of the request it was made for; with this one's it stays the same request.
  const quoted = reply.text.replace(noncePattern, request.nonce);
  return {
    ...request,
    messages: [
      ...request.messages,
      { role: 'assistant', content: quoted },
      { role: 'user', content: complaint },
    ],
  };
}

/** A judge that asks a language model, once, and a second time where that can mend the reply. */
export function createLlmJudge({ model, chat, prices }: LlmJudgeOptions): Judge {
  async function judge(material: Material, signal: AbortSignal): Promise<Judgement> {
    let usage: Usage = noUsage;
    let models: string[] = [];
    let request: ChatRequest | null = buildRequest(material, model, 0, maxOutputTokens);
    let result: ReadReply = { failure: 'malformed_reply', problem: '' };
    for (let tries = 0; request !== null && tries < 2; tries += 1) {
      let reply: DeliveredReply;
      try {
        reply = await chat.reply(request, signal);
      } catch (error) {
        if (!(error instanceof ModelError) || error.stopsRun) throw error;
        return { ungraded: 'request_failed', detail: error.text, models, usage };
      }
      usage = addUsage(usage, pricedUsage(prices, model, reply.usage, reply.stored ? 0 : 1));
      models = [...new Set([...models, reply.model])];
      result = readReply(reply, material.criteria);
      request = secondRequest(request, reply, result);
    }
    return 'verdict' in result
      ? { verdict: result.verdict, models, usage }
      : { ungraded: result.failure, detail: null, models, usage };
  }
  return { kind: 'llm', promptVersion, samples: 1, judge };
}
