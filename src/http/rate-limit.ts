import type { Context, MiddlewareHandler } from 'hono';
import { HttpProblem } from './problem.ts';
import { isSignOfLife } from './request-guards.ts';
import type { GroupEnv } from './token-guard.ts';

const minute = 60_000;
const mostAddresses = 10_000;

/**
 * Counts requests by address, or by another name. Each has a bucket of a minute's requests that fills up again evenly; it is
 * kept as the time at which it will be full, and the addresses that were not heard of for longest are forgotten.
 * @param now milliseconds on a clock that never goes back
 * @returns how long an address has to wait in milliseconds; 0 where the request is counted and may go on
 */
export function createRateLimit(
  perMinute: number,
  now: () => number,
  most = mostAddresses,
): (address: string) => number {
  const fullAt = new Map<string, number>();
  const each = minute / perMinute;
  return (address) => {
    const time = now();
    const full = Math.max(fullAt.get(address) ?? time, time) + each;
    const wait = full - time - minute;
    // Times add up with rounding errors far below a millisecond.
    if (wait > 0.001) return wait;
    fullAt.delete(address);
    fullAt.set(address, full);
    const [longestAgo] = fullAt.size > most ? fullAt.keys() : [];
    if (longestAgo !== undefined) fullAt.delete(longestAgo);
    return 0;
  };
}

function refuse(wait: number): void {
  if (wait <= 0) return;
  const headers = { 'Retry-After': String(Math.ceil(wait / 1000)) };
  throw new HttpProblem('too_many_requests', { headers });
}

/** Refuses an address that sends more than its share; a sign of life may always be asked for. */
export function limitRate(
  perMinute: number | null,
  now: () => number,
  addressOf: (context: Context) => string,
): MiddlewareHandler {
  if (perMinute === null) return (_context, next) => next();
  const waitFor = createRateLimit(perMinute, now);
  return async (context, next) => {
    const wait = isSignOfLife(context.req.path) ? 0 : waitFor(addressOf(context));
    refuse(wait);
    await next();
  };
}

/** So many busy addresses may a group have before all of its people have to wait, so that not a single one can bring it there. */
const busyAddresses = 5;

/**
 * Refuses requests of a group that sends more than its share from any number of addresses, so that its rush leaves
 * others their turn.
 * @param perMinute of one address
 */
export function limitGroupRate(perMinute: number | null, now: () => number): MiddlewareHandler<GroupEnv> {
  if (perMinute === null) return (_context, next) => next();
  const waitFor = createRateLimit(perMinute * busyAddresses, now);
  return async (context, next) => {
    const group = context.get('group');
    if (group !== undefined) refuse(waitFor(String(group.id)));
    await next();
  };
}
