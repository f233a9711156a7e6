import type { z } from '@hono/zod-openapi';
import type { ServiceRun } from '../app/grading-service.ts';
import type { Language } from '../core/localized.ts';
import type { runSchema } from './run-schemas.ts';

/** A run as the API shows it: what stopped it in one language. */
export function runDocument(run: ServiceRun, language: Language): z.input<typeof runSchema> {
  const { isStopAsked: _, spent: __, ...shown } = run;
  return { ...shown, failure: run.failure?.[language] ?? null };
}
