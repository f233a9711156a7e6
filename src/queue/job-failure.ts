import { z } from 'zod';
import { GraderError, StoreError } from '../core/errors.ts';

/** What is kept of a failure: nothing of what came with it, which may name people. */
export interface KeptFailure {
  message: string;
  /** For a person; null for a fault of ours. */
  text: { ko: string; en: string } | null;
}

const keptFailure = z.object({
  message: z.string(),
  text: z.object({ ko: z.string(), en: z.string() }).nullable(),
});

/** What is kept of an error. */
export function kept(error: unknown): KeptFailure {
  return {
    message: error instanceof Error ? error.message : String(error),
    text: error instanceof GraderError ? error.text : null,
  };
}

/**
 * The error that something was kept of.
 * @param output as it was stored with a job; of another form when nobody was left to store a failure
 */
export function failureFrom(output: unknown): Error {
  const { data } = keptFailure.safeParse(output);
  if (data?.text) return new GraderError(data.text);
  if (data) return new Error(data.message);
  return new StoreError({
    ko: '이 일을 맡은 일꾼이 매번 끝나거나 데이터베이스와 끊어져서 그만두었습니다. 일꾼과 데이터베이스를 살펴보고 다시 실행하세요.',
    en: 'this was given up since each worker that did it ended or lost the database; look at the workers and the database, then run it again.',
  });
}
