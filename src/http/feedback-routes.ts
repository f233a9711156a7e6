import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { FeedbackRequest, GradingService } from '../app/grading-service.ts';
import { gradeSchema } from './grade-schemas.ts';
import { HttpProblem } from './problem.ts';
import { jsonBody, jsonReply, problems } from './route-parts.ts';
import { feedbackLanguage } from './run-schemas.ts';
import type { AppSettings } from './settings.ts';

const text = z.string().max(100_000);
const answer = text.openapi({ description: 'what was written; may be empty' });

const feedbackRequestSchema = z.union([
  z.strictObject({
    question: text.min(1),
    modelAnswer: text.min(1),
    answer,
    language: feedbackLanguage,
  }),
  z.strictObject({
    chapter: z.string().min(1).max(200).openapi({ description: "a chapter's id" }),
    question: z.int().positive(),
    answer,
    language: feedbackLanguage,
  }),
]) satisfies z.ZodType<FeedbackRequest>;

const feedbackRoute = createRoute({
  method: 'post',
  path: '/v1/feedback',
  summary: 'Grade one answer',
  description:
    'Nothing of it goes on a scoreboard. An answer that could not be graded is a grade as well, with the state ' +
    '`ungraded`. A client that goes away ends its question to the model.',
  request: jsonBody(feedbackRequestSchema),
  responses: {
    200: jsonReply('The grade', z.object({ schemaVersion: z.literal(1), grade: gradeSchema })),
    ...problems('write', 'not_found', 'model_failed', 'model_busy', 'model_timeout', 'busy'),
  },
});

/** Feedback on one answer. */
export function feedbackRoutes(service: GradingService, settings: AppSettings): OpenAPIHono {
  return new OpenAPIHono().openapi(feedbackRoute, async (context) => {
    const limit = AbortSignal.timeout(settings.times.feedback);
    const signal = AbortSignal.any([context.req.raw.signal, limit]);
    try {
      const grade = await service.feedback(context.req.valid('json'), signal);
      return context.json({ schemaVersion: 1 as const, grade }, 200);
    } catch (error) {
      throw limit.aborted ? new HttpProblem('took_too_long', { cause: error }) : error;
    }
  });
}
