import { createThrottle } from '../../src/judge/throttle.ts';

/** So many requests in flight, and nobody waits. */
export function openThrottle(most: number) {
  return createThrottle({ most, now: () => 0, wait: () => Promise.resolve() });
}
