import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { sessionOf } from '../app/group-tokens.ts';
import type { Access, GroupLetIn } from './access.ts';
import { HttpProblem } from './problem.ts';
import { isForPrograms } from './request-guards.ts';
import { sessionCookie } from './settings.ts';

/** What is known of a request once it was let in. */
export interface GroupEnv {
  Bindings: object;
  Variables: {
    /** The group it belongs to; missing before it is let in. */
    group?: GroupLetIn;
    /** Whether it would be let in there now as well. */
    isStillIn?: () => Promise<boolean>;
  };
}

/**
 * What everybody may see: signs of life, how to sign in, and the description of the interface, which is the same
 * everywhere and tells nothing of what is kept here.
 */
const open = /^\/(?:healthz|readyz|openapi\.json|login|assets\/.*)$/u;

function sessionsIn(context: Context): string[] {
  const token = /^Bearer +(\S+) *$/iu.exec(context.req.header('authorization') ?? '')?.[1];
  const cookie = getCookie(context, sessionCookie);
  return [token === undefined ? undefined : sessionOf(token), cookie].filter((known) => known !== undefined);
}

/**
 * Lets in who sends a token as a bearer's, or the cookie that the login page sets, and notes whose it is. Programs are
 * refused, people sent to the login page, in the same words whatever is wrong with what they sent.
 */
export function onlyWithToken(access: Access): MiddlewareHandler<GroupEnv> {
  return async (context, next) => {
    const { path } = context.req;
    if (open.test(path)) return next();
    const sessions = sessionsIn(context);
    const group = await access.groupOf(sessions);
    if (group !== null) {
      context.set('group', group);
      context.set('isStillIn', async () => (await access.groupOf(sessions))?.id === group.id);
      return next();
    }
    if (!isForPrograms(path)) return context.redirect('/login', 303);
    throw new HttpProblem('not_signed_in', {
      headers: { 'WWW-Authenticate': 'Bearer realm="answer-grader"' },
    });
  };
}
