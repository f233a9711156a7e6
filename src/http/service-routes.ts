import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { HttpProblem } from './problem.ts';
import { createReadiness } from './readiness.ts';
import { jsonReply, problems } from './route-parts.ts';
import type { AppSettings } from './settings.ts';

const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'A sign of life',
  security: [],
  responses: {
    200: jsonReply('The service answers', z.object({ status: z.literal('ok'), version: z.string() })),
    ...problems('open'),
  },
});

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether requests may be sent here',
  description:
    'Ready is a service whose database answers within a second and has the form that this version knows, and that is ' +
    'not about to stop.',
  security: [],
  responses: {
    200: jsonReply('The service is ready', z.object({ status: z.literal('ready') })),
    ...problems('open', 'not_ready'),
  },
});

const descriptionRoute = createRoute({
  method: 'get',
  path: '/openapi.json',
  summary: 'This description',
  security: [],
  responses: {
    200: jsonReply('OpenAPI 3.1', z.looseObject({})),
    ...problems('open', 'wrong_host', 'too_many_requests'),
  },
});

/** How the service is, for watchers that anybody may be. */
export function signOfLifeRoutes({
  version,
  isReady,
  stopped,
  times,
}: Pick<AppSettings, 'version' | 'isReady' | 'stopped' | 'times'>): OpenAPIHono {
  const readiness = createReadiness(isReady, stopped, times.ready);
  return new OpenAPIHono()
    .openapi(healthRoute, (context) => context.json({ status: 'ok' as const, version }, 200))
    .openapi(readyRoute, async (context) => {
      if (!(await readiness())) throw new HttpProblem('not_ready');
      return context.json({ status: 'ready' as const }, 200);
    });
}

/** @param describe the description of all routes */
export function descriptionRoutes(describe: () => object): OpenAPIHono {
  return new OpenAPIHono().openapi(descriptionRoute, (context) => context.json({ ...describe() }, 200));
}
