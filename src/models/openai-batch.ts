import { type APIError, type OpenAI, toFile } from 'openai';
import { z } from 'zod';
import type { BatchState } from '../core/batch.ts';
import { ModelError } from '../core/errors.ts';
import { batchEndpoint } from '../judge/batch-line.ts';
import type { BatchProvider, BatchReport, BatchTrace } from '../judge/batch-provider.ts';
import { initialForm, requestBody } from './endpoint-form.ts';
import { createClient, readCompletion } from './openai.ts';
import { toModelError } from './openai-errors.ts';

export interface OpenAiBatchOptions {
  /** Absent for endpoints that need none. */
  apiKey?: string | undefined;
  baseUrl: string;
  model: string;
  /** How often a call is repeated that changes nothing when it is made twice; 4 when left out. */
  retries?: number;
}

/** Under which name the label stands in a batch's metadata. */
const labelName = 'answer-grader';
/** A file of 190 MB takes its time. */
const uploadTimeoutMs = 30 * 60_000;
/** How far the provider's clock may be behind ours. */
const clockDifferenceMs = 24 * 3_600_000;

const batchSchema = z.object({
  id: z.string(),
  status: z.string(),
  input_file_id: z.string().nullish(),
  created_at: z.number().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  request_counts: z.object({ total: z.number(), completed: z.number(), failed: z.number() }).nullish(),
  errors: z.object({ data: z.array(z.looseObject({ message: z.string().nullish() })).nullish() }).nullish(),
});

function stateOf(status: string): BatchState {
  const own: readonly BatchState[] = ['completed', 'expired', 'cancelled', 'failed', 'cancelling'];
  // What it calls "validating", "in_progress" or "finalizing" is all the same to us: not done yet.
  return own.find((state) => state === status) ?? 'running';
}

function reportOf(batch: z.infer<typeof batchSchema>): BatchReport {
  const messages = batch.errors?.data?.flatMap(({ message }) => message ?? []) ?? [];
  return {
    id: batch.id,
    state: stateOf(batch.status),
    counts: batch.request_counts ?? null,
    outputFile: batch.output_file_id ?? null,
    errorFile: batch.error_file_id ?? null,
    problem: messages.length > 0 ? messages.slice(0, 3).join(' ') : null,
  };
}

function noBatches(baseUrl: string, cause: unknown): ModelError {
  return new ModelError(
    'not_found',
    {
      ko: `${baseUrl}에 그런 배치나 파일이 없거나 Batch API가 없는 서버입니다(404). 키와 주소(OPENAI_BASE_URL)를 확인하세요. Batch API가 없다면 grade로 바로 채점하세요.`,
      en: `${baseUrl} knows no such batch or file, or has no Batch API (404); check the key and the address (OPENAI_BASE_URL), and without a Batch API use "grade".`,
    },
    { cause },
  );
}

function strangeReply(baseUrl: string): ModelError {
  return new ModelError('not_an_api', {
    ko: `${baseUrl}의 응답이 Batch API의 형식이 아닙니다. OPENAI_BASE_URL을 확인하세요.`,
    en: `${baseUrl} did not reply like a Batch API; check OPENAI_BASE_URL.`,
  });
}

/** The lines of a response's body, without their ends. */
async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** Adapter: OpenAI's Batch API, and those that are made like it. */
export function createOpenAiBatches(options: OpenAiBatchOptions): BatchProvider {
  const { baseUrl, model, retries = 4 } = options;
  const client: OpenAI = createClient(options);
  const form = initialForm(model);

  function translated(error: unknown): unknown {
    if (error instanceof ModelError) return error;
    if ((error as Partial<APIError>).status === 404) return noBatches(baseUrl, error);
    return toModelError(error, baseUrl, model);
  }

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translated(error);
    }
  }

  function checked(batch: unknown): z.infer<typeof batchSchema> {
    const parsed = batchSchema.safeParse(batch);
    if (!parsed.success) throw strangeReply(baseUrl);
    return parsed.data;
  }

  return {
    bodyOf: (request) => requestBody(request, form),
    readBody(body) {
      try {
        const { stored: _, ...reply } = readCompletion(body, baseUrl, model);
        return reply;
      } catch (error) {
        if (error instanceof ModelError) return null;
        throw error;
      }
    },
    upload: (fileName, lines, signal) =>
      guarded(async () => {
        const file = await toFile(Buffer.from(lines), fileName);
        const own = { signal, maxRetries: retries, timeout: uploadTimeoutMs };
        const { id } = await client.files.create({ file, purpose: 'batch' }, own);
        if (typeof id !== 'string') throw strangeReply(baseUrl);
        return id;
      }),
    create: (fileId, label, signal) =>
      guarded(async () => {
        const batch = await client.batches.create(
          {
            input_file_id: fileId,
            endpoint: batchEndpoint,
            completion_window: '24h',
            metadata: { [labelName]: label },
          },
          // Made twice, it would be paid twice.
          { signal, maxRetries: 0 },
        );
        return reportOf(checked(batch));
      }),
    find: ({ label, fileId, plannedAt }: BatchTrace, signal) =>
      guarded(async () => {
        const oldest = (plannedAt.getTime() - clockDifferenceMs) / 1000;
        // The newest come first.
        for await (const item of client.batches.list({ limit: 100 }, { signal, maxRetries: retries })) {
          const batch = checked(item);
          if (batch.metadata?.[labelName] === label || batch.input_file_id === fileId) return reportOf(batch);
          if ((batch.created_at ?? oldest) < oldest) return null;
        }
        return null;
      }),
    retrieve: (batchId, signal) =>
      guarded(async () =>
        reportOf(checked(await client.batches.retrieve(batchId, { signal, maxRetries: retries }))),
      ),
    cancel: (batchId, signal) =>
      guarded(async () =>
        reportOf(checked(await client.batches.cancel(batchId, { signal, maxRetries: retries }))),
      ),
    async *lines(fileId, signal) {
      try {
        const { body } = await client.files.content(fileId, { signal, maxRetries: retries });
        if (body) yield* linesOf(body as unknown as AsyncIterable<Uint8Array>);
      } catch (error) {
        throw translated(error);
      }
    },
  };
}
