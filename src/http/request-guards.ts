import type { Context, MiddlewareHandler } from 'hono';
import { HttpProblem } from './problem.ts';

/** Whether a path belongs to programs, which get problems and no pages. */
export function isForPrograms(path: string): boolean {
  return /^\/(?:v1(?:\/.*)?|healthz|readyz|openapi\.json)$/su.test(path);
}

/** Whether a path tells watchers how the service is, and nothing else: they ask often, and by bare address. */
export function isSignOfLife(path: string): boolean {
  return path === '/healthz' || path === '/readyz';
}

const control = /\p{Cc}/u;

/** Refuses addresses whose percent-encoding is no text, or hides control characters. */
export const refuseMalformedAddresses: MiddlewareHandler = async (context, next) => {
  const { pathname, search } = new URL(context.req.url);
  try {
    if (control.test(decodeURIComponent(pathname))) throw new HttpProblem('malformed_address');
    decodeURIComponent(search);
  } catch (error) {
    throw error instanceof HttpProblem ? error : new HttpProblem('malformed_address', { cause: error });
  }
  await next();
};

/** Name and port that a request was sent to, as a browser writes them. */
function hostOf({ req }: Context): string {
  return req.header('host')?.toLowerCase() ?? new URL(req.url).host;
}

/** A host's name without its port; null where it is no host. */
function nameIn(host: string): string | null {
  const url = URL.parse(`http://${host}`);
  return url === null || url.pathname !== '/' || url.username !== '' ? null : url.hostname;
}

/**
 * Answers under known names only, so that no other site can get in by pointing a name of its own here (DNS
 * rebinding). Only signs of life are given to everybody, since watchers often ask by bare address.
 * @param names without port, in small letters
 */
export function onlyForHosts(names: readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    const name = nameIn(hostOf(context));
    const isKnown = name !== null && names.includes(name);
    if (!isKnown && !isSignOfLife(context.req.path)) throw new HttpProblem('wrong_host');
    await next();
  };
}

/** Whether the browser says that a page of this very service sends the request; other clients say nothing. */
function isOwn(context: Context): boolean {
  const { req } = context;
  const site = req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = req.header('origin');
  if (origin === undefined) return true;
  const url = URL.parse(origin);
  // Not by scheme: behind a proxy that speaks TLS it is not the one that arrives here.
  return url !== null && url.host === URL.parse(`${url.protocol}//${hostOf(context)}`)?.host;
}

/** Lets no other site's page change anything here. */
export const refuseForeignOrigins: MiddlewareHandler = async (context, next) => {
  const isReading = context.req.method === 'GET' || context.req.method === 'HEAD';
  if (!isReading && !isOwn(context)) throw new HttpProblem('foreign_origin');
  await next();
};
