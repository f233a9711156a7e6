import { OpenAPIHono } from '@hono/zod-openapi';
import { HttpProblem, problemOf, problemResponse } from './problem.ts';
import { onlyForHosts } from './request-guards.ts';
import { signOfLifeRoutes } from './service-routes.ts';
import type { AppSettings } from './settings.ts';

/** Metrics as they are read. */
export interface MetricsText {
  text(): Promise<string>;
  contentType: string;
}

export type OperatorSettings = Pick<
  AppSettings,
  'version' | 'log' | 'language' | 'isReady' | 'stopped' | 'times'
> & {
  /** Names that a Host header may bear; null for any. */
  hosts: readonly string[] | null;
};

/**
 * What only the operator of the program sees: `/metrics` for Prometheus, and `/healthz` and `/readyz` for watchers of a
 * worker, which has no other address.
 *
 * It is an app of its own, to be put at an address of its own, because metrics tell of all groups together: a group's
 * token must not open them, and a token of the operator's on the groups' side would be one more secret to lose, at an
 * address that proxies pass on to the network. Who may come in here is decided by who can reach the address: this
 * machine alone, unless the operator says otherwise. That is how Prometheus is used, which asks without credentials.
 */
export function createOperatorApp(metrics: MetricsText, settings: OperatorSettings): OpenAPIHono {
  const { hosts, log, language } = settings;
  const app = new OpenAPIHono();
  app.onError((error, context) => problemResponse(context, problemOf(error, log), language));
  app.notFound((context) => problemResponse(context, new HttpProblem('not_found'), language));
  if (hosts !== null) app.use(onlyForHosts(hosts));
  app.route('/', signOfLifeRoutes(settings));
  app.get('/metrics', async (context) =>
    context.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }),
  );
  return app;
}
