import { delay, HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { ModelFailure } from '../../src/core/errors.ts';
import { ModelError } from '../../src/core/errors.ts';
import type { ChatRequest } from '../../src/judge/chat-model.ts';
import { buildRequest } from '../../src/judge/prompt.ts';
import { createOpenAiModel } from '../../src/models/openai.ts';
import { sampleMaterial } from '../helpers/sample-material.ts';
import { noSignal, sampleRequest } from '../helpers/scripted-model.ts';

const baseUrl = 'http://models.test/v1';
const address = `${baseUrl}/chat/completions`;
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => {
  server.resetHandlers();
  vi.unstubAllEnvs();
});
afterAll(() => server.close());

const bodySchema = z.looseObject({
  response_format: z.looseObject({ type: z.string() }).optional(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});
type Body = z.infer<typeof bodySchema>;

interface Heard {
  body: Body;
  /** The body as it came, to the byte. */
  raw: string;
  headers: Headers;
}

/** What an endpoint heard, and what it says to each request in turn; the last answer is repeated. */
function endpoint(...answers: ((body: Body) => Response | Promise<Response>)[]): Heard[] {
  return endpointAt(address, ...answers);
}

/** Like {@link endpoint}, at another address. */
function endpointAt(url: string, ...answers: ((body: Body) => Response | Promise<Response>)[]): Heard[] {
  const heard: Heard[] = [];
  server.use(
    http.post(url, async ({ request }) => {
      const raw = await request.text();
      const body = bodySchema.parse(JSON.parse(raw));
      const answer = answers[Math.min(heard.length, answers.length - 1)];
      heard.push({ body, raw, headers: request.headers });
      return (await answer?.(body)) ?? HttpResponse.error();
    }),
  );
  return heard;
}

function completion(
  message: Record<string, unknown> = { content: '{"a":1}' },
  rest: Record<string, unknown> = {},
  finish: string | null = 'stop',
) {
  return () =>
    HttpResponse.json({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'judge-1-2026-10-01',
      choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', ...message } }],
      usage: {
        prompt_tokens: 1500,
        completion_tokens: 220,
        total_tokens: 1720,
        prompt_tokens_details: { cached_tokens: 1024 },
      },
      ...rest,
    });
}

function refusal(status: number, error: Record<string, unknown>, headers: Record<string, string> = {}) {
  return () => HttpResponse.json({ error }, { status, headers });
}

function model(overrides: { apiKey?: string; model?: string; timeoutMs?: number } = {}) {
  return createOpenAiModel({ apiKey: 'sk-test', baseUrl, model: 'judge-1', ...overrides });
}

async function failureOf(reply: Promise<unknown>): Promise<ModelError> {
  const error = await reply.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ModelError)) throw new Error(`expected a ModelError, got ${String(error)}`);
  return error;
}

describe('what is sent', () => {
  it('is a strict json_schema request', async () => {
    const heard = endpoint(completion());
    const request = buildRequest(sampleMaterial(), 'judge-1', { maxOutputTokens: 8000 });
    await model().reply(request, noSignal);
    const raw = heard[0]?.raw.replaceAll(request.nonce, 'NONCE') ?? '';
    // The wording of the instructions is the prompt's business, and may change.
    const instructions = JSON.stringify(
      request.messages[0]?.content.split('\n\nCriteria and their levels')[0],
    );
    const body: unknown = JSON.parse(raw.replace(instructions.slice(1, -1), () => 'INSTRUCTIONS'));
    // As text, since the order of properties counts: evidence and reason come before the level.
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot('__snapshots__/request-body.json');
  });

  it('carries the key, and a placeholder where there is none', async () => {
    const heard = endpoint(completion());
    await model().reply(sampleRequest(), noSignal);
    await createOpenAiModel({ baseUrl, model: 'judge-1' }).reply(sampleRequest(), noSignal);
    expect(heard.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer sk-test',
      'Bearer none',
    ]);
  });

  describe('from the environment', () => {
    const official = 'https://api.openai.com/v1';
    /** What is sent to an address while the environment holds settings that are meant for OpenAI. */
    const headersAt = async (url: string, apiKey?: string) => {
      vi.stubEnv('OPENAI_ORG_ID', 'org-1');
      vi.stubEnv('OPENAI_PROJECT_ID', 'project-1');
      vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'Authorization: Bearer other');
      const heard = endpointAt(`${url}/chat/completions`, completion());
      await createOpenAiModel({ apiKey, baseUrl: url, model: 'judge-1' }).reply(sampleRequest(), noSignal);
      const names = ['authorization', 'openai-organization', 'openai-project'];
      return names.map((name) => heard[0]?.headers.get(name));
    };

    it('goes nothing to an address that is not OpenAI’s, with a key or without', async () => {
      expect(await headersAt(baseUrl, 'sk-test')).toEqual(['Bearer sk-test', null, null]);
      expect(await headersAt(baseUrl)).toEqual(['Bearer none', null, null]);
    });

    it('organization and project go to OpenAI', async () => {
      expect((await headersAt(official, 'sk-test')).slice(1)).toEqual(['org-1', 'project-1']);
    });
  });

  it('leaves temperature out for models that think', async () => {
    const heard = endpoint(completion());
    await model({ model: 'gpt-6-luna' }).reply(sampleRequest({ model: 'gpt-6-luna' }), noSignal);
    expect(heard[0]?.body).not.toHaveProperty('temperature');
  });

  it('holds neither the sample number nor the marker as settings', async () => {
    const heard = endpoint(completion());
    await model().reply(sampleRequest({ sample: 3 }), noSignal);
    expect(Object.keys(heard[0]?.body ?? {}).sort()).toEqual([
      'max_completion_tokens',
      'messages',
      'model',
      'response_format',
      'temperature',
    ]);
  });
});

describe('what comes back', () => {
  it('is read whole: text, finish, model as it names itself, tokens with the cached part', async () => {
    endpoint(completion());
    expect(await model().reply(sampleRequest(), noSignal)).toEqual({
      text: '{"a":1}',
      finish: { reason: 'stop', raw: 'stop' },
      model: 'judge-1-2026-10-01',
      usage: { inputTokens: 1500, cachedInputTokens: 1024, outputTokens: 220 },
      stored: false,
    });
  });

  it.each([
    ['a refusal', { content: null, refusal: 'I cannot help with that.' }, 'stop', 'refused'],
    ['a content filter', { content: '' }, 'content_filter', 'filtered'],
    ['the length limit', { content: '{"a":' }, 'length', 'length'],
    ['an unknown reason', { content: '{"a":1}' }, 'eos', 'stop'],
  ])('names why the model stopped: %s', async (_name, message, raw, reason) => {
    endpoint(completion(message, {}, raw));
    const reply = await model().reply(sampleRequest(), noSignal);
    expect(reply.finish).toEqual({ reason, raw });
  });

  it('takes null content for an empty text', async () => {
    endpoint(completion({ content: null }));
    const reply = await model().reply(sampleRequest(), noSignal);
    expect(reply).toMatchObject({ text: '', finish: { reason: 'stop', raw: 'stop' } });
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['empty', {}],
    ['of nulls', { prompt_tokens: null, completion_tokens: null, prompt_tokens_details: null }],
  ])('counts no tokens where usage is %s', async (_name, usage) => {
    endpoint(completion({ content: 'x' }, { usage }));
    const reply = await model().reply(sampleRequest(), noSignal);
    expect(reply.usage).toEqual({ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 });
  });

  it('falls back on the model asked for and an empty finish reason', async () => {
    endpoint(completion({ content: 'x' }, { model: undefined }, null));
    const reply = await model().reply(sampleRequest(), noSignal);
    expect(reply).toMatchObject({ model: 'judge-1', finish: { reason: 'stop', raw: '' } });
  });
});

describe('what goes wrong', () => {
  it.each<[string, number, Record<string, unknown>, ModelFailure]>([
    ['no key', 401, { message: 'Incorrect API key provided', code: 'invalid_api_key' }, 'authentication'],
    ['a key without rights', 403, { message: 'Project has no access' }, 'authentication'],
    ['an unknown model', 404, { message: 'The model does not exist', code: 'model_not_found' }, 'not_found'],
    ['too many requests', 429, { message: 'Rate limit reached for requests' }, 'rate_limited'],
    [
      'an empty account',
      429,
      { message: 'You exceeded your current quota', code: 'insufficient_quota', type: 'insufficient_quota' },
      'quota_exhausted',
    ],
    ['a fault of the server', 500, { message: 'The server had an error' }, 'overloaded'],
    ['an overloaded server', 503, { message: 'Overloaded' }, 'overloaded'],
    ['a request timeout of the server', 408, { message: 'Request timeout' }, 'overloaded'],
    ['a request it does not take', 400, { message: 'Context length exceeded' }, 'bad_request'],
  ])('%s is told apart', async (_name, status, error, failure) => {
    const heard = endpoint(refusal(status, error));
    const thrown = await failureOf(model().reply(sampleRequest(), noSignal));
    expect(thrown.failure).toBe(failure);
    expect(thrown.text.ko).toContain(baseUrl);
    expect(thrown.text.en).toContain(baseUrl);
    expect(heard).toHaveLength(1);
  });

  it.each([
    ['retry-after in seconds', { 'retry-after': '20' }, 20_000],
    ['retry-after-ms', { 'retry-after-ms': '350.5', 'retry-after': '20' }, 350.5],
    ['neither', {}, undefined],
  ])('hands on the wait asked for: %s', async (_name, headers, expected) => {
    endpoint(refusal(429, { message: 'Rate limit reached' }, headers));
    const thrown = await failureOf(model().reply(sampleRequest(), noSignal));
    expect(thrown).toMatchObject({ failure: 'rate_limited', retryAfterMs: expected });
  });

  it('hands on the wait asked for as a date', async () => {
    const later = new Date(Date.now() + 3_600_000).toUTCString();
    endpoint(refusal(503, { message: 'Maintenance' }, { 'retry-after': later }));
    const thrown = await failureOf(model().reply(sampleRequest(), noSignal));
    expect(thrown.failure).toBe('overloaded');
    expect(thrown.retryAfterMs).toBeGreaterThan(3_590_000);
    expect(thrown.retryAfterMs).toBeLessThanOrEqual(3_600_000);
  });

  it.each([
    ['a web page', () => HttpResponse.html('<html><body>Welcome to nginx</body></html>')],
    ['an empty reply', () => new HttpResponse('', { headers: { 'content-type': 'application/json' } })],
    ['another form', () => HttpResponse.json({ response: 'hello' })],
    ['no choice', () => HttpResponse.json({ choices: [] })],
  ])('%s with status 200 is not an API', async (_name, answer) => {
    endpoint(answer);
    const thrown = await failureOf(model().reply(sampleRequest(), noSignal));
    expect(thrown.failure).toBe('not_an_api');
    expect(thrown.text.en).toContain('OPENAI_BASE_URL');
  });

  it('shows what an error page says on one short line without markup', async () => {
    const page = `<html>\n<h1>Request Entity</h1>\n<p>${'Too Large '.repeat(60)}</p></html>`;
    endpoint(() => HttpResponse.html(page, { status: 413 }));
    const thrown = await failureOf(model().reply(sampleRequest(), noSignal));
    expect(thrown.failure).toBe('bad_request');
    expect(thrown.text.en).toMatch(/Request Entity Too Large/u);
    expect(thrown.text.en).not.toMatch(/[<>\n]/u);
    expect(thrown.text.en.length).toBeLessThan(320);
  });

  it('a reply that breaks off may be whole the next time', async () => {
    endpoint(() => new HttpResponse('{"choices": [', { headers: { 'content-type': 'application/json' } }));
    expect((await failureOf(model().reply(sampleRequest(), noSignal))).failure).toBe('overloaded');
  });

  it.each([
    [429, { message: 'slow down, see your plan and billing details' }, 'rate_limited'],
    [429, { message: 'no more', code: 'insufficient_quota' }, 'quota_exhausted'],
    [402, { message: 'Insufficient Balance' }, 'quota_exhausted'],
  ])('%d %o is %s', async (status, error, failure) => {
    endpoint(refusal(status, error));
    expect((await failureOf(model().reply(sampleRequest(), noSignal))).failure).toBe(failure);
  });

  it('never counts more cached tokens than there were tokens', async () => {
    endpoint(
      completion(undefined, { usage: { prompt_tokens: 5, prompt_tokens_details: { cached_tokens: 9 } } }),
    );
    const { usage } = await model().reply(sampleRequest(), noSignal);
    expect(usage).toEqual({ inputTokens: 5, cachedInputTokens: 5, outputTokens: 0 });
  });

  it('cannot connect', async () => {
    endpoint(() => HttpResponse.error());
    const thrown = await failureOf(model().reply(sampleRequest(), noSignal));
    expect(thrown.failure).toBe('connection');
    expect(thrown.text.en).toContain(`cannot connect to ${baseUrl}`);
  });

  it('gets no reply in time', async () => {
    endpoint(async () => {
      await delay('infinite');
      return HttpResponse.error();
    });
    const thrown = await failureOf(model({ timeoutMs: 1 }).reply(sampleRequest(), noSignal));
    expect(thrown.failure).toBe('timeout');
  });

  it('is told to give a request in flight up', async () => {
    const controller = new AbortController();
    endpoint(async () => {
      controller.abort();
      await delay('infinite');
      return HttpResponse.error();
    });
    const thrown = await failureOf(model().reply(sampleRequest(), controller.signal));
    expect(thrown.failure).toBe('aborted');
  });

  it('sends nothing once it was told to stop', async () => {
    const heard = endpoint(completion());
    const thrown = await failureOf(model().reply(sampleRequest(), AbortSignal.abort()));
    expect(thrown.failure).toBe('aborted');
    expect(heard).toEqual([]);
  });
});

/** The parts of a request that endpoints are known to refuse. */
function formOf({ body }: Heard) {
  return {
    format: body.response_format?.type ?? 'text',
    temperature: 'temperature' in body,
    limit: 'max_completion_tokens' in body ? 'max_completion_tokens' : 'max_tokens',
  };
}

/** An endpoint that refuses requests while `refused` says why. */
function pickyEndpoint(refused: (body: Body) => Record<string, unknown> | null, status = 400): Heard[] {
  return endpoint((body) => {
    const error = refused(body);
    return error === null ? completion()() : HttpResponse.json({ error }, { status });
  });
}

describe('endpoints that know less', () => {
  const best = { format: 'json_schema', temperature: true, limit: 'max_completion_tokens' };

  it('an old server that knows no response_format gets the schema in the prompt', async () => {
    const heard = pickyEndpoint(
      (body) => (body.response_format ? { message: 'Unrecognized request argument: response_format' } : null),
      422,
    );
    const schema = { type: 'object', properties: { level: { enum: ['low', 'high'] } } };
    const reply = await model().reply(sampleRequest({ schema: { name: 'verdict', schema } }), noSignal);
    expect(reply.text).toBe('{"a":1}');
    expect(heard.map(formOf)).toEqual([
      best,
      { ...best, format: 'json_object' },
      { ...best, format: 'text' },
    ]);
    const [first, second, third] = heard.map(({ body }) => body.messages);
    expect(first?.[0]?.content).not.toContain(JSON.stringify(schema));
    expect(second?.[0]?.content).toContain(JSON.stringify(schema));
    expect(third?.[0]?.content).toContain(JSON.stringify(schema));
    expect(third?.[1]).toEqual(first?.[1]);
  });

  it('a server that knows json_object but no schemas stays there', async () => {
    const heard = pickyEndpoint((body) =>
      body.response_format?.type === 'json_schema'
        ? { message: 'This response_format type is unavailable now', param: null }
        : null,
    );
    await model().reply(sampleRequest(), noSignal);
    expect(heard.map((item) => formOf(item).format)).toEqual(['json_schema', 'json_object']);
  });

  it('LM Studio, whose model takes no grammar, and which takes no json_object', async () => {
    const heard = pickyEndpoint((body) => {
      if (body.response_format?.type === 'json_schema')
        return { message: 'Error compiling grammar for structured output' };
      if (body.response_format?.type === 'json_object')
        return { message: "'response_format.type' must be 'json_schema' or 'text'" };
      return null;
    });
    await model().reply(sampleRequest(), noSignal);
    expect(heard.map((item) => formOf(item).format)).toEqual(['json_schema', 'json_object', 'text']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['by message', { message: "Unsupported value: 'temperature' does not support 0 with this model." }],
    ['by parameter', { message: 'Unsupported value', param: 'temperature', code: 'unsupported_value' }],
  ])('one that takes no temperature, %s', async (_name, error) => {
    const heard = pickyEndpoint((body) => ('temperature' in body ? error : null));
    await model().reply(sampleRequest(), noSignal);
    expect(heard.map(formOf)).toEqual([best, { ...best, temperature: false }]);
  });

  it('one that knows only max_tokens', async () => {
    const heard = pickyEndpoint((body) =>
      'max_completion_tokens' in body
        ? { message: 'Unrecognized request argument supplied: max_completion_tokens' }
        : null,
    );
    await model().reply(sampleRequest({ maxOutputTokens: 777 }), noSignal);
    expect(heard.map(formOf)).toEqual([best, { ...best, limit: 'max_tokens' }]);
    expect(heard[1]?.body).toMatchObject({ max_tokens: 777 });
  });

  it('one that knows nothing new at all', async () => {
    const heard = pickyEndpoint((body) => {
      if ('temperature' in body) return { message: 'temperature: extra fields not permitted' };
      if ('max_completion_tokens' in body) return { message: 'max_completion_tokens: unknown field' };
      if (body.response_format) return { message: 'response_format: unknown field' };
      return null;
    });
    await model().reply(sampleRequest(), noSignal);
    expect(heard).toHaveLength(5);
    expect(heard.map(formOf).at(-1)).toEqual({ format: 'text', temperature: false, limit: 'max_tokens' });
  });

  it('is not asked again for what it refused before', async () => {
    const heard = pickyEndpoint((body) =>
      body.response_format?.type === 'json_schema' ? { message: 'json_schema is not supported' } : null,
    );
    const chat = model();
    await chat.reply(sampleRequest(), noSignal);
    await chat.reply(sampleRequest({ sample: 1 }), noSignal);
    expect(heard.map((item) => formOf(item).format)).toEqual(['json_schema', 'json_object', 'json_object']);
  });

  it('is found out once by requests that are in flight together', async () => {
    const heard = pickyEndpoint((body) =>
      body.response_format?.type === 'json_schema' ? { message: 'json_schema is not supported' } : null,
    );
    const chat = model();
    const requests = [0, 1, 2].map((sample): ChatRequest => sampleRequest({ sample }));
    const replies = await Promise.all(requests.map((request) => chat.reply(request, noSignal)));
    expect(replies.map((reply) => reply.text)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
    const formats = heard.map((item) => formOf(item).format).sort();
    expect(formats.filter((format) => format === 'json_object')).toHaveLength(3);
    expect(formats).not.toContain('text');
  });

  it('stays found out when a refusal comes late', async () => {
    const late = Promise.withResolvers<void>();
    const heard = endpoint(async (body) => {
      const isLate =
        body.messages[0]?.content.startsWith('late') && body.response_format?.type === 'json_schema';
      if (isLate) await late.promise;
      if (body.response_format)
        return HttpResponse.json({ error: { message: 'response_format: unknown field' } }, { status: 400 });
      return completion()();
    });
    const chat = model();
    const slow = chat.reply(sampleRequest({ messages: [{ role: 'system', content: 'late' }] }), noSignal);
    await chat.reply(sampleRequest(), noSignal);
    late.resolve();
    await slow;
    const ofSlow = heard.filter(({ body }) => body.messages[0]?.content.startsWith('late'));
    expect(ofSlow.map((item) => formOf(item).format)).toEqual(['json_schema', 'text']);
  });

  it('gives up on a refusal that is about none of this', async () => {
    const heard = pickyEndpoint(() => ({ message: "This model's maximum context length is 4096 tokens" }));
    const thrown = await failureOf(model().reply(sampleRequest(), noSignal));
    expect(thrown.failure).toBe('bad_request');
    expect(thrown.text.en).toContain('maximum context length is 4096');
    expect(heard).toHaveLength(1);
  });

  it('gives up when even the plainest form is refused', async () => {
    const heard = pickyEndpoint(() => ({
      message: 'response_format, temperature, max_completion_tokens: no',
    }));
    const thrown = await failureOf(model().reply(sampleRequest(), noSignal));
    expect(thrown.failure).toBe('bad_request');
    expect(heard).toHaveLength(5);
  });

  it('does not take a fault of another kind for a refusal', async () => {
    const heard = endpoint(refusal(500, { message: 'response_format handler crashed' }));
    const thrown = await failureOf(model().reply(sampleRequest(), noSignal));
    expect(thrown.failure).toBe('overloaded');
    expect(heard).toHaveLength(1);
  });
});
