import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { GradingService, ServiceRun } from '../../src/app/grading-service.ts';
import type { Access, GroupLetIn } from '../../src/http/access.ts';
import { type AppSettings, usualTimes } from '../../src/http/settings.ts';
import { cachingId, cachingPage, openTestService, runEnded } from '../helpers/grading-service.ts';
import { listenForTest, testApp } from '../helpers/http-app.ts';

const spent = { requests: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, costUsd: 0 };

const started: ServiceRun = {
  id: 1,
  chapter: 'a',
  options: {},
  state: 'running',
  createdAt: '2026-11-01T00:00:00.000Z',
  startedAt: '2026-11-01T00:00:00.000Z',
  finishedAt: null,
  totals: null,
  failure: null,
  isStopAsked: false,
  spent,
  progress: null,
};

/** A service with one run, whose changes are made by hand. */
function serviceWithRun() {
  let run = started;
  const listeners = new Set<() => void>();
  const service: GradingService = {
    ...openTestService().service,
    run: async () => run,
    nextChange: (_, signal) =>
      new Promise((resolve) => {
        const end = () => {
          listeners.delete(end);
          resolve();
        };
        listeners.add(end);
        signal.addEventListener('abort', end);
        if (signal.aborted) end();
      }),
  };
  const change = (changes: Partial<ServiceRun>) => {
    run = { ...run, ...changes };
    for (const listener of listeners) listener();
  };
  return { service, change, listeners };
}

/** What is written on a stream of events, one by one. */
async function* eventsOf(response: Response): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const parts = `${rest}${chunk}`.split('\n\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

function dataOf(event: string) {
  const [, data = 'null'] = /^data: (.*)$/mu.exec(event) ?? [];
  return JSON.parse(data);
}

const quick = { times: { ...usualTimes, eventGap: 1 } };

async function open(service: GradingService, settings: Partial<AppSettings> = quick, headers = {}) {
  const response = await testApp(settings, service).request('/v1/runs/1/events', { headers });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  return eventsOf(response);
}

describe('the events of a run', () => {
  test('begin with the run as it is and end with its final state', async () => {
    const { service, change } = serviceWithRun();
    const events = await open(service);
    const { value: first } = await events.next();
    expect(first).toMatch(/^event: run\ndata: \{.*\}\nid: 1$/u);
    expect(dataOf(first ?? '')).toEqual({
      schemaVersion: 1,
      ...started,
      isStopAsked: undefined,
      spent: undefined,
    });
    change({ progress: { done: 1, total: 2, spent } });
    const { value: second } = await events.next();
    expect(dataOf(second ?? '').progress).toEqual({ done: 1, total: 2, spent });
    change({ state: 'failed', progress: null, failure: { ko: '안 됩니다.', en: 'no.' } });
    const { value: last } = await events.next();
    expect(last).toContain('id: 3');
    expect(dataOf(last ?? '')).toMatchObject({ state: 'failed', failure: 'no.' });
    expect((await events.next()).done).toBe(true);
  });

  test('are in the language asked for', async () => {
    const { service, change } = serviceWithRun();
    change({ state: 'failed', failure: { ko: '안 됩니다.', en: 'no.' } });
    const all = await Array.fromAsync(await open(service, quick, { 'accept-language': 'ko' }));
    expect(all.map((event) => dataOf(event).failure)).toEqual(['안 됩니다.']);
  });

  test('leave out what came and went between two of them', async () => {
    const { service, change } = serviceWithRun();
    const events = await open(service, { times: { ...usualTimes, eventGap: 300 } });
    await events.next();
    const reading = Array.fromAsync(events);
    for (let done = 1; done <= 20; done += 1) {
      change({ progress: { done, total: 20, spent } });
      await setImmediate();
    }
    change({ state: 'finished', progress: null });
    const rest = await reading;
    expect(dataOf(rest.at(-1) ?? '').state).toBe('finished');
    expect(rest.length).toBeLessThan(5);
  });

  test('leave out no change that comes while the run is being read', async () => {
    const { service, change } = serviceWithRun();
    let reads = 0;
    const slow: GradingService = {
      ...service,
      run: async (id) => {
        const run = await service.run(id);
        reads += 1;
        // The first time it is only looked whether the run is there.
        if (reads === 2) change({ state: 'finished' });
        await setImmediate();
        return run;
      },
    };
    const all = await Array.fromAsync(await open(slow));
    expect(all.map((event) => dataOf(event).state)).toEqual(['running', 'finished']);
  });

  test('are not repeated when nothing has changed', async () => {
    const { service, change, listeners } = serviceWithRun();
    const events = await open(service);
    await events.next();
    change({});
    const next = events.next();
    await expect.poll(() => listeners.size).toBe(1);
    change({ state: 'finished' });
    expect(dataOf((await next).value ?? '').state).toBe('finished');
  });

  test('show meanwhile that the line is open', async () => {
    const { service, change } = serviceWithRun();
    const events = await open(service, { times: { ...usualTimes, eventGap: 1, heartbeat: 2 } });
    await events.next();
    expect((await events.next()).value).toBe(': still here');
    change({ state: 'stopped' });
    const rest = await Array.fromAsync(events);
    expect(dataOf(rest.at(-1) ?? '').state).toBe('stopped');
  });

  test('end when nobody listens any more', async () => {
    const { service, listeners } = serviceWithRun();
    const events = await open(service);
    await events.next();
    await expect.poll(() => listeners.size).toBe(1);
    await events.return(undefined);
    await expect.poll(() => listeners.size).toBe(0);
  });

  test('end when the service stops', async () => {
    const { service, listeners } = serviceWithRun();
    const stopping = new AbortController();
    const events = await open(service, { ...quick, stopped: stopping.signal });
    await events.next();
    stopping.abort();
    expect((await events.next()).done).toBe(true);
    expect(listeners.size).toBe(0);
  });

  /** Somebody who is let in until they are put out. */
  function guest() {
    let group: GroupLetIn | null = { id: 1, name: null };
    const access: Access = { kind: 'token', groupOf: () => group };
    return { access, putOut: () => (group = null) };
  }

  test('end with the next sign of life for who is not let in any more', async () => {
    const { service, listeners } = serviceWithRun();
    const { access, putOut } = guest();
    const events = await open(service, { access, times: { ...usualTimes, eventGap: 1, heartbeat: 2 } });
    await events.next();
    expect((await events.next()).value).toBe(': still here');
    putOut();
    const rest = await Array.fromAsync(events);
    expect(rest.filter((event) => event.startsWith('event'))).toEqual([]);
    expect(listeners.size).toBe(0);
  });

  test('tell nothing more to who is not let in any more', async () => {
    const { service, change } = serviceWithRun();
    const { access, putOut } = guest();
    const events = await open(service, { access, ...quick });
    await events.next();
    putOut();
    change({ progress: { done: 1, total: 2, spent } });
    expect(await Array.fromAsync(events)).toEqual([]);
  });

  test('are not begun for who asks only for the head', async () => {
    const { service, listeners } = serviceWithRun();
    const response = await testApp(quick, service).request('/v1/runs/1/events', { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(listeners.size).toBe(0);
  });

  test('are not there for a run that is not there', async () => {
    const response = await testApp().request('/v1/runs/1/events');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json',
    ]);
  });
});

describe('over a connection, the events of a run', () => {
  test('go from its start to its end', async () => {
    const { service } = openTestService();
    await using server = await listenForTest(service, quick);
    await service.upload(cachingPage);
    const run = await fetch(`${server.url}/v1/chapters/${cachingId}/runs`, { method: 'POST' });
    const response = await fetch(`${server.url}${run.headers.get('location')}/events`);
    const states = (await Array.fromAsync(eventsOf(response))).map((event) => dataOf(event).state);
    expect(states.at(-1)).toBe('finished');
    await runEnded(service, 1);
  });

  test('end when the client goes away', async () => {
    const { service, listeners } = serviceWithRun();
    await using server = await listenForTest(service, quick);
    const leaving = new AbortController();
    const response = await fetch(`${server.url}/v1/runs/1/events`, { signal: leaving.signal });
    await eventsOf(response).next();
    await expect.poll(() => listeners.size).toBe(1);
    leaving.abort();
    await expect.poll(() => listeners.size).toBe(0);
  });

  test('do not keep the service from stopping', async () => {
    const { service, listeners } = serviceWithRun();
    await using server = await listenForTest(service, quick);
    const events = eventsOf(await fetch(`${server.url}/v1/runs/1/events`));
    await events.next();
    await server.close();
    expect((await events.next()).done).toBe(true);
    expect(listeners.size).toBe(0);
  });
});

test('events end without a word of why when a run cannot be read any more', async () => {
  const { service, change } = serviceWithRun();
  const faults: unknown[] = [];
  let reads = 0;
  const failing: GradingService = {
    ...service,
    run: (id) => {
      reads += 1;
      if (reads > 2) throw new Error('/srv/secret/grades.db');
      return service.run(id);
    },
  };
  const app = testApp({ times: { ...usualTimes, eventGap: 0 }, log: (fault) => faults.push(fault) }, failing);
  const response = await app.request('/v1/runs/1/events');
  const events = eventsOf(response);
  await events.next();
  change({ state: 'finished' });
  expect(await Array.fromAsync(events)).toEqual([]);
  expect(faults).toEqual([new Error('/srv/secret/grades.db')]);
});
