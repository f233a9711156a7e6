import { z } from 'zod';
import { ModelError, type ModelFailure } from '../../src/core/errors.ts';
import type { ChatModel, ChatRequest, DeliveredReply } from '../../src/judge/chat-model.ts';
import type { PriceList, TokenCounter } from '../../src/judge/pricing.ts';

/** What a scripted model does when it is asked: reply, throw, or whatever a function says. */
export type Step =
  | DeliveredReply
  | Error
  | ((request: ChatRequest, signal: AbortSignal) => DeliveredReply | Promise<DeliveredReply>);

export interface ScriptedModel extends ChatModel {
  /** Every request so far, in the order they came. */
  readonly requests: readonly ChatRequest[];
}

/** A model that does one step of its script per request, and throws when it is asked more than that. */
export function scriptedModel(script: readonly Step[]): ScriptedModel {
  const requests: ChatRequest[] = [];
  return {
    requests,
    async reply(request, signal) {
      const step = script[requests.length];
      requests.push(request);
      if (step === undefined) throw new Error(`the script has ${script.length} steps, and this is one more`);
      if (step instanceof Error) throw step;
      return typeof step === 'function' ? step(request, signal) : step;
    },
  };
}

/** The same step any number of times. */
export function always(step: Step, times: number): Step[] {
  return Array.from({ length: times }, () => step);
}

/** A reply that ended well; a content that is not a string is sent as JSON. */
export function replyWith(content: unknown, overrides: Partial<DeliveredReply> = {}): DeliveredReply {
  return {
    text: typeof content === 'string' ? content : JSON.stringify(content),
    finish: { reason: 'stop', raw: 'stop' },
    model: 'judge-1-2026',
    usage: { inputTokens: 100, cachedInputTokens: 40, outputTokens: 10 },
    stored: false,
    ...overrides,
  };
}

export function modelError(failure: ModelFailure, retryAfterMs?: number): ModelError {
  return new ModelError(failure, { ko: `오류: ${failure}`, en: `failure: ${failure}` }, { retryAfterMs });
}

export function sampleRequest(overrides: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: 'judge-1',
    messages: [
      { role: 'system', content: 'You grade.' },
      { role: 'user', content: '=== 0123abcd ===\nan answer\n=== 0123abcd ===' },
    ],
    schema: { name: 'verdict', schema: { type: 'object' } },
    maxOutputTokens: 1000,
    nonce: '0123abcd',
    sample: 0,
    ...overrides,
  };
}

/** The text between the markers of a request, as the model gets it. */
export function answerIn(request: ChatRequest): string {
  const content = request.messages[1]?.content ?? '';
  const marker = `=== answer ${request.nonce} ===\n`;
  const from = content.lastIndexOf(marker) + marker.length;
  return content.slice(from, content.lastIndexOf(`\n${marker.trimEnd()}`));
}

const formSchema = z.object({
  properties: z.object({
    criteria: z.object({
      properties: z.record(
        z.string(),
        z.object({ properties: z.object({ level: z.object({ enum: z.array(z.string()).min(1) }) }) }),
      ),
    }),
  }),
});

/** Replies with a verdict of the form that the request asks for: the best levels with a quote, or the worst. */
export function judging(levels: 'best' | 'worst'): (request: ChatRequest) => DeliveredReply {
  return (request) => {
    const { criteria } = formSchema.parse(request.schema.schema).properties;
    const quote = answerIn(request).slice(0, 12);
    const opinions = Object.entries(criteria.properties).map(([id, { properties }]) => {
      const level = properties.level.enum.at(levels === 'best' ? -1 : 0);
      return [id, { evidence: levels === 'best' ? [quote] : [], reason: `reason ${id}`, level }];
    });
    return replyWith({
      criteria: Object.fromEntries(opinions),
      addressesGrader: false,
      feedback: { summary: `${levels} answer`, strengths: [], improvements: [], nextStep: 'next' },
    });
  };
}

/** A promise with its two ends outside. */
export function deferred<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
} {
  return Promise.withResolvers<T>();
}

/** Lets everything that is due without waiting happen. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** A signal that is never aborted. */
export const noSignal: AbortSignal = new AbortController().signal;

/** One dollar per input token, ten per output token, a tenth per cached token. */
export const plainPrices: PriceList = {
  costOf: (_model, { inputTokens, cachedInputTokens, outputTokens }) =>
    inputTokens - cachedInputTokens + cachedInputTokens / 10 + 10 * outputTokens,
};

export const unknownPrices: PriceList = { costOf: () => null };

/** One token per character. */
export const characterCounter: TokenCounter = (text) => text.length;
