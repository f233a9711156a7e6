import { describe, expect, test } from 'vitest';
import { createOperatorApp, type OperatorSettings } from '../../src/http/operator-app.ts';
import { usualTimes } from '../../src/http/settings.ts';
import { testApp } from '../helpers/http-app.ts';

const metrics = {
  text: async () => 'answer_grader_queue_length 3\n',
  contentType: 'text/plain; version=0.0.4',
};

function operatorApp(changes: Partial<OperatorSettings> = {}, own = metrics) {
  return createOperatorApp(own, {
    version: '1.2.3',
    log: () => {},
    language: 'en',
    isReady: async () => true,
    stopped: new AbortController().signal,
    times: usualTimes,
    hosts: ['localhost'],
    ...changes,
  });
}

describe('what the operator sees', () => {
  test('are the metrics in their own format', async () => {
    const response = await operatorApp().request('/metrics');
    expect(response.headers.get('content-type')).toBe(metrics.contentType);
    expect([response.status, await response.text()]).toEqual([200, await metrics.text()]);
  });

  test('are signs of life', async () => {
    const app = operatorApp({ isReady: async () => false });
    expect(await (await app.request('/healthz')).json()).toEqual({ status: 'ok', version: '1.2.3' });
    expect((await app.request('/readyz')).status).toBe(503);
    expect((await operatorApp({ stopped: AbortSignal.abort() }).request('/readyz')).status).toBe(503);
  });

  test('is nothing else', async () => {
    for (const path of ['/', '/v1/chapters', '/openapi.json', '/login']) {
      const response = await operatorApp().request(path);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json',
      ]);
    }
  });

  test('is not for pages that have a name of their own lead there', async () => {
    const foreign = { headers: { host: 'evil.test' } };
    expect((await operatorApp().request('/metrics', foreign)).status).toBe(421);
    expect((await operatorApp({ hosts: null }).request('/metrics', foreign)).status).toBe(200);
  });

  test('tells nothing of its own faults', async () => {
    const faults: unknown[] = [];
    const broken = { ...metrics, text: () => Promise.reject(new Error('a secret')) };
    const app = operatorApp({ log: (fault) => faults.push(fault) }, broken);
    const response = await app.request('/metrics');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(faults).toEqual([new Error('a secret')]);
  });
});

test('metrics are nowhere on the side of the groups, with a token or without', async () => {
  expect((await testApp().request('/metrics')).status).toBe(404);
  const token = 'a-long-enough-token';
  const app = testApp({ token });
  expect((await app.request('/metrics')).status).toBe(303);
  expect((await app.request('/metrics', { headers: { authorization: `Bearer ${token}` } })).status).toBe(404);
});
