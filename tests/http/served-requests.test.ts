import { describe, expect, test } from 'vitest';
import type { ServedRequest } from '../../src/app/metrics.ts';
import { openTestService } from '../helpers/grading-service.ts';
import { jsonRequest, type SettingsChanges, testApp } from '../helpers/http-app.ts';

/** An app, and what it told of the requests that it served. */
function watchedApp(changes: SettingsChanges = {}, service = openTestService().service) {
  const served: (ServedRequest & { id: string })[] = [];
  const app = testApp({ onServed: (one, id) => served.push({ ...one, id }), ...changes }, service);
  return { app, served };
}

/** The same without what is different each time. */
const asked = (served: readonly ServedRequest[]) =>
  served.map(({ method, route, status }) => `${method} ${route} ${status}`);

describe('a request that was served', () => {
  test('is told by the pattern of its route', async () => {
    const { app, served } = watchedApp();
    await app.request('/v1/chapters/%EA%B9%80%EB%B9%84%EB%B0%80');
    await app.request('/v1/runs/12?of=somebody');
    await app.request('/chapters/secret/members/3');
    await app.request('/healthz');
    await app.request('/', { method: 'HEAD' });
    expect(asked(served)).toEqual([
      'GET /v1/chapters/:id 404',
      'GET /v1/runs/:id 404',
      'GET /chapters/:id/members/:place 404',
      'GET /healthz 200',
      'HEAD / 200',
    ]);
  });

  test('has no route where there is none, whatever its path', async () => {
    const { app, served } = watchedApp();
    for (const path of ['/v1/secret', '/secret', '/v1/chapters/a/secret', '/%zz', '/../secret'])
      await app.request(path);
    expect(new Set(served.map(({ route }) => route))).toEqual(new Set(['none']));
    expect(served).toHaveLength(5);
  });

  test('is told as well where guards refuse it', async () => {
    const { app, served } = watchedApp({ token: 'a-long-enough-token', requestsPerMinute: 2 });
    await app.request('/v1/chapters/secret');
    await app.request('/v1/chapters', jsonRequest('POST', { name: 'a.md' }));
    await app.request('/v1/scoreboard');
    expect(asked(served)).toEqual([
      'GET /v1/chapters/:id 401',
      'POST /v1/chapters 401',
      'GET /v1/scoreboard 429',
    ]);
  });

  test('has a method among the usual ones', async () => {
    const { app, served } = watchedApp();
    await app.request('/v1/chapters', { method: 'PROPFIND' });
    await app.request('/v1/chapters', { method: 'DELETE' });
    expect(asked(served)).toEqual(['other none 405', 'DELETE none 405']);
  });

  test('is told with the number that its fault is shown and logged by', async () => {
    const faults: unknown[] = [];
    const service = {
      ...openTestService().service,
      rubrics: () => Promise.reject(new Error('gone')),
      chapters: () => {
        throw new Error('gone');
      },
    };
    const { app, served } = watchedApp({ log: (_, id) => faults.push(id) }, service);
    const bodies = [await (await app.request('/v1/rubrics')).text(), await (await app.request('/')).text()];
    expect(asked(served)).toEqual(['GET /v1/rubrics 500', 'GET / 500']);
    const ids = served.map(({ id }) => id);
    expect(faults).toEqual(ids);
    expect(new Set(ids).size).toBe(2);
    for (const [place, body] of bodies.entries()) expect(body).toContain(`(${ids[place]})`);
  });

  test('is told with the time until its reply began', async () => {
    let time = 500;
    const service = {
      ...openTestService().service,
      rubrics: async () => {
        time += 1250;
        return [];
      },
    };
    const { app, served } = watchedApp({ now: () => time }, service);
    await app.request('/v1/rubrics');
    expect(served).toMatchObject([{ seconds: 1.25, status: 200 }]);
  });
});
