import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cachingId, gradedTestService } from '../helpers/grading-service.ts';
import { testApp } from '../helpers/http-app.ts';

const word = fc.oneof(
  fc.constantFrom('v1', 'chapters', 'runs', 'grades', 'review', 'feedback', 'estimate', 'stop', 'scoreboard'),
  fc.constantFrom(
    'rubrics',
    'healthz',
    'readyz',
    'assets',
    'export',
    'members',
    'login',
    '..',
    '.',
    '',
    '1',
    '-1',
    '1e9',
  ),
  fc.constant(cachingId),
  fc.string({ unit: 'grapheme' }).map(encodeURIComponent),
  fc.string({ unit: 'binary-ascii' }).filter((text) => !/[/?#\\]/u.test(text)),
);
const path = fc.oneof(
  fc.array(word, { maxLength: 5 }).map((words) => `/${words.join('/')}`),
  fc
    .tuple(fc.constantFrom('chapters', 'runs', 'grades'), word, word)
    .map((words) => `/v1/${words.join('/')}`),
);
const known = fc.record(
  {
    question: fc.oneof(fc.string(), fc.nat(), fc.constant(null)),
    modelAnswer: fc.oneof(fc.string(), fc.nat()),
    answer: fc.oneof(fc.string(), fc.nat()),
    chapter: fc.oneof(fc.constant(cachingId), fc.string()),
    name: fc.string(),
    text: fc.string({ unit: 'grapheme' }),
    score: fc.oneof(fc.double(), fc.string()),
    levels: fc.dictionary(fc.string(), fc.string()),
    reason: fc.string(),
    by: fc.string(),
    judge: fc.constantFrom('auto', 'offline', 'llm', 'other'),
    rubric: fc.string(),
    member: fc.string(),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  known.map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.uint8Array(),
);
const type = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-8',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  'text/plain',
  '',
);
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS');

/** Whether a request of this address can be made at all. */
function isAddress(text: string): boolean {
  return URL.canParse(text, 'http://localhost') && !text.startsWith('//');
}

test('no request whatever is a fault of the service', async () => {
  const { service, faults } = await gradedTestService();
  const logged: unknown[] = [];
  const app = testApp({ log: (fault) => logged.push(fault) }, service);
  await fc.assert(
    fc.asyncProperty(path.filter(isAddress), method, type, body, async (address, verb, contentType, sent) => {
      const hasBody = verb !== 'GET' && verb !== 'HEAD';
      const content = typeof sent === 'string' ? sent : new Uint8Array(sent);
      const response = await app.request(address, {
        method: verb,
        headers: contentType === '' ? {} : { 'content-type': contentType },
        ...(hasBody ? { body: content } : {}),
      });
      expect(logged).toEqual([]);
      expect(response.status).toBeLessThan(500);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      const isProblem =
        response.status >= 400 && /^\/v1(?:\/|$)/u.test(new URL(address, 'http://localhost').pathname);
      if (isProblem) expect(response.headers.get('content-type')).toBe('application/problem+json');
      await response.body?.cancel();
    }),
    { numRuns: 600 },
  );
  expect(faults).toEqual([]);
});
