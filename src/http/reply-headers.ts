import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** What browsers may do with replies. A route that sets a policy of its own keeps it. */
export const securityHeaders: MiddlewareHandler = secureHeaders({
  overwrite: false,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  // Whether there is TLS is for the proxy in front to say.
  strictTransportSecurity: false,
});

/** Nothing of what members wrote stays in a cache; only what is the same for everybody may. */
export const storeNothing: MiddlewareHandler = async (context, next) => {
  await next();
  if (!context.req.path.startsWith('/assets/')) context.header('Cache-Control', 'no-store');
};
