import { seededRandom } from './random.ts';

/** What the loopback model does to requests besides answering them. */
export type Policy =
  | { kind: 'none' }
  /** Shares from 0 to 1, drawn anew for every request, tries again included. */
  | { kind: 'faults'; seed: number; error500: number; error429: number; reset: number }
  /** Requests a second; as many may come at once after a pause. */
  | { kind: 'limit'; perSecond: number };

/** What becomes of one request. */
export interface Admission {
  outcome: 'reply' | 'error500' | 'error429' | 'reset';
  headers: Record<string, string>;
}

const waitASecond = { 'retry-after': '1' };

function faults({ seed, error500, error429, reset }: Extract<Policy, { kind: 'faults' }>): () => Admission {
  const random = seededRandom(seed);
  return () => {
    const drawn = random();
    if (drawn < error500) return { outcome: 'error500', headers: {} };
    if (drawn < error500 + error429) return { outcome: 'error429', headers: waitASecond };
    if (drawn < error500 + error429 + reset) return { outcome: 'reset', headers: {} };
    return { outcome: 'reply', headers: {} };
  };
}

/** A bucket of tokens; the headers say how many are left and when it is full again, as OpenAI's do. */
function limit({ perSecond }: Extract<Policy, { kind: 'limit' }>): (nowMs: number) => Admission {
  let tokens = perSecond;
  let filledAt: number | null = null;
  return (nowMs) => {
    tokens = Math.min(perSecond, tokens + (perSecond * (nowMs - (filledAt ?? nowMs))) / 1000);
    filledAt = nowMs;
    const isAdmitted = tokens >= 1;
    if (isAdmitted) tokens -= 1;
    const headers = {
      'x-ratelimit-limit-requests': String(perSecond),
      'x-ratelimit-remaining-requests': String(Math.floor(tokens)),
      'x-ratelimit-reset-requests': `${Math.ceil((1000 * (perSecond - tokens)) / perSecond)}ms`,
    };
    return isAdmitted
      ? { outcome: 'reply', headers }
      : { outcome: 'error429', headers: { ...headers, ...waitASecond } };
  };
}

/** Decides on requests one after the other, each with the time of its arrival in milliseconds. */
export function admissionBy(policy: Policy): (nowMs: number) => Admission {
  if (policy.kind === 'faults') return faults(policy);
  if (policy.kind === 'limit') return limit(policy);
  return () => ({ outcome: 'reply', headers: {} });
}
