import { HTTPException } from 'hono/http-exception';
import { describe, expect, test } from 'vitest';
import {
  BusyError,
  ConfigError,
  ConflictError,
  InputError,
  ModelError,
  type ModelFailure,
  NotFoundError,
  StoreError,
} from '../../src/core/errors.ts';
import { HttpProblem, problemOf } from '../../src/http/problem.ts';
import { problemKinds } from '../../src/http/problem-kinds.ts';
import { openTestService } from '../helpers/grading-service.ts';
import { testApp } from '../helpers/http-app.ts';

const text = { ko: '안 됩니다.', en: 'no.' };
const silent = () => {};

describe('an error as a problem', () => {
  test.each([
    [new NotFoundError(text), 404, 'not_found'],
    [new ConflictError(text), 409, 'conflict'],
    [new InputError(text), 422, 'invalid'],
    [new ConfigError(text), 422, 'invalid'],
    [new BusyError(text), 503, 'busy'],
    [new HTTPException(400), 400, 'malformed_body'],
    [new HTTPException(413), 413, 'too_large'],
    [new HTTPException(415), 415, 'wrong_content_type'],
    [new HTTPException(504), 504, 'took_too_long'],
    [new HTTPException(418), 500, 'internal'],
    [Object.assign(new Error('aborted'), { code: 'ECONNRESET' }), 400, 'malformed_body'],
    ['thrown text', 500, 'internal'],
  ])('%o is %i %s', (error, status, code) => {
    expect(problemOf(error, silent)).toMatchObject({ status, code });
  });

  test('keeps the sentence of an error that a person can act on', () => {
    expect(problemOf(new ConflictError(text), silent).text).toEqual(text);
    const problem = new HttpProblem('not_found');
    expect(problemOf(problem, silent)).toBe(problem);
  });

  test.each<[ModelFailure, number | undefined, number, string | undefined]>([
    ['rate_limited', 1500, 503, '2'],
    ['rate_limited', undefined, 503, '5'],
    ['overloaded', 0, 503, '0'],
    ['timeout', undefined, 504, undefined],
    ['authentication', undefined, 502, undefined],
    ['over_budget', undefined, 502, undefined],
    ['aborted', undefined, 502, undefined],
  ])(
    'of a model that failed by %s (%s ms) is %i, to be tried again after %s s',
    (failure, ms, status, after) => {
      const problem = problemOf(new ModelError(failure, text, { retryAfterMs: ms }), silent);
      expect([problem.status, problem.headers['Retry-After'], problem.text]).toEqual([status, after, text]);
    },
  );

  test('names files without the folders they lie in', () => {
    const error = new ConfigError(
      { ko: '/srv/group/rubrics/a.yaml을 보세요.', en: 'see /srv/group/rubrics/a.yaml.' },
      { place: { file: '/srv/group/rubrics/default.yaml', line: 3 } },
    );
    expect(problemOf(error, silent).text).toEqual({
      ko: 'default.yaml:3: a.yaml을 보세요.',
      en: 'default.yaml:3: see a.yaml.',
    });
    const unplaced = new InputError(text, { place: { file: '' } });
    expect(problemOf(unplaced, silent).text).toEqual(text);
    const plain = new InputError(text, { place: { file: 'a.md', line: 2 } });
    expect(problemOf(plain, silent).text.en).toBe('a.md:2: no.');
  });

  test.each([new Error('/srv/secret is broken'), new StoreError({ ko: '/srv/secret', en: '/srv/secret' })])(
    'that only the owner should see is logged with a number',
    async (error) => {
      const logged: unknown[] = [];
      const service = { ...openTestService().service, rubrics: async () => Promise.reject(error) };
      const log = (fault: unknown, id?: string) => logged.push(id, fault);
      const response = await testApp({ log }, service).request('/v1/rubrics');
      const body = await response.text();
      expect(response.status).toBe(500);
      expect(body).not.toMatch(/secret| {4}at |\.ts\b/u);
      const [, number = '?'] = /\((\w{8})\)/u.exec(body) ?? [];
      expect(logged).toEqual([number, error]);
    },
  );
});

describe('a problem', () => {
  test('speaks the language of who asks, else that of the system', async () => {
    const detail = async (language: 'ko' | 'en', accepted?: string) => {
      const headers: Record<string, string> = accepted === undefined ? {} : { 'accept-language': accepted };
      const response = await testApp({ language }).request('/v1/nothing', { headers });
      return [response.headers.get('content-language'), JSON.parse(await response.text()).detail];
    };
    const { ko, en } = problemKinds.not_found.text;
    expect(await detail('en')).toEqual(['en', en]);
    expect(await detail('ko')).toEqual(['ko', ko]);
    expect(await detail('en', 'fr, ko-KR;q=0.3, en;q=0.2')).toEqual(['ko', ko]);
    expect(await detail('ko', 'en-US')).toEqual(['en', en]);
    expect(await detail('ko', 'ko;q=0, *')).toEqual(['ko', ko]);
    expect(await detail('ko', ',;q=x,,')).toEqual(['ko', ko]);
  });

  test('is a page for people', async () => {
    const response = await testApp().request('/nothing');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=UTF-8',
    ]);
  });
});
