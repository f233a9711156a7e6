import { describe, expect, test } from 'vitest';
import type { Estimate } from '../../src/core/estimate.ts';
import type { Language } from '../../src/core/localized.ts';
import { estimateText } from '../../src/reports/estimate.ts';

const messages = [
  { role: 'system', content: 'You grade one answer.\nBe fair.' },
  { role: 'user', content: '# Question\nWhat is an index?' },
];
const report: Estimate = {
  model: 'model-1',
  settled: 2,
  requests: [
    { member: '서다온', question: 1, attempt: 'first', stored: true, inputTokens: 1234, messages: [] },
    { member: 'Ann', question: 10, attempt: 'revised', stored: false, inputTokens: 987, messages },
    { member: 'Ben', question: 2, attempt: 'first', stored: false, inputTokens: 13, messages: [] },
  ],
  toSend: 2,
  inputTokens: 1000,
  outputTokens: 840,
  costUsd: 0.00123,
  mostCostUsd: 0.0456,
};

const textOf = (estimate: Estimate, language: Language) =>
  estimateText('1장 색인', estimate, 'http://localhost:1/v1', language);

describe.each(['ko', 'en'] as const)('in %s', (language) => {
  test('the whole estimate', () => {
    expect(textOf(report, language)).toMatchSnapshot();
  });

  test('an unknown price is said to be unknown', () => {
    const text = textOf({ ...report, costUsd: null, mostCostUsd: null }, language);
    expect(text.split('\n').filter((line) => line.includes('"model-1"'))).toMatchSnapshot();
    expect(text).not.toContain('$');
  });
});

test('the example is a request that is really sent', () => {
  const text = textOf(report, 'en');
  expect(text).toContain('--- system ---\nYou grade one answer.\nBe fair.\n\n--- user ---\n# Question\n');
});

test('without requests there is no example', () => {
  const text = textOf({ ...report, requests: [], toSend: 0 }, 'en');
  expect(text).not.toContain('word for word');
});
