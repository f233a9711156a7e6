import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { GradingService } from '../../src/app/grading-service.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { listen, usualConnectionLimits } from '../../src/http/listen.ts';
import { cachingId, cachingPage, gradedTestService, openTestService } from '../helpers/grading-service.ts';
import { jsonRequest, listenForTest, testApp } from '../helpers/http-app.ts';
import { sendRaw } from '../helpers/http-raw.ts';

const asked = { question: 'What is a cache?', modelAnswer: 'A small fast store.', answer: 'A store.' };

/** A service whose feedback never comes; tells what it was asked and what was given up. */
function waitingService() {
  const signals: AbortSignal[] = [];
  const feedback: GradingService['feedback'] = (_, signal) =>
    new Promise((_resolve, reject) => {
      signals.push(signal);
      signal.addEventListener('abort', () => reject(new Error('given up')));
    });
  return { service: { ...openTestService().service, feedback }, signals };
}

const oftenChecked = { check: 5 };
const head = 'GET /v1/chapters HTTP/1.1\r\nHost: localhost\r\n';

describe('a client that goes away', () => {
  test.each<[string, () => RequestInit]>([
    ['whole', () => jsonRequest('POST', asked)],
    [
      'in parts of unknown length',
      () => ({
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: ReadableStream.from([JSON.stringify(asked)]).pipeThrough(new TextEncoderStream()),
        duplex: 'half',
      }),
    ],
  ])('takes back its request that was sent %s', async (_, request) => {
    const { service, signals } = waitingService();
    await using server = await listenForTest(service);
    const leaving = new AbortController();
    const reply = fetch(`${server.url}/v1/feedback`, { ...request(), signal: leaving.signal });
    await expect.poll(() => signals.length).toBe(1);
    expect(signals[0]?.aborted).toBe(false);
    leaving.abort();
    await expect(reply).rejects.toThrow();
    await expect.poll(() => signals[0]?.aborted).toBe(true);
  });
});

describe('a client that goes away amid its request', () => {
  test.each([
    ['of known length', 'Content-Length: 99\r\n\r\n{'],
    ['in parts', 'Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n'],
  ])('%s is no fault to be logged', async (_, rest) => {
    const logged: unknown[] = [];
    await using server = await listenForTest(openTestService().service, {
      log: (fault) => logged.push(fault),
    });
    const start = 'POST /v1/feedback HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    await new Promise<void>((resolve) => socket.write(`${start}${rest}`, () => resolve()));
    // By then the server has begun to read.
    await fetch(`${server.url}/healthz`);
    socket.destroy();
    await expect.poll(() => server.statuses).toEqual([200, 400]);
    expect(logged).toEqual([]);
  });
});

describe('what is no good request', () => {
  test.each<[string, string, string[]]>([
    ['no HTTP', '400', ['hello\r\n\r\n']],
    ['NUL in its address', '400', ['GET /v1/\0 HTTP/1.1\r\nHost: localhost\r\n\r\n']],
    ['no host', '400', ['GET /v1/chapters HTTP/1.1\r\n\r\n']],
    ['two lengths', '400', [`${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`]],
    [
      'a length and parts',
      '400',
      [`${head}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ],
    ['a length below nothing', '400', [`${head}Content-Length: -1\r\n\r\n`]],
    ['too long a head', '431', [`${head}X-Long: ${'a'.repeat(20_000)}\r\n\r\n`]],
    ['too long an address', '431', [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`]],
    [
      'another host in its address',
      '421',
      ['GET /v1/chapters HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n'],
    ],
    [
      'folders upwards',
      '404',
      [`GET /v1/chapters/..%2f..%2fetc HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`],
    ],
    [
      'no text in its address',
      '400',
      [`GET /v1/chapters/%ff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`],
    ],
    [
      'NUL in disguise',
      '400',
      [`GET /v1/chapters/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`],
    ],
    ['a backslash', '400', ['GET /v1\\chapters HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n']],
  ])('for %s is answered with %s, and the service goes on', async (_, status, parts) => {
    await using server = await listenForTest(openTestService().service);
    const reply = await sendRaw(server.port, parts);
    expect(reply.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect(reply).not.toMatch(/<html|node_modules|\.ts:/iu);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  test('is cut where its head comes too slowly', async () => {
    await using server = await listenForTest(openTestService().service, {}, { ...oftenChecked, head: 30 });
    expect(await sendRaw(server.port, [head])).toMatch(/^HTTP\/1\.1 408/u);
  });

  test('is cut where its body comes too slowly', async () => {
    const limits = { ...oftenChecked, head: 30, request: 30 };
    await using server = await listenForTest(openTestService().service, {}, limits);
    const start = 'POST /v1/feedback HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const reply = await sendRaw(server.port, [`${start}Content-Length: 99\r\n\r\n{`]);
    expect(reply).toMatch(/^(?:HTTP\/1\.1 408|$)/u);
  });

  test('is refused for its length before it is read', async () => {
    await using server = await listenForTest(openTestService().service);
    const start = 'POST /v1/feedback HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const announced = await sendRaw(server.port, [`${start}Content-Length: 9999999\r\n\r\n{`]);
    expect(announced).toMatch(/^HTTP\/1\.1 413/u);
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    const inParts = await sendRaw(server.port, [
      `${start}Transfer-Encoding: chunked\r\n\r\n`,
      ...Array(20).fill(chunk),
    ]);
    expect(inParts).toMatch(/^HTTP\/1\.1 413/u);
  });
});

describe('many clients', () => {
  test('are all answered', async () => {
    const { service } = await gradedTestService();
    await using server = await listenForTest(service);
    const paths = [`/v1/chapters/${cachingId}/grades`, '/v1/scoreboard', '/v1/chapters', '/v1/runs/1'];
    const replies = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const response = await fetch(`${server.url}${paths[index % paths.length]}`);
        return [response.status, JSON.parse(await response.text()).schemaVersion];
      }),
    );
    expect(new Set(replies.map(String))).toEqual(new Set(['200,1']));
    expect(replies).toHaveLength(200);
  });

  test('are counted by the address they come from', async () => {
    await using server = await listenForTest(openTestService().service, { requestsPerMinute: 1 });
    expect((await fetch(`${server.url}/v1/chapters`)).status).toBe(200);
    expect((await fetch(`${server.url}/v1/chapters`)).status).toBe(429);
  });

  test('upload files over a connection', async () => {
    await using server = await listenForTest(openTestService().service);
    const body = new FormData();
    body.append('file', new File([cachingPage.bytes], '캐시.md'));
    const response = await fetch(`${server.url}/v1/chapters`, { method: 'POST', body });
    expect(response.status).toBe(201);
  });
});

describe('an address', () => {
  test('that is taken is said to be', async () => {
    await using server = await listenForTest(openTestService().service);
    const options = { stopping: new AbortController(), limits: usualConnectionLimits };
    const again = listen(testApp(), { ...options, host: '127.0.0.1', port: server.port });
    await expect(again).rejects.toThrow(`port ${server.port} on 127.0.0.1 is already in use`);
    const elsewhere = listen(testApp(), { ...options, host: '192.0.2.1', port: 0 });
    await expect(elsewhere).rejects.toThrow(ConfigError);
  });
});

describe('a service that stops', () => {
  test('lets what is under way finish', async () => {
    const asking = Promise.withResolvers<void>();
    const rubrics = Promise.withResolvers<string[]>();
    const service = {
      ...openTestService().service,
      rubrics: () => {
        asking.resolve();
        return rubrics.promise;
      },
    };
    const limits = { idle: 60_000, closing: 60_000 };
    await using server = await listenForTest(service, {}, limits);
    const reply = fetch(`${server.url}/v1/rubrics`);
    await asking.promise;
    const closed = server.close();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    rubrics.resolve(['default']);
    expect((await reply).status).toBe(200);
    await closed;
  });

  test('cuts what does not', async () => {
    const { service, signals } = waitingService();
    await using server = await listenForTest(service, {}, { closing: 10 });
    const reply = fetch(`${server.url}/v1/feedback`, jsonRequest('POST', asked));
    const failed = expect(reply).rejects.toThrow();
    await expect.poll(() => signals.length).toBe(1);
    await server.close();
    await failed;
    await expect.poll(() => signals[0]?.aborted).toBe(true);
  });
});
