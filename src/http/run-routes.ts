import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { GradingService } from '../app/grading-service.ts';
import { languageAsked } from './language.ts';
import { chapterParams, jsonBody, jsonReply, numberParams, problems, versioned } from './route-parts.ts';
import { runDocument } from './run-document.ts';
import { runEvents } from './run-events.ts';
import { estimateSchema, runOptionsSchema, runSchema } from './run-schemas.ts';
import type { AppSettings } from './settings.ts';

const runReply = versioned(runSchema);

const estimateRoute = createRoute({
  method: 'post',
  path: '/v1/chapters/{id}/estimate',
  summary: 'Reckon what a run would send and cost',
  request: { params: chapterParams, ...jsonBody(runOptionsSchema, false) },
  responses: { 200: jsonReply('The sums', versioned(estimateSchema)), ...problems('write', 'not_found') },
});

const startRoute = createRoute({
  method: 'post',
  path: '/v1/chapters/{id}/runs',
  summary: 'Grade a chapter',
  description: 'Runs are made one after the other and go on when the service is started again.',
  request: { params: chapterParams, ...jsonBody(runOptionsSchema, false) },
  responses: {
    202: {
      ...jsonReply('The run, which goes on by itself', runReply),
      headers: z.object({ Location: z.string().openapi({ description: 'where the run is found' }) }),
    },
    ...problems('write', 'not_found', 'conflict', 'busy'),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/v1/chapters/{id}/runs',
  summary: 'List the runs of a chapter',
  request: { params: chapterParams },
  responses: {
    200: jsonReply(
      'The last runs, newest first',
      z.object({ schemaVersion: z.literal(1), runs: z.array(runSchema) }),
    ),
    ...problems('read', 'not_found'),
  },
});

const runRoute = createRoute({
  method: 'get',
  path: '/v1/runs/{id}',
  summary: 'Show how far a run is',
  request: { params: numberParams },
  responses: { 200: jsonReply('The run', runReply), ...problems('read', 'not_found') },
});

const stopRoute = createRoute({
  method: 'post',
  path: '/v1/runs/{id}/stop',
  summary: 'Stop a run',
  description: 'Requests in flight may still finish; what was graded stays.',
  request: { params: numberParams },
  responses: { 202: jsonReply('The run', runReply), ...problems('write', 'not_found', 'conflict') },
});

const eventsRoute = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/events',
  summary: 'Watch a run',
  description:
    'Server-sent events: at once an event `run` whose data is the run, then one whenever it has changed, at most ' +
    'five a second. The stream ends after the final state.',
  request: { params: numberParams },
  responses: {
    200: { description: 'The events', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems('read', 'not_found'),
  },
});

/** Runs: asking for them, watching and stopping them. */
export function runRoutes(service: GradingService, settings: AppSettings): OpenAPIHono {
  return new OpenAPIHono()
    .openapi(estimateRoute, async (context) => {
      const estimate = await service.estimate(context.req.valid('param').id, context.req.valid('json'));
      return context.json({ schemaVersion: 1, ...estimate }, 200);
    })
    .openapi(startRoute, async (context) => {
      const run = await service.startRun(context.req.valid('param').id, context.req.valid('json'));
      const document = runDocument(run, languageAsked(context, settings.language));
      return context.json({ schemaVersion: 1, ...document }, 202, { Location: `/v1/runs/${run.id}` });
    })
    .openapi(listRoute, async (context) => {
      const language = languageAsked(context, settings.language);
      const runs = await service.runs(context.req.valid('param').id);
      return context.json({ schemaVersion: 1, runs: runs.map((run) => runDocument(run, language)) }, 200);
    })
    .openapi(runRoute, async (context) => {
      const run = await service.run(context.req.valid('param').id);
      const document = runDocument(run, languageAsked(context, settings.language));
      return context.json({ schemaVersion: 1, ...document }, 200);
    })
    .openapi(stopRoute, async (context) => {
      const run = await service.stopRun(context.req.valid('param').id);
      const document = runDocument(run, languageAsked(context, settings.language));
      return context.json({ schemaVersion: 1, ...document }, 202);
    })
    .openapi(eventsRoute, (context) => runEvents(context, service, context.req.valid('param').id, settings));
}
