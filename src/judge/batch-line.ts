import { z } from 'zod';

/** The address that every line of a batch is meant for. */
export const batchEndpoint = '/v1/chat/completions';

/** Why a request of a batch has no reply. */
interface BatchFailure {
  /** The provider's code, or the status of the response. */
  code: string;
  message: string;
}

/** What a line of an output or error file says about one request. */
export type BatchResult = { key: string } & ({ body: unknown } | { failure: BatchFailure });

/**
 * One request as a line of a batch file.
 * @param key the request's identity; comes back with the reply as `custom_id`
 * @param body what would be posted to {@link batchEndpoint}
 * @returns JSON on one line, the line's end included
 */
export function batchLine(key: string, body: unknown): string {
  return `${JSON.stringify({ custom_id: key, method: 'POST', url: batchEndpoint, body })}\n`;
}

const said = z.looseObject({ code: z.unknown(), message: z.unknown() });
const lineSchema = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: said.nullish(),
});
const refusalSchema = z.object({ error: said });

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function failureOf(error: z.infer<typeof said> | undefined, otherwise: BatchFailure): BatchFailure {
  const text = (value: unknown, instead: string) =>
    typeof value === 'string' && value !== '' ? value : instead;
  return { code: text(error?.code, otherwise.code), message: text(error?.message, otherwise.message) };
}

/**
 * Reads a line of an output or an error file; both have the same form
 * (https://platform.openai.com/docs/guides/batch).
 * @returns null for a line that names no request
 */
export function readBatchLine(line: string): BatchResult | null {
  const parsed = lineSchema.safeParse(parse(line));
  if (!parsed.success) return null;
  const { custom_id: key, response, error } = parsed.data;
  if (error) return { key, failure: failureOf(error, { code: 'error', message: '' }) };
  if (!response) return { key, failure: { code: 'no_response', message: '' } };
  const { status_code: status, body } = response;
  if (status >= 200 && status < 300) return { key, body };
  const refusal = refusalSchema.safeParse(body);
  return { key, failure: failureOf(refusal.data?.error, { code: String(status), message: '' }) };
}

/** How large a batch file may be. */
export interface BatchLimits {
  requests: number;
  bytes: number;
}

/** OpenAI takes 50,000 requests and 200 MB; the rest of the megabytes is for the form that wraps the file. */
const defaultBatchLimits: BatchLimits = { requests: 50_000, bytes: 190_000_000 };

/** Splits requests into files within limits, their order kept. One that is too large by itself gets its own. */
export function splitIntoFiles<T extends { bytes: number }>(
  requests: readonly T[],
  limits: BatchLimits = defaultBatchLimits,
): T[][] {
  const files: T[][] = [];
  let bytes = 0;
  for (const request of requests) {
    const last = files.at(-1);
    if (last && last.length < limits.requests && bytes + request.bytes <= limits.bytes) {
      last.push(request);
      bytes += request.bytes;
    } else {
      files.push([request]);
      bytes = request.bytes;
    }
  }
  return files;
}
