import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { GradingService } from '../app/grading-service.ts';
import { scoreboardDocument } from '../app/scoreboard-document.ts';
import { jsonPieces } from '../reports/json-pieces.ts';
import { chapterNameSchema, scoreboardRowSchema } from './chapter-schemas.ts';
import { gradeInFullSchema, numberedGradeSchema } from './grade-schemas.ts';
import {
  chapterParams,
  jsonReply,
  jsonStreamReply,
  numberParams,
  problems,
  versioned,
} from './route-parts.ts';
import type { AppSettings } from './settings.ts';
import { streamed } from './streamed.ts';

const gradesRoute = createRoute({
  method: 'get',
  path: '/v1/chapters/{id}/grades',
  summary: "A chapter's grades as they stand",
  request: { params: chapterParams },
  responses: {
    200: jsonStreamReply(
      'The grades and the scoreboard',
      z.object({
        schemaVersion: z.literal(1),
        chapter: chapterNameSchema,
        grades: z.array(numberedGradeSchema),
        scoreboard: z.array(scoreboardRowSchema),
      }),
    ),
    ...problems('read', 'not_found', 'invalid'),
  },
});

const scoreboardReply = z.object({
  schemaVersion: z.literal(1),
  chapters: z.array(chapterNameSchema),
  scoreboard: z.array(scoreboardRowSchema),
  judge: z.object({ kinds: z.array(z.enum(['llm', 'offline'])), models: z.array(z.string()) }),
});

const chapterScoreboardRoute = createRoute({
  method: 'get',
  path: '/v1/chapters/{id}/scoreboard',
  summary: "A chapter's scoreboard",
  request: { params: chapterParams },
  responses: {
    200: jsonReply('The members, best first', scoreboardReply),
    ...problems('read', 'not_found', 'invalid'),
  },
});

const scoreboardRoute = createRoute({
  method: 'get',
  path: '/v1/scoreboard',
  summary: 'The scoreboard over everything graded',
  responses: {
    200: jsonReply('The members, best first', scoreboardReply),
    ...problems('read', 'not_found', 'invalid'),
  },
});

const queueRoute = createRoute({
  method: 'get',
  path: '/v1/chapters/{id}/review',
  summary: 'Grades that a person should look at',
  request: { params: chapterParams },
  responses: {
    200: jsonReply(
      'The most doubtful first, then those that were decided',
      z.object({ schemaVersion: z.literal(1), grades: z.array(numberedGradeSchema) }),
    ),
    ...problems('read', 'not_found', 'invalid'),
  },
});

const gradeRoute = createRoute({
  method: 'get',
  path: '/v1/grades/{id}',
  summary: 'A grade with everything about it',
  request: { params: numberParams },
  responses: { 200: jsonReply('The grade', versioned(gradeInFullSchema)), ...problems('read', 'not_found') },
});

/** What came of grading: grades, scoreboards, and what to look at. */
export function gradeRoutes(service: GradingService, { log }: AppSettings): OpenAPIHono {
  return new OpenAPIHono()
    .openapi(gradesRoute, async (context) => {
      const { chapter, grades, scoreboard } = await service.grades(context.req.valid('param').id);
      const pieces = jsonPieces({ schemaVersion: 1, chapter, grades, scoreboard });
      return context.body(await streamed(pieces, log), 200, { 'Content-Type': 'application/json' });
    })
    .openapi(chapterScoreboardRoute, async (context) => {
      const scoreboard = await service.scoreboard([context.req.valid('param').id]);
      return context.json({ schemaVersion: 1, ...scoreboardDocument(scoreboard) }, 200);
    })
    .openapi(scoreboardRoute, async (context) => {
      const scoreboard = await service.scoreboard([]);
      return context.json({ schemaVersion: 1, ...scoreboardDocument(scoreboard) }, 200);
    })
    .openapi(queueRoute, async (context) => {
      const grades = await service.reviewQueue(context.req.valid('param').id);
      return context.json({ schemaVersion: 1, grades }, 200);
    })
    .openapi(gradeRoute, async (context) => {
      const grade = await service.grade(context.req.valid('param').id);
      return context.json({ schemaVersion: 1, ...grade }, 200);
    });
}
