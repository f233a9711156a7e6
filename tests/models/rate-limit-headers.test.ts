import { describe, expect, it } from 'vitest';
import { durationMs, rateLimitsIn, retryAfterMs } from '../../src/models/rate-limit-headers.ts';

const now = Date.parse('2026-11-01T00:00:00Z');

describe('durationMs', () => {
  it.each([
    ['20ms', 20],
    ['1s', 1000],
    ['6m0s', 360_000],
    ['1h2m3.5s', 3_723_500],
    ['1d', 86_400_000],
    ['1.5', 1500],
    ['0', 0],
    ['0s', 0],
  ])('%s', (text, ms) => expect(durationMs(text)).toBe(ms));

  it.each(['', 'soon', 'x5'])('"%s" is none', (text) => expect(durationMs(text)).toBeNull());
});

describe('rateLimitsIn', () => {
  const requests = {
    'x-ratelimit-limit-requests': '500',
    'x-ratelimit-remaining-requests': '499',
    'x-ratelimit-reset-requests': '120ms',
  };
  const tokens = {
    'x-ratelimit-limit-tokens': '200000',
    'x-ratelimit-remaining-tokens': '198000',
    'x-ratelimit-reset-tokens': '0.6s',
  };

  it('reads both budgets', () => {
    expect(rateLimitsIn(new Headers({ ...requests, ...tokens }))).toEqual({
      requests: { limit: 500, remaining: 499, resetMs: 120 },
      tokens: { limit: 200_000, remaining: 198_000, resetMs: 600 },
    });
  });

  it('reads one without the other', () => {
    expect(rateLimitsIn(new Headers(requests))?.tokens).toBeNull();
    expect(rateLimitsIn(new Headers(tokens))?.requests).toBeNull();
  });

  it.each([
    ['no headers at all', undefined],
    ['other headers', new Headers({ 'retry-after': '1' })],
    ['a part of them', new Headers({ 'x-ratelimit-limit-requests': '500' })],
    ['nonsense', new Headers({ ...requests, 'x-ratelimit-remaining-requests': 'many' })],
    ['a reset that is none', new Headers({ ...requests, 'x-ratelimit-reset-requests': 'soon' })],
  ])('says nothing for %s', (_name, headers) => expect(rateLimitsIn(headers)).toBeUndefined());
});

describe('retryAfterMs', () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ['nothing', {}, undefined],
    ['seconds', { 'retry-after': '30' }, 30_000],
    ['part of a second', { 'retry-after': '0.5' }, 500],
    ['a date ahead', { 'retry-after': 'Sun, 01 Nov 2026 00:01:00 GMT' }, 60_000],
    ['a date gone by', { 'retry-after': 'Sat, 31 Oct 2026 23:59:00 GMT' }, 0],
    ['milliseconds before seconds', { 'retry-after-ms': '120', 'retry-after': '30' }, 120],
    ['less than nothing', { 'retry-after': '-5' }, 0],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
    ['nonsense milliseconds beside seconds', { 'retry-after-ms': 'x', 'retry-after': '2' }, 2000],
  ])('%s', (_name, headers, expected) => {
    expect(retryAfterMs(new Headers(headers), now)).toBe(expected);
  });

  it('no headers at all', () => {
    expect(retryAfterMs(undefined, now)).toBeUndefined();
  });
});
