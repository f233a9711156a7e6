import { z } from '@hono/zod-openapi';
import type { GradeInFull } from '../app/grading-service.ts';
import type { Grade, ScoredCriterion, Usage } from '../core/grade.ts';
import type { Review } from '../core/review.ts';

/** Not by `nullable`, which the description would take for a property of the named schema itself. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}

const score = z.number().min(0).max(100).nullable().openapi({ description: '0 to 100; null when ungraded' });
const levels = z.record(z.string(), z.string()).openapi({ description: 'level by criterion' });
const attempt = z.enum(['first', 'revised']);
const state = z.enum(['graded', 'ungraded', 'not_attempted']);
const stale = z.array(z.enum(['answer', 'model_answer', 'rubric']));

export const usageSchema = z
  .object({
    requests: z.int(),
    inputTokens: z.int(),
    cachedInputTokens: z.int(),
    outputTokens: z.int(),
    costUsd: z
      .number()
      .nullable()
      .openapi({ description: "US dollars; null when the model's price is unknown" }),
  })
  .openapi('Usage') satisfies z.ZodType<Usage>;

const criterionSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    level: z.string(),
    levelName: z.string(),
    points: z.number(),
    maxPoints: z.number(),
    reason: z.string(),
    evidence: z.array(z.string()),
    evidenceVerified: z.boolean(),
  })
  .openapi('ScoredCriterion') satisfies z.ZodType<ScoredCriterion>;

const overrideSchema = z
  .object({
    score: z.number(),
    levels,
    reason: z.string(),
    by: z.string(),
    at: z.string(),
    stale,
    machine: z.object({
      state,
      score,
      criteria: z.array(criterionSchema),
      keyPoints: z.array(criterionSchema),
    }),
  })
  .openapi('Override', { description: "a person's decision that stands in place of the machine's" });

const feedbackSchema = z
  .object({
    summary: z.string(),
    strengths: z.array(z.string()),
    improvements: z.array(z.string()),
    nextStep: z.string(),
  })
  .openapi('Feedback');

const judgeSchema = z
  .object({
    kind: z.enum(['llm', 'offline', 'triage']),
    models: z.array(z.string()),
    asked: z.array(z.string()),
    samples: z.int(),
    promptVersion: z.string(),
    rubricHash: z.string(),
  })
  .openapi('JudgeRecord');

const ungradedReason = z.enum([
  'not_gradable',
  'no_reference',
  'awaiting_review',
  'truncated',
  'refused',
  'filtered',
  'malformed_reply',
  'request_failed',
  'awaiting_reply',
  'stopped',
]);

const plainGradeSchema = z.object({
  chapter: z.string(),
  member: z.string(),
  question: z.int(),
  attempt,
  state,
  score,
  ungradedReason: orNull(ungradedReason),
  ungradedDetail: z.string().nullable(),
  criteria: z.array(criterionSchema),
  keyPoints: z.array(criterionSchema),
  feedback: orNull(feedbackSchema),
  flags: z.array(z.string()),
  needsReview: z.boolean(),
  reviewReasons: z.array(z.string()),
  similarTo: z.array(z.string()),
  opinions: z.array(z.object({ model: z.string(), sample: z.int(), score, levels })),
  spread: z.number().nullable(),
  stale,
  override: orNull(overrideSchema),
  judge: judgeSchema,
  usage: usageSchema,
  answerHash: z.string(),
  referenceHash: z.string(),
  criteriaHash: z.string(),
  gradedAt: z.string(),
});

export const gradeSchema = plainGradeSchema.openapi('Grade') satisfies z.ZodType<Grade>;

export const numberedGradeSchema = plainGradeSchema
  .extend({ id: z.int().openapi({ description: 'the number to ask for it again by' }) })
  .openapi('NumberedGrade') satisfies z.ZodType<GradeInFull['grade']>;

const reviewSchema = z
  .object({
    chapter: z.string(),
    member: z.string(),
    question: z.int(),
    attempt,
    action: z.enum(['set', 'clear']),
    score,
    levels,
    criteria: z.array(criterionSchema),
    keyPoints: z.array(criterionSchema),
    reason: z.string(),
    by: z.string(),
    at: z.string(),
    answerHash: z.string(),
    referenceHash: z.string(),
    criteriaHash: z.string(),
  })
  .openapi('Review') satisfies z.ZodType<Review>;

const localized = z.object({ ko: z.string(), en: z.string() });

const choiceSchema = z.object({
  id: z.string(),
  kind: z.enum(['key_point', 'coverage', 'general']),
  name: localized,
  description: z.string(),
  maxPoints: z.number(),
  levels: z.array(z.object({ id: z.string(), share: z.number(), name: localized, description: z.string() })),
});

export const gradeInFullSchema = z.object({
  chapter: z.object({ id: z.string(), title: z.string() }),
  grade: numberedGradeSchema,
  question: z.string(),
  modelAnswer: z.string().nullable(),
  answer: z.string(),
  criteria: z.array(choiceSchema),
  history: z.array(reviewSchema),
}) satisfies z.ZodType<GradeInFull>;
