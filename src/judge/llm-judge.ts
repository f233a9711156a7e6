import { ModelError } from '../core/errors.ts';
import { addUsage, noUsage, type Usage } from '../core/grade.ts';
import type { ChatModel, ChatRequest, DeliveredReply } from './chat-model.ts';
import { evidenceProblems } from './evidence.ts';
import { evidenceRequest, formRequest } from './follow-up.ts';
import type { Judge, Judgement, Material } from './judge.ts';
import { type PriceList, pricedUsage } from './pricing.ts';
import { buildRequest, promptVersion } from './prompt.ts';
import { type ReadReply, readReply } from './read-reply.ts';

/** Room for a verdict and for the thinking that current models do before it. */
export const maxOutputTokens = 8000;

export interface LlmJudgeOptions {
  model: string;
  chat: ChatModel;
  prices: PriceList;
  /** Which of several samples this judge gives, from 0; each is a request of its own. */
  sample?: number;
  /** Replies are to differ from sample to sample. */
  varied?: boolean;
  /** Address of the endpoint, where the user tells several apart. */
  endpoint?: string | undefined;
}

interface Answered {
  request: ChatRequest;
  reply: DeliveredReply;
  read: ReadReply;
}

/** What was used for one answer so far. */
interface Account {
  usage: Usage;
  models: string[];
  isPartial?: boolean;
}

/**
 * A judge that asks a language model: once, a second time where that can mend a reply without a verdict, and
 * once more where a quote does not stand in the answer.
 */
export function createLlmJudge(options: LlmJudgeOptions): Judge {
  const { model, chat, prices, sample = 0, varied = false, endpoint } = options;

  async function ask(
    request: ChatRequest,
    material: Material,
    account: Account,
    signal: AbortSignal,
  ): Promise<Answered> {
    const reply = await chat.reply(request, signal);
    const { usage, stored, tier } = reply;
    account.usage = addUsage(account.usage, pricedUsage(prices, model, usage, stored ? 0 : 1, tier));
    account.models = [...new Set([...account.models, reply.model])];
    return { request, reply, read: readReply(reply, material.criteria) };
  }

  /** The verdict after a round on its evidence; the first one where the second is no better. */
  async function withBetterEvidence(
    { request, reply, read }: Answered,
    material: Material,
    account: Account,
    signal: AbortSignal,
  ): Promise<ReadReply> {
    if (!('verdict' in read)) return read;
    const { criteria, answer } = material;
    const correction = evidenceRequest(request, reply, read.verdict, criteria, answer);
    if (correction === null) return read;
    try {
      const corrected = await ask(correction, material, account, signal);
      if (!('verdict' in corrected.read)) return read;
      const problems = (item: typeof read) => evidenceProblems(criteria, item.verdict, answer).size;
      return problems(corrected.read) <= problems(read) ? corrected.read : read;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      // A verdict that is there is worth more than the failure to better it; what stops the run will do so again.
      account.isPartial = true;
      return read;
    }
  }

  async function judge(material: Material, signal: AbortSignal): Promise<Judgement> {
    const account: Account = { usage: noUsage, models: [] };
    try {
      const request = buildRequest(material, model, { sample, varied, endpoint, maxOutputTokens });
      let answered = await ask(request, material, account, signal);
      const mending = formRequest(request, answered.reply, answered.read);
      if (mending) answered = await ask(mending, material, account, signal);
      const read = await withBetterEvidence(answered, material, account, signal);
      return 'verdict' in read
        ? { verdict: read.verdict, opinions: [], ...account }
        : { ungraded: read.failure, detail: null, ...account };
    } catch (error) {
      if (!(error instanceof ModelError) || error.stopsRun) throw error;
      return { ungraded: 'request_failed', detail: error.text, ...account };
    }
  }
  const addresses = endpoint === undefined ? [] : [endpoint];
  return { kind: 'llm', asked: [model], addresses, promptVersion, samples: 1, judge };
}
