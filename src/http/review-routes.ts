import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { GradingService } from '../app/grading-service.ts';
import type { Decision } from '../app/review.ts';
import { decisionLimits } from './decision-limits.ts';
import { numberedGradeSchema } from './grade-schemas.ts';
import { languageAsked } from './language.ts';
import { HttpProblem } from './problem.ts';
import { jsonBody, jsonReply, numberParams, problems } from './route-parts.ts';
import type { AppSettings } from './settings.ts';
import { valueTexts } from './value-texts.ts';

const by = z.string().trim().min(1).max(decisionLimits.by).openapi({ description: 'who decides' });
const reason = z.string().trim().min(1).max(decisionLimits.reason);

const decisionSchema = z
  .strictObject({
    score: z.number().min(0).max(100).optional(),
    levels: z
      .record(z.string().max(100), z.string().max(100))
      .optional()
      .openapi({ description: "level by criterion; the machine's stand where none is given" }),
    reason,
    by,
  })
  .refine(({ score, levels }) => (score === undefined) !== (levels === undefined), valueTexts.oneDecision.en)
  .openapi({ oneOf: [{ required: ['score'] }, { required: ['levels'] }] });

function decisionIn({ score, levels = {} }: z.output<typeof decisionSchema>): Decision {
  return score === undefined ? { levels } : { score };
}

const gradeReply = z.object({ schemaVersion: z.literal(1), grade: numberedGradeSchema });

const decideRoute = createRoute({
  method: 'put',
  path: '/v1/grades/{id}/review',
  summary: "Put a person's decision in the place of the machine's",
  request: { params: numberParams, ...jsonBody(decisionSchema) },
  responses: {
    200: jsonReply('The grade as it stands then', gradeReply),
    ...problems('write', 'not_found', 'conflict'),
  },
});

const clearRoute = createRoute({
  method: 'delete',
  path: '/v1/grades/{id}/review',
  summary: "Take a person's decision back",
  description: 'Who does it stands in the body or, for clients that send none, in the address.',
  request: {
    params: numberParams,
    query: z.strictObject({ by: by.optional(), reason: reason.optional() }),
    ...jsonBody(z.strictObject({ by: by.optional(), reason: reason.optional() }), false),
  },
  responses: {
    200: jsonReply('The grade as it stands then', gradeReply),
    ...problems('write', 'not_found', 'conflict'),
  },
});

/** People's decisions on grades. */
export function reviewRoutes(service: GradingService, settings: AppSettings): OpenAPIHono {
  return new OpenAPIHono()
    .openapi(decideRoute, async (context) => {
      const sent = context.req.valid('json');
      const { id } = context.req.valid('param');
      const grade = await service.review(id, decisionIn(sent), { by: sent.by, reason: sent.reason });
      return context.json({ schemaVersion: 1, grade }, 200);
    })
    .openapi(clearRoute, async (context) => {
      const given = { ...context.req.valid('query'), ...context.req.valid('json') };
      if (given.by === undefined) {
        const message = valueTexts.missing[languageAsked(context, settings.language)];
        throw new HttpProblem('invalid', { errors: [{ pointer: '/by', message }] });
      }
      const { id } = context.req.valid('param');
      const grade = await service.clearReview(id, { by: given.by, reason: given.reason ?? '' });
      return context.json({ schemaVersion: 1, grade }, 200);
    });
}
