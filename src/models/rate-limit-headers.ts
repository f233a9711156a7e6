import type { RateBudget, RateLimits } from '../core/rate-limits.ts';

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/gu;

/** A duration as these headers write it, `6m0s` or `20ms`, or a bare number of seconds; null when it is none. */
export function durationMs(text: string): number | null {
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text) * 1000;
  const parts = [...text.matchAll(part)];
  if (parts.length === 0) return null;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMs[unit ?? ''] ?? 0), 0);
}

function budgetIn(headers: Headers, name: 'requests' | 'tokens'): RateBudget | null {
  const read = (what: string) => headers.get(`x-ratelimit-${what}-${name}`);
  const limit = Number(read('limit') ?? Number.NaN);
  const remaining = Number(read('remaining') ?? Number.NaN);
  const resetMs = durationMs(read('reset') ?? '');
  if (!Number.isFinite(limit) || !Number.isFinite(remaining) || resetMs === null || limit <= 0) return null;
  return { limit, remaining: Math.max(0, remaining), resetMs };
}

/**
 * What a reply's headers say of the provider's limits, in the names of the OpenAI interface
 * (`x-ratelimit-limit-requests` and its kin), which other providers share.
 */
export function rateLimitsIn(headers: Headers | undefined): RateLimits | undefined {
  if (!headers) return undefined;
  const limits = { requests: budgetIn(headers, 'requests'), tokens: budgetIn(headers, 'tokens') };
  return limits.requests || limits.tokens ? limits : undefined;
}

/** The wait an endpoint asked for, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(exact)) return Math.max(0, exact);
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
