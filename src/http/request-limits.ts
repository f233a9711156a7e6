import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import { HttpProblem } from './problem.ts';

const usualBodyBytes = 1_000_000;
const uploadPaths = ['/chapters', '/v1/chapters'];

/** A limit that tells itself to whoever meets it. */
function limitTo(maxSize: number): MiddlewareHandler {
  const megabytes = maxSize / 1_000_000;
  const text = {
    ko: `보낸 내용이 너무 큽니다. 여기서는 ${megabytes}MB까지 받습니다.`,
    en: `what was sent is too large; here ${megabytes} MB are taken at most.`,
  };
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new HttpProblem('too_large', { text });
    },
  });
}

/** Refuses bodies that are too long; documents may be longer than other bodies. */
export function limitBodies(maxUploadBytes: number): MiddlewareHandler {
  const upload = limitTo(maxUploadBytes);
  const usual = limitTo(usualBodyBytes);
  const isUpload = ({ req }: Context) => req.method === 'POST' && uploadPaths.includes(req.path);
  return (context, next) => (isUpload(context) ? upload : usual)(context, next);
}

/**
 * Gives requests up whose reply does not begin in time. Feedback has a limit of its own, which also ends its
 * question to the model.
 * @param most milliseconds
 */
export function limitTime(most: number): MiddlewareHandler {
  const limit = timeout(most, new HTTPException(504));
  return (context, next) => (context.req.path === '/v1/feedback' ? next() : limit(context, next));
}
