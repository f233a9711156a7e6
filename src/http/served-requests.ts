import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { AppSettings } from './settings.ts';

const usualMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** What a parameter must look like stands in braces behind its name. */
const formOfParameter = /\{[^/]*\}(?=\/|$)/gu;
const numbers = new WeakMap<Context['req']['raw'], string>();

/** The number that a request is logged under; one of its own where it is not logged. */
export function requestId({ req }: Context): string {
  const known = numbers.get(req.raw);
  if (known !== undefined) return known;
  const id = randomUUID().slice(0, 8);
  numbers.set(req.raw, id);
  return id;
}

/** The pattern that a request's path fits: never the path, which names chapters and may be anything. */
function routeOf(context: Context): string {
  // Guards stand before routes and take every method.
  const route = matchedRoutes(context).findLast(({ method }) => method !== 'ALL');
  return route?.path.replaceAll(formOfParameter, '') ?? 'none';
}

/** Tells of every request when its reply begins; what streams from then on is not waited for. */
export function noteServed({ onServed, now }: Pick<AppSettings, 'onServed' | 'now'>): MiddlewareHandler {
  return async (context, next) => {
    const begun = now();
    const id = requestId(context);
    await next();
    const method = usualMethods.includes(context.req.method) ? context.req.method : 'other';
    const seconds = (now() - begun) / 1000;
    onServed({ method, route: routeOf(context), status: context.res.status, seconds }, id);
  };
}
