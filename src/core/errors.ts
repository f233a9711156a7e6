import type { Language, Localized } from './localized.ts';
import type { RateLimits } from './rate-limits.ts';

/** Where in the user's input something is wrong. */
export interface Place {
  file?: string | undefined;
  line?: number | undefined;
}

/** An error a person can act on: one sentence that says what is wrong, where, and what to do. */
export class GraderError extends Error {
  override name = 'GraderError';
  readonly text: Localized;
  readonly place: Place;

  constructor(text: Localized, options: { place?: Place; cause?: unknown } = {}) {
    super(text.en, { cause: options.cause });
    this.text = text;
    this.place = options.place ?? {};
  }

  /** The sentence in a language, preceded by `file:line: ` where known. */
  sentence(language: Language): string {
    const { file, line } = this.place;
    const where = [file, line].filter((part) => part !== undefined).join(':');
    return where === '' ? this.text[language] : `${where}: ${this.text[language]}`;
  }
}

/** Options, environment variables or rubric files that do not fit. */
export class ConfigError extends GraderError {
  override name = 'ConfigError';
}

/** A document that cannot be read as a chapter, or a member or question that is not in it. */
export class InputError extends GraderError {
  override name = 'InputError';
}

/** Something that is asked for by name or number and is not there. */
export class NotFoundError extends InputError {
  override name = 'NotFoundError';
}

/** Something that cannot be done now because of what is under way. */
export class ConflictError extends GraderError {
  override name = 'ConflictError';
}

/** Too much is asked for at once. */
export class BusyError extends GraderError {
  override name = 'BusyError';
}

/** The database, or a report file, cannot be read or written. */
export class StoreError extends GraderError {
  override name = 'StoreError';
}

/** Something that another service did not take. */
export class DeliveryError extends GraderError {
  override name = 'DeliveryError';
}

/** What went wrong at the model's endpoint, in our own words; adapters translate into these. */
export type ModelFailure =
  | 'authentication'
  | 'quota_exhausted'
  | 'not_found'
  | 'bad_request'
  | 'rate_limited'
  | 'overloaded'
  | 'timeout'
  | 'connection'
  | 'unreachable'
  | 'not_an_api'
  | 'over_budget'
  | 'claim_lost'
  | 'aborted';

/** A request to a model that brought no reply. */
export class ModelError extends GraderError {
  override name = 'ModelError';
  readonly failure: ModelFailure;
  /** How long the endpoint asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** What the headers say of the provider's limits. */
  readonly limits: RateLimits | undefined;

  constructor(
    failure: ModelFailure,
    text: Localized,
    options: { retryAfterMs?: number | undefined; limits?: RateLimits | undefined; cause?: unknown } = {},
  ) {
    super(text, options);
    this.failure = failure;
    this.retryAfterMs = options.retryAfterMs;
    this.limits = options.limits;
  }

  /** Failures that every further request would meet too: the run stops at once. */
  get stopsRun(): boolean {
    const stopping: ModelFailure[] = [
      'authentication',
      'quota_exhausted',
      'not_found',
      'not_an_api',
      'unreachable',
      'over_budget',
      'aborted',
    ];
    return stopping.includes(this.failure);
  }

  /** Failures that may pass by themselves. */
  get isPassing(): boolean {
    return ['rate_limited', 'overloaded', 'timeout', 'connection'].includes(this.failure);
  }
}
