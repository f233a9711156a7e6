import { describe, expect, test } from 'vitest';
import type { Estimate, Remake } from '../../src/core/estimate.ts';
import type { Language } from '../../src/core/localized.ts';
import { costText, estimateText, remakesText } from '../../src/reports/estimate.ts';

const messages = [
  { role: 'system', content: 'You grade one answer.\nBe fair.' },
  { role: 'user', content: '# Question\nWhat is an index?' },
];
const report: Estimate = {
  models: ['model-1'],
  settled: 2,
  settledRemakes: [],
  requests: [
    {
      member: '서다온',
      question: 1,
      attempt: 'first',
      model: 'model-1',
      stored: true,
      causes: [],
      inputTokens: 1234,
      messages: [],
    },
    {
      member: 'Ann',
      question: 10,
      attempt: 'revised',
      model: 'model-1',
      stored: false,
      causes: ['answer', 'rubric'],
      inputTokens: 987,
      messages,
    },
    {
      member: 'Ben',
      question: 2,
      attempt: 'first',
      model: 'model-1',
      stored: false,
      causes: ['new'],
      inputTokens: 13,
      messages: [],
    },
  ],
  toSend: 2,
  inputTokens: 1000,
  outputTokens: 840,
  costUsd: 0.00123,
  mostCostUsd: 0.0456,
};

const textOf = (estimate: Estimate, language: Language) =>
  estimateText('1장 색인', estimate, ['http://localhost:1/v1'], language);

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

test('the requests of a panel for one answer are shown together', () => {
  const own = { member: 'Ann', question: 1, attempt: 'first' as const, causes: [], messages: [] };
  const requests = [
    { ...own, model: 'a', stored: true, inputTokens: 10 },
    { ...own, model: 'b', stored: false, inputTokens: 20 },
    { ...own, model: 'c', stored: false, inputTokens: 30 },
  ];
  const text = textOf({ ...report, models: ['a', 'b', 'c'], requests }, 'en');
  expect(text).toMatch(/^Ann +1 +first attempt +2 +50 +asked anew *$/mu);
  expect(text).toContain('a, b, c at http://localhost:1/v1: 2 requests, 1 kept replies');
});

test.each([
  ['ko', '고쳐 쓴 답'],
  ['en', 'revised attempt'],
] as const)(
  'what code settles otherwise than before is listed, and sends nothing (%s)',
  (language, attempt) => {
    const remake: Remake = { member: 'Cid', question: 3, attempt: 'revised', causes: ['answer'] };
    const text = textOf({ ...report, settledRemakes: [remake] }, language);
    expect(text).toMatch(new RegExp(`^Cid +3 +${attempt} +0 +0 +\\S`, 'mu'));
    expect(textOf(report, language)).not.toContain('Cid');
  },
);

test('several addresses are named, each once', () => {
  const text = estimateText('1장', report, ['http://a.test', 'http://b.test', 'http://a.test'], 'en');
  expect(text).toContain('model-1 at http://a.test, http://b.test: ');
});

test('the cost alone', () => {
  expect(costText(report, 'en')).toMatch(/^Estimated cost \$0\.00123, at most \$0\.046 /u);
  expect(costText({ ...report, models: ['a', 'b'], mostCostUsd: null }, 'en')).toBe(
    'The price of "a", "b" is not known, so the cost cannot be told.',
  );
});

describe('remakesText', () => {
  const remakes: Remake[] = [
    { member: 'Ann', question: 1, attempt: 'first', causes: ['rubric', 'model_answer'] },
    { member: 'Ben', question: 2, attempt: 'revised', causes: [] },
  ];

  test.each(['ko', 'en'] as const)('lists what has changed, and counts the rest (%s)', (language) => {
    expect(remakesText('1장 색인', remakes, language)).toMatchSnapshot();
  });

  test('has no table where nothing has changed', () => {
    const text = remakesText('1장', remakes.slice(1), 'en');
    expect(text).toBe('1장: what would be graded again\n\n0 changed, 1 as before\n');
  });
});
