import { describe, expect, test } from 'vitest';
import { addUsage, noUsage, type UngradedReason, ungradedText, usageSince } from '../../src/core/grade.ts';

const usage = { requests: 1, inputTokens: 100, cachedInputTokens: 40, outputTokens: 20, costUsd: 0.5 };

describe('addUsage', () => {
  test('adds up every count', () => {
    expect(addUsage(usage, { ...usage, requests: 2, costUsd: 0.25 })).toEqual({
      requests: 3,
      inputTokens: 200,
      cachedInputTokens: 80,
      outputTokens: 40,
      costUsd: 0.75,
    });
  });

  test('does not know the cost when one of the costs is not known', () => {
    expect(addUsage(usage, { ...usage, costUsd: null }).costUsd).toBeNull();
    expect(addUsage({ ...usage, costUsd: null }, usage).costUsd).toBeNull();
  });

  test('with no usage changes nothing', () => {
    expect(addUsage(noUsage, usage)).toEqual(usage);
  });
});

describe('usageSince', () => {
  test('is what was added', () => {
    const more = { requests: 2, inputTokens: 5, cachedInputTokens: 1, outputTokens: 3, costUsd: 0.25 };
    expect(usageSince(addUsage(usage, more), usage)).toEqual(more);
    expect(usageSince(usage, usage)).toEqual(noUsage);
  });

  test('does not know the cost when one of the costs is not known', () => {
    expect(usageSince({ ...usage, costUsd: null }, usage).costUsd).toBeNull();
    expect(usageSince(usage, { ...usage, costUsd: null }).costUsd).toBeNull();
  });
});

test('every ungraded reason has a text of its own in both languages', () => {
  const reasons: UngradedReason[] = [
    'not_gradable',
    'no_reference',
    'awaiting_review',
    'truncated',
    'refused',
    'filtered',
    'malformed_reply',
    'request_failed',
    'awaiting_reply',
    'stopped',
  ];
  const texts = reasons.map(ungradedText);
  expect(new Set(texts.map((text) => text.ko)).size).toBe(reasons.length);
  expect(new Set(texts.map((text) => text.en)).size).toBe(reasons.length);
});
