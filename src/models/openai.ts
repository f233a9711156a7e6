import OpenAI, { APIError } from 'openai';
import { z } from 'zod';
import type { ChatModel, ChatRequest, DeliveredReply } from '../judge/chat-model.ts';
import { initialForm, requestBody, simplerForm } from './endpoint-form.ts';
import { jsonFetch } from './json-fetch.ts';
import { notAnApi, toModelError } from './openai-errors.ts';
import { rateLimitsIn } from './rate-limit-headers.ts';

export interface OpenAiOptions {
  /** Absent for endpoints that need none. */
  apiKey?: string | undefined;
  baseUrl: string;
  model: string;
  timeoutMs?: number;
}

/** What we need of a chat completion; compatible servers leave out much of the rest. */
const completionSchema = z.object({
  model: z.string().optional(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.number().nullish(),
      completion_tokens: z.number().nullish(),
      prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
    })
    .nullish(),
});

function finishOf(raw: string, refusal: string | null | undefined): DeliveredReply['finish'] {
  if (refusal) return { reason: 'refused', raw };
  if (raw === 'length') return { reason: 'length', raw };
  if (raw === 'content_filter') return { reason: 'filtered', raw };
  return { reason: 'stop', raw };
}

/** The reply in the body of a chat completion. @throws ModelError when it is none */
export function readCompletion(body: unknown, baseUrl: string, model: string): DeliveredReply {
  const parsed = completionSchema.safeParse(body);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || !choice) {
    throw notAnApi(baseUrl);
  }
  const { usage } = parsed.data;
  const inputTokens = usage?.prompt_tokens ?? 0;
  return {
    text: choice.message.content ?? '',
    finish: finishOf(choice.finish_reason ?? '', choice.message.refusal),
    model: parsed.data.model ?? model,
    usage: {
      inputTokens,
      cachedInputTokens: Math.min(inputTokens, usage?.prompt_tokens_details?.cached_tokens ?? 0),
      outputTokens: usage?.completion_tokens ?? 0,
    },
    stored: false,
  };
}

/**
 * The openai package's client for an endpoint; what to try again is left to its users.
 * @param ownFetch in place of the platform's
 */
export function createClient(options: Omit<OpenAiOptions, 'model'>, ownFetch?: typeof jsonFetch): OpenAI {
  const { apiKey, baseUrl, timeoutMs = 300_000 } = options;
  const isOpenAi = /(?:^|\.)openai\.com$/u.test(new URL(baseUrl).hostname);
  const key = apiKey ?? 'none';
  return new OpenAI({
    apiKey: key,
    // The package sends what it finds in the environment to any address; that is OpenAI's business only.
    ...(isOpenAi
      ? {}
      : { organization: null, project: null, defaultHeaders: { authorization: `Bearer ${key}` } }),
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: timeoutMs,
    ...(ownFetch ? { fetch: ownFetch } : {}),
  });
}

/**
 * Adapter: any endpoint with the OpenAI chat interface. Asks for a strict JSON schema first and remembers what
 * the endpoint refuses; tries each request once per form, repeating failures is left to the retry layer.
 */
export function createOpenAiModel(options: OpenAiOptions): ChatModel {
  const { baseUrl, model } = options;
  const client = createClient(options, jsonFetch);
  let form = initialForm(model);

  return {
    async reply(request: ChatRequest, signal: AbortSignal): Promise<DeliveredReply> {
      for (;;) {
        const used = form;
        try {
          const asked = client.chat.completions.create(requestBody(request, used), { signal });
          const { data, response } = await asked.withResponse();
          const limits = rateLimitsIn(response.headers);
          return { ...readCompletion(data, baseUrl, model), limits };
        } catch (error) {
          const refused = error instanceof APIError && (error.status === 400 || error.status === 422);
          const simpler = refused ? simplerForm(used, `${error.param ?? ''} ${error.message}`) : null;
          if (!simpler) throw toModelError(error, baseUrl, model);
          if (form === used) form = simpler;
        }
      }
    },
  };
}
