import { z } from '@hono/zod-openapi';
import type { Progress } from '../app/grade-chapter.ts';
import type { RunEstimate } from '../app/grading-service.ts';
import { languages } from '../core/localized.ts';
import type { RunOptions, RunTotals } from '../core/requested-run.ts';
import { orNull, usageSchema } from './grade-schemas.ts';
import { valueTexts } from './value-texts.ts';

export const feedbackLanguage = z
  .enum(languages)
  .optional()
  .openapi({
    description:
      "language of the feedback; when left out, the rubric's or else that of the questions and model answers, whatever " +
      'Accept-Language says',
  });

export const runOptionsSchema = z
  .strictObject({
    judge: z.enum(['auto', 'llm', 'offline']).optional(),
    rubric: z
      .string()
      .min(1)
      .max(200)
      // Without flags, which the description could not tell.
      .regex(/^[^/\\]+$/, valueTexts.noFolders.en)
      .optional()
      .openapi({ description: 'name of a rubric, as /v1/rubrics lists them' }),
    language: feedbackLanguage,
    member: z.string().min(1).max(200).optional(),
    question: z.int().positive().optional(),
    fresh: z.boolean().optional(),
    maxCostUsd: z.number().positive().optional().openapi({ description: 'US dollars' }),
    modelRequestsPerMinute: z
      .number()
      .min(1)
      .optional()
      .openapi({ description: 'requests to models a minute, over all workers' }),
  })
  .openapi('RunOptions') satisfies z.ZodType<RunOptions>;

export const estimateSchema = z.object({
  judge: z.enum(['llm', 'offline']),
  models: z.array(z.string()),
  rubric: z.string(),
  attempts: z.int(),
  settled: z.int(),
  requests: z.int(),
  kept: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costUsd: z.number().nullable(),
  mostCostUsd: z.number().nullable(),
}) satisfies z.ZodType<RunEstimate>;

const totalsSchema = z
  .object({
    ...usageSchema.shape,
    attempts: z.int(),
    graded: z.int(),
    ungraded: z.int(),
    notAttempted: z.int(),
    needsReview: z.int(),
  })
  .openapi('RunTotals') satisfies z.ZodType<RunTotals>;

const progressSchema = z
  .object({ done: z.int(), total: z.int(), spent: usageSchema })
  .openapi('Progress') satisfies z.ZodType<Progress>;

export const runSchema = z
  .object({
    id: z.int(),
    chapter: z.string(),
    options: runOptionsSchema.extend({
      models: z.array(z.string()).readonly().optional(),
      rubricHash: z.string().optional(),
    }),
    state: z.enum(['queued', 'running', 'finished', 'stopped', 'failed']),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    totals: orNull(totalsSchema),
    progress: orNull(progressSchema).openapi({
      description: 'null while it waits and once it has ended',
    }),
    failure: z.string().nullable().openapi({ description: 'what stopped it, when it was not a person' }),
  })
  .openapi('Run');
