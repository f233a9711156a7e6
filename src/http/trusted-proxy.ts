import type { Context } from 'hono';
import { remoteAddress } from './listen.ts';

/** The last item of a header that each proxy on the way adds to: what the nearest one says. */
function lastIn(context: Context, header: string): string {
  return context.req.header(header)?.split(',').at(-1)?.trim() ?? '';
}

/** The address that the proxy in front of the service got a request from; the proxy's own where it does not say. */
export function forwardedAddress(context: Context): string {
  return lastIn(context, 'x-forwarded-for') || remoteAddress(context);
}

/** Whether the proxy in front of the service got a request by TLS. */
export function wasForwardedFromTls(context: Context): boolean {
  return lastIn(context, 'x-forwarded-proto').toLowerCase() === 'https';
}
