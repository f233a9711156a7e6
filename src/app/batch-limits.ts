import { setImmediate as breathe } from 'node:timers/promises';

/** How much may be handed over. */
export interface SpendingLimits {
  /** Requests. */
  maxRequests?: number | undefined;
  /** US dollars, if every reply took all the room it is given. */
  maxCostUsd?: number | undefined;
}

export interface Affordable<T> {
  within: T[];
  /** How many there is no room for. */
  leftOut: number;
  /** What those within can cost at most, US dollars; null when that was not reckoned. */
  mostCostUsd: number | null;
}

/** How much is reckoned at a stretch before others, such as the sign that this run is alive, get their turn. */
const stretch = 100;

/**
 * The first of some requests that keep within limits, in their order.
 * @param mostCostOf what a request can cost at most, US dollars; null when nobody wants to know
 */
export async function withinLimits<T>(
  requests: readonly T[],
  mostCostOf: ((request: T) => number) | null,
  { maxRequests = Number.POSITIVE_INFINITY, maxCostUsd = Number.POSITIVE_INFINITY }: SpendingLimits,
): Promise<Affordable<T>> {
  const within: T[] = [];
  let cost = 0;
  for (const request of requests) {
    if (within.length >= maxRequests) break;
    if (within.length % stretch === stretch - 1) await breathe();
    const more = mostCostOf?.(request) ?? 0;
    if (cost + more > maxCostUsd) break;
    cost += more;
    within.push(request);
  }
  return {
    within,
    leftOut: requests.length - within.length,
    mostCostUsd: mostCostOf === null ? null : cost,
  };
}
