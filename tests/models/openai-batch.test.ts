import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ModelError } from '../../src/core/errors.ts';
import { buildRequest } from '../../src/judge/prompt.ts';
import { createOpenAiModel } from '../../src/models/openai.ts';
import { createOpenAiBatches } from '../../src/models/openai-batch.ts';
import { sampleMaterial } from '../helpers/sample-material.ts';
import { noSignal } from '../helpers/scripted-model.ts';

const baseUrl = 'http://models.test/v1';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const provider = (model = 'judge-1') =>
  createOpenAiBatches({ apiKey: 'sk-test', baseUrl, model, retries: 0 });
const request = buildRequest(sampleMaterial(), 'judge-1', { maxOutputTokens: 8000 });

function batch(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: 'batch-1', object: 'batch', status: 'in_progress', input_file_id: 'file-1', ...parts };
}

const reply = {
  model: 'judge-1-2026-10-01',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: '{"a":1}' } }],
  usage: { prompt_tokens: 1500, completion_tokens: 220, prompt_tokens_details: { cached_tokens: 1024 } },
};

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ModelError)) throw new Error(`expected a ModelError, got ${String(error)}`);
  return error;
}

describe('a line', () => {
  it.each(['judge-1', 'gpt-6-luna'])('has the body that the direct adapter sends to %s', async (model) => {
    let sent: unknown;
    server.use(
      http.post(`${baseUrl}/chat/completions`, async ({ request: heard }) => {
        sent = await heard.json();
        return HttpResponse.json(reply);
      }),
    );
    const own = { ...request, model };
    await createOpenAiModel({ apiKey: 'sk-test', baseUrl, model }).reply(own, noSignal);
    expect(provider(model).bodyOf(own)).toEqual(sent);
  });

  it('is read like a direct reply', async () => {
    server.use(http.post(`${baseUrl}/chat/completions`, () => HttpResponse.json(reply)));
    const direct = await createOpenAiModel({ baseUrl, model: 'judge-1' }).reply(request, noSignal);
    const read = provider().readBody(reply);
    expect(direct).toMatchObject({ ...read });
    expect(Object.keys(read ?? {}).toSorted()).toEqual(['finish', 'model', 'text', 'usage']);
  });

  it.each([null, 'text', { choices: [] }])('without a choice holds no reply: %j', (body) => {
    expect(provider().readBody(body)).toBeNull();
  });
});

describe('upload and create', () => {
  it('posts a file for batches', async () => {
    let heard: { name: string; text: string; purpose: unknown } | null = null;
    server.use(
      http.post(`${baseUrl}/files`, async ({ request: { headers, body } }) => {
        const form = await new Response(body, { headers }).formData();
        const file = form.get('file') as File;
        heard = { name: file.name, text: await file.text(), purpose: form.get('purpose') };
        return HttpResponse.json({ id: 'file-7' });
      }),
    );
    expect(await provider().upload('answer-grader-1.jsonl', '{"a":"한"}\n', noSignal)).toBe('file-7');
    expect(heard).toEqual({ name: 'answer-grader-1.jsonl', text: '{"a":"한"}\n', purpose: 'batch' });
  });

  it('makes a batch of a day that carries the label', async () => {
    let heard: unknown;
    server.use(
      http.post(`${baseUrl}/batches`, async ({ request: { headers, body } }) => {
        heard = await new Response(body, { headers }).json();
        return HttpResponse.json(batch({ status: 'validating' }));
      }),
    );
    expect(await provider().create('file-1', 'label-1', noSignal)).toMatchObject({
      id: 'batch-1',
      state: 'running',
    });
    expect(heard).toEqual({
      input_file_id: 'file-1',
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
      metadata: { 'answer-grader': 'label-1' },
    });
  });

  it('never makes a batch a second time by itself', async () => {
    let calls = 0;
    server.use(
      http.post(`${baseUrl}/batches`, () => {
        calls += 1;
        return HttpResponse.json({ error: { message: 'oops' } }, { status: 500 });
      }),
    );
    const patient = createOpenAiBatches({ apiKey: 'sk-test', baseUrl, model: 'judge-1', retries: 3 });
    expect((await failureOf(patient.create('file-1', 'l', noSignal))).failure).toBe('overloaded');
    expect(calls).toBe(1);
  });
});

describe('find', () => {
  const plannedAt = new Date('2026-11-01T00:00:00Z');
  const seconds = plannedAt.getTime() / 1000;
  const find = () => provider().find({ label: 'mine', fileId: 'file-1', plannedAt }, noSignal);

  /** Serves a list in pages, newest first. */
  function list(...pages: Record<string, unknown>[][]): () => number {
    let served = 0;
    server.use(
      http.get(`${baseUrl}/batches`, () => {
        const data = pages[served] ?? [];
        served += 1;
        return HttpResponse.json({ object: 'list', data, has_more: served < pages.length });
      }),
    );
    return () => served;
  }

  it('finds a batch by its label, on a later page too', async () => {
    const other = batch({ id: 'b-1', input_file_id: 'x', created_at: seconds });
    const mine = batch({ id: 'b-2', input_file_id: 'y', metadata: { 'answer-grader': 'mine' } });
    list([other], [mine]);
    expect(await find()).toMatchObject({ id: 'b-2' });
  });

  it('finds a batch by its file where metadata are not kept', async () => {
    list([batch({ id: 'b-1', metadata: null })]);
    expect(await find()).toMatchObject({ id: 'b-1' });
  });

  it('finds none, and looks no further than the time of the plan', async () => {
    const old = batch({ id: 'b-1', input_file_id: 'x', created_at: seconds - 3 * 86_400 });
    const served = list([old], [batch()]);
    expect(await find()).toBeNull();
    expect(served()).toBe(1);
  });
});

describe('retrieve and cancel', () => {
  it.each([
    ['validating', 'running'],
    ['in_progress', 'running'],
    ['finalizing', 'running'],
    ['cancelling', 'cancelling'],
    ['completed', 'completed'],
    ['expired', 'expired'],
    ['cancelled', 'cancelled'],
    ['failed', 'failed'],
    ['something new', 'running'],
  ])('calls %s %s', async (status, state) => {
    server.use(http.get(`${baseUrl}/batches/batch-1`, () => HttpResponse.json(batch({ status }))));
    expect(await provider().retrieve('batch-1', noSignal)).toMatchObject({ state });
  });

  it('tells counts, files and what was wrong', async () => {
    const counts = { total: 3, completed: 2, failed: 1 };
    const full = batch({
      status: 'failed',
      request_counts: counts,
      output_file_id: 'out',
      error_file_id: 'err',
      errors: { data: [{ message: 'Line 1 is bad.' }, { message: 'Line 2 too.' }] },
    });
    server.use(http.post(`${baseUrl}/batches/batch-1/cancel`, () => HttpResponse.json(full)));
    expect(await provider().cancel('batch-1', noSignal)).toEqual({
      id: 'batch-1',
      state: 'failed',
      counts,
      outputFile: 'out',
      errorFile: 'err',
      problem: 'Line 1 is bad. Line 2 too.',
    });
  });

  it('says of 404 that there is no such batch, or no Batch API', async () => {
    server.use(http.get(`${baseUrl}/batches/batch-1`, () => new HttpResponse('nothing', { status: 404 })));
    const error = await failureOf(provider().retrieve('batch-1', noSignal));
    expect(error.failure).toBe('not_found');
    expect(error.text.en).toContain('has no Batch API (404)');
  });

  it.each([
    ['no batch', () => HttpResponse.json({ hello: 1 }), 'not_an_api'],
    ['a web page', () => HttpResponse.html('<html>'), 'not_an_api'],
    ['a wrong key', () => HttpResponse.json({ error: {} }, { status: 401 }), 'authentication'],
  ] as const)('is a failure with %s', async (_name, answer, failure) => {
    server.use(http.get(`${baseUrl}/batches/batch-1`, answer));
    expect((await failureOf(provider().retrieve('batch-1', noSignal))).failure).toBe(failure);
  });
});

describe('lines', () => {
  async function read(chunks: readonly Uint8Array[]): Promise<string[]> {
    server.use(
      http.get(
        `${baseUrl}/files/out/content`,
        () =>
          new HttpResponse(
            new ReadableStream({
              start(controller) {
                for (const chunk of chunks) controller.enqueue(chunk);
                controller.close();
              },
            }),
          ),
      ),
    );
    const lines: string[] = [];
    for await (const line of provider().lines('out', noSignal)) lines.push(line);
    return lines;
  }

  it.each([1, 2, 3, 7, 100])('come whole from pieces of %i bytes', async (size) => {
    const bytes = new TextEncoder().encode('{"a":"한글"}\n{"b":2}\nlast');
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.slice(index * size, (index + 1) * size),
    );
    expect(await read(chunks)).toEqual(['{"a":"한글"}', '{"b":2}', 'last']);
  });

  it('of an empty file are none', async () => {
    expect(await read([])).toEqual([]);
  });

  it('of a file that is gone are a failure', async () => {
    server.use(http.get(`${baseUrl}/files/out/content`, () => HttpResponse.json({}, { status: 404 })));
    const reading = (async () => {
      for await (const _ of provider().lines('out', noSignal));
    })();
    expect((await failureOf(reading)).failure).toBe('not_found');
  });
});
