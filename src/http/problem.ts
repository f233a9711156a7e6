import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { basename, dirname, sep } from 'node:path';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import {
  BusyError,
  ConfigError,
  ConflictError,
  GraderError,
  InputError,
  ModelError,
  NotFoundError,
} from '../core/errors.ts';
import type { Language, Localized } from '../core/localized.ts';
import { type ProblemCode, problemKinds } from './problem-kinds.ts';

/** What does not fit about one value of a request. */
export interface ValueError {
  /** JSON Pointer (RFC 6901) to the value in the body, or the name of a query's parameter. */
  pointer: string;
  message: string;
}

/** Takes a fault of ours that only the service's owner should read, with the number that the client was shown of it. */
export type FaultLog = (fault: unknown, id?: string) => void;

interface ProblemOptions {
  text?: Localized;
  headers?: Readonly<Record<string, string>>;
  errors?: readonly ValueError[];
  cause?: unknown;
}

/** An error in the words of HTTP, fit to be shown to whoever sent the request. */
export class HttpProblem extends GraderError {
  override name = 'HttpProblem';
  readonly code: ProblemCode;
  readonly status: (typeof problemKinds)[ProblemCode]['status'];
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly ValueError[];

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.text ?? problemKinds[code].text, { cause: options.cause });
    this.code = code;
    this.status = problemKinds[code].status;
    this.headers = options.headers ?? {};
    this.errors = options.errors ?? [];
  }
}

/** The error's sentences without the folders of this machine. */
function publicText({ text, place }: GraderError): Localized {
  const { file, line } = place;
  if (file === undefined || file === '') return text;
  const where = [basename(file), line].filter((part) => part !== undefined).join(':');
  const folder = dirname(file) === '.' ? null : dirname(file) + sep;
  const shown = (sentence: string) =>
    `${where}: ${folder === null ? sentence : sentence.replaceAll(folder, '')}`;
  return { ko: shown(text.ko), en: shown(text.en) };
}

const retryLater = { 'Retry-After': '5' };

function ofModel(error: ModelError): HttpProblem {
  const options = { text: publicText(error), cause: error };
  if (error.failure === 'timeout') return new HttpProblem('model_timeout', options);
  if (error.failure !== 'rate_limited' && error.failure !== 'overloaded')
    return new HttpProblem('model_failed', options);
  const seconds = error.retryAfterMs === undefined ? null : Math.ceil(error.retryAfterMs / 1000);
  const headers = seconds === null ? retryLater : { 'Retry-After': String(seconds) };
  return new HttpProblem('model_busy', { ...options, headers });
}

const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed_body',
  413: 'too_large',
  415: 'wrong_content_type',
  504: 'took_too_long',
};

function unexpected(code: 'internal' | 'storage', error: unknown, log: FaultLog, id: string): HttpProblem {
  log(error, id);
  const { ko, en } = problemKinds[code].text;
  return new HttpProblem(code, { text: { ko: `${ko} (${id})`, en: `${en} (${id})` }, cause: error });
}

/** The client went away before its request was read. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}

/**
 * Any error as a problem. What nobody outside can act on is logged, and shown by a short number only.
 * @param log takes what the owner of the service should read
 * @param id the number to show it by; the request's, where it has one
 */
export function problemOf(error: unknown, log: FaultLog, id = randomUUID().slice(0, 8)): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof HTTPException) {
    const code = codeOfStatus[error.status];
    return code === undefined
      ? unexpected('internal', error, log, id)
      : new HttpProblem(code, { cause: error });
  }
  if (isCutOff(error)) return new HttpProblem('malformed_body', { cause: error });
  if (error instanceof ModelError) return ofModel(error);
  if (!(error instanceof GraderError)) return unexpected('internal', error, log, id);
  const options = { text: publicText(error), cause: error };
  if (error instanceof NotFoundError) return new HttpProblem('not_found', options);
  if (error instanceof ConflictError) return new HttpProblem('conflict', options);
  if (error instanceof BusyError) return new HttpProblem('busy', { ...options, headers: retryLater });
  if (error instanceof InputError || error instanceof ConfigError) return new HttpProblem('invalid', options);
  return unexpected('storage', error, log, id);
}

/** A problem as RFC 9457 writes it. */
export function problemResponse(context: Context, problem: HttpProblem, language: Language): Response {
  const { status, code, errors, headers } = problem;
  const body = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: problem.text[language],
    ...(errors.length > 0 ? { errors } : {}),
  };
  return context.body(JSON.stringify(body), status, {
    ...headers,
    'Content-Type': 'application/problem+json',
    'Content-Language': language,
  });
}
