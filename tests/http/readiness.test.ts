import { describe, expect, test } from 'vitest';
import { createReadiness } from '../../src/http/readiness.ts';
import { usualTimes } from '../../src/http/settings.ts';
import { testApp } from '../helpers/http-app.ts';

const longEnough = 60_000;
const never = new AbortController().signal;

describe('readiness', () => {
  test.each([
    ['what is needed is there', async () => true, true],
    ['it is not', async () => false, false],
    ['looking fails', () => Promise.reject(new Error('no route to the database')), false],
  ])('when %s', async (_, isReady, expected) => {
    expect(await createReadiness(isReady, never, longEnough)()).toBe(expected);
  });

  test('is not waited for longer than allowed', async () => {
    const { promise } = Promise.withResolvers<boolean>();
    expect(await createReadiness(() => promise, never, 1)()).toBe(false);
  });

  test('is looked at once for all who ask at the same moment, and again for those who ask later', async () => {
    let looks = 0;
    let answer = Promise.withResolvers<boolean>();
    const isReady = createReadiness(
      () => {
        looks += 1;
        return answer.promise;
      },
      never,
      longEnough,
    );
    const asked = Promise.all([isReady(), isReady(), isReady()]);
    answer.resolve(true);
    expect([await asked, looks]).toEqual([[true, true, true], 1]);
    answer = Promise.withResolvers();
    answer.resolve(false);
    expect([await isReady(), looks]).toEqual([false, 2]);
  });

  test('ends when the service stops, also for those who ask already', async () => {
    const stopping = new AbortController();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const isReady = createReadiness(() => promise, stopping.signal, longEnough);
    const asked = isReady();
    stopping.abort();
    resolve(true);
    expect([await asked, await isReady()]).toEqual([false, false]);
  });
});

describe('GET /readyz', () => {
  test('tells that requests may be sent, and nothing else', async () => {
    const response = await testApp().request('/readyz');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ready' }]);
  });

  test.each([
    ['the database does not answer in time', () => Promise.withResolvers<boolean>().promise],
    ['the database says no', () => Promise.reject(new Error('postgres://someone:secret@db.test is gone'))],
    ['the database has another form', async () => false],
  ])('is a problem that tells nothing of its cause when %s', async (_, isReady) => {
    const logged: unknown[] = [];
    const times = { ...usualTimes, ready: 1 };
    const app = testApp({ isReady, times, log: (fault) => logged.push(fault) });
    const response = await app.request('/readyz');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      503,
      'application/problem+json',
    ]);
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      code: 'not_ready',
      detail: 'the service is not ready to take requests.',
    });
    expect(logged).toEqual([]);
    expect((await app.request('/healthz')).status).toBe(200);
  });

  test('is a problem once the service stops', async () => {
    const response = await testApp({ stopped: AbortSignal.abort() }).request('/readyz');
    expect(response.status).toBe(503);
  });
});
