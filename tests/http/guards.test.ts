import { describe, expect, test } from 'vitest';
import { sessionOf } from '../../src/app/group-tokens.ts';
import { sessionCookie } from '../../src/http/settings.ts';
import { cachingId, cachingPage, gradedTestService, openTestService } from '../helpers/grading-service.ts';
import { jsonRequest, testApp } from '../helpers/http-app.ts';

const feedback = { question: 'q?', modelAnswer: 'This.', answer: '' };

async function statusOf(app: ReturnType<typeof testApp>, path: string, init?: RequestInit) {
  return (await app.request(path, init)).status;
}

function posted(headers: Record<string, string>): RequestInit {
  const { body } = jsonRequest('POST', feedback);
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: body ?? null };
}

describe('names under which the service answers', () => {
  const app = testApp({ hosts: ['localhost', '[::1]', '스터디.kr', 'xn--9t4b29zmma.kr'] });

  test.each(['localhost', 'LocalHost:8080', '[::1]:3000', 'localhost:1'])('hold %s', async (host) => {
    expect(await statusOf(app, '/v1/chapters', { headers: { host } })).toBe(200);
  });

  test.each([
    'evil.test',
    'localhost.evil.test',
    'localhost@evil.test',
    'evil.test/localhost',
    '127.0.0.1',
    '',
    'localhost:99999',
  ])('do not hold "%s"', async (host) => {
    const response = await app.request('/v1/chapters', { headers: { host } });
    expect(response.status).toBe(421);
    expect(await response.json()).toMatchObject({ code: 'wrong_host' });
    expect(await statusOf(app, '/', { headers: { host } })).toBe(421);
  });

  test('do not matter for a sign of life', async () => {
    expect(await statusOf(app, '/healthz', { headers: { host: '10.0.0.7:8080' } })).toBe(200);
    expect(await statusOf(app, '/readyz', { headers: { host: '10.0.0.7:8080' } })).toBe(200);
  });
});

describe('requests that change something', () => {
  const app = testApp({ hosts: ['localhost', 'study.test'] });

  test.each<Record<string, string>>([
    {},
    { origin: 'http://localhost' },
    { host: 'localhost:80', origin: 'http://localhost' },
    { host: 'localhost:8080', origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' },
    { host: 'study.test', origin: 'https://study.test', 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
  ])('are taken with %j', async (headers) => {
    expect(await statusOf(app, '/v1/feedback', posted(headers))).toBe(200);
  });

  test.each<Record<string, string>>([
    { origin: 'http://evil.test' },
    { origin: 'null' },
    { origin: 'http://localhost:8081' },
    { host: 'localhost:8080', origin: 'http://localhost' },
    { origin: 'http://localhost.evil.test' },
    { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
  ])('are refused with %j', async (headers) => {
    expect(await statusOf(app, '/v1/feedback', posted(headers))).toBe(403);
    expect(await statusOf(app, '/chapters', { method: 'POST', headers })).toBe(403);
  });

  test('may follow a link from elsewhere only to look', async () => {
    expect(await statusOf(app, '/v1/chapters', { headers: { 'sec-fetch-site': 'cross-site' } })).toBe(200);
  });

  test('are never allowed to other origins beforehand', async () => {
    const headers = { origin: 'http://localhost', 'access-control-request-method': 'PUT' };
    const response = await app.request('/v1/feedback', { method: 'OPTIONS', headers });
    expect(response.status).toBe(405);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('a service with a token', () => {
  const token = 'correct horse 🐎';
  const app = testApp({ token: 'correct-horse' });
  const withCookie = (value: string) => ({ headers: { cookie: `${sessionCookie}=${value}` } });

  test('lets programs in by the token, browsers by their session', async () => {
    const headers = { authorization: 'Bearer correct-horse' };
    expect(await statusOf(app, '/v1/chapters', { headers })).toBe(200);
    expect(await statusOf(app, '/v1/chapters', withCookie(sessionOf('correct-horse')))).toBe(200);
    expect(await statusOf(app, '/', withCookie(sessionOf('correct-horse')))).toBe(200);
  });

  test.each<RequestInit>([
    {},
    { headers: { authorization: 'Bearer wrong' } },
    { headers: { authorization: 'Bearer ' } },
    { headers: { authorization: 'Basic correct-horse' } },
    { headers: { authorization: 'correct-horse' } },
    { headers: { authorization: 'Bearer correct-horse correct-horse' } },
    withCookie('correct-horse'),
    withCookie(sessionOf(token)),
    withCookie(''),
  ])('refuses programs with %j', async (init) => {
    const response = await app.request('/v1/chapters', init);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /u);
    expect(await response.json()).toMatchObject({ code: 'not_signed_in' });
    expect(await statusOf(app, '/v1/nothing', init)).toBe(401);
  });

  test.each(['/', '/chapters/x', '/nothing', '/scoreboard'])(
    'sends browsers from %s to sign in',
    async (path) => {
      const response = await app.request(path);
      expect([response.status, response.headers.get('location')]).toEqual([303, '/login']);
    },
  );

  test.each(['/healthz', '/readyz', '/openapi.json', '/login', '/assets/style.css', '/assets/page.js'])(
    'shows %s to everybody',
    async (path) => {
      expect(await statusOf(app, path)).toBe(200);
    },
  );

  test('has no way in beside it', async () => {
    for (const path of ['/assets/../v1/chapters', '/assets/%2e%2e/v1/chapters', '//v1/chapters', '/LOGIN'])
      expect([401, 303]).toContain(await statusOf(app, path));
    expect(await statusOf(app, '/assets/..%2fv1%2fchapters')).toBe(404);
  });
});

describe('the rate of requests', () => {
  test('is limited by address, not for signs of life', async () => {
    let [time, address] = [0, 'a'];
    const app = testApp({ requestsPerMinute: 2, now: () => time, addressOf: () => address });
    expect(await statusOf(app, '/v1/chapters')).toBe(200);
    expect(await statusOf(app, '/v1/nothing')).toBe(404);
    const refused = await app.request('/v1/chapters');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });
    expect(await statusOf(app, '/healthz')).toBe(200);
    expect(await statusOf(app, '/readyz')).toBe(200);
    address = 'b';
    expect(await statusOf(app, '/v1/chapters')).toBe(200);
    [time, address] = [30_000, 'a'];
    expect(await statusOf(app, '/v1/chapters')).toBe(200);
  });

  test('counts wrong tokens too', async () => {
    const app = testApp({ requestsPerMinute: 1, token: 'secret' });
    expect(await statusOf(app, '/v1/chapters')).toBe(401);
    expect(await statusOf(app, '/v1/chapters', { headers: { authorization: 'Bearer secret' } })).toBe(429);
  });
});

describe('replies', () => {
  test('allow browsers nothing but this service, and are kept nowhere', async () => {
    const app = testApp();
    for (const path of ['/v1/chapters', '/v1/chapters/none', '/', '/nothing', '/healthz', '/readyz']) {
      const { headers } = await app.request(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      // Browsers that may not tell their own service where a form comes from could send no form.
      const isPage = path === '/' || path === '/nothing';
      expect(headers.get('referrer-policy')).toMatch(
        isPage ? /^(?:same-origin|no-referrer)$/u : /^no-referrer$/u,
      );
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('keep a policy of their own', async () => {
    const { service } = await gradedTestService();
    const { headers } = await testApp({}, service).request(`/chapters/${cachingId}/report`);
    expect(headers.get('content-security-policy')).toContain("style-src 'sha256-");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('of assets may be kept', async () => {
    const { headers } = await testApp().request('/assets/style.css');
    expect(headers.get('cache-control')).toBeNull();
  });
});

describe('bodies', () => {
  const json = { 'content-type': 'application/json' };

  test.each<[number, string, RequestInit]>([
    [400, 'malformed_body', { headers: json, body: '{"question":' }],
    [400, 'malformed_body', { headers: json, body: '' }],
    [400, 'malformed_body', { headers: json, body: new Uint8Array([0xff, 0xfe, 0x7b]) }],
    [415, 'wrong_content_type', { headers: { 'content-type': 'text/plain' }, body: '{}' }],
    [415, 'wrong_content_type', { headers: {}, body: new Uint8Array([123, 125]) }],
    [422, 'invalid', { headers: json, body: 'null' }],
    [422, 'invalid', { headers: json, body: '"text"' }],
    [422, 'invalid', { headers: json, body: '[]' }],
    [422, 'invalid', { headers: json, body: JSON.stringify({ ...feedback, __proto__: null, extra: 1 }) }],
    [422, 'invalid', { headers: json, body: '{"__proto__": {"question": "q"}}' }],
    [422, 'invalid', { headers: json, body: `${'['.repeat(200_000)}${']'.repeat(200_000)}` }],
    [
      413,
      'too_large',
      { headers: json, body: JSON.stringify({ ...feedback, answer: 'a'.repeat(1_000_000) }) },
    ],
  ])('are answered with %i %s', async (status, code, init) => {
    const response = await testApp().request('/v1/feedback', { method: 'POST', ...init });
    expect([response.status, JSON.parse(await response.text()).code]).toEqual([status, code]);
  });

  test('of uploads may be longer, up to their own limit', async () => {
    const upload = (length: number) => {
      const text = `${new TextDecoder().decode(cachingPage.bytes)}\n${'a'.repeat(length)}`;
      return statusOf(testApp(), '/v1/chapters', jsonRequest('POST', { name: 'a.md', text }));
    };
    expect([await upload(1_500_000), await upload(2_000_000)]).toEqual([201, 413]);
  });

  test('of uploads are multipart or JSON', async () => {
    const app = testApp();
    const post = (type: string, body: string) =>
      statusOf(app, '/v1/chapters', { method: 'POST', headers: { 'content-type': type }, body });
    expect(await post('multipart/form-data; boundary=x', '--x\r\nbroken')).toBe(400);
    expect(await post('multipart/form-data', 'x')).toBe(400);
    expect(await post('application/x-www-form-urlencoded', 'file=x')).toBe(422);
    expect(await post('text/markdown', '# x')).toBe(415);
    expect(await statusOf(app, '/v1/chapters', { method: 'POST' })).toBe(415);
  });
});

describe('addresses', () => {
  const app = testApp();

  test.each([
    '/v1/chapters/%ff',
    '/v1/chapters/%',
    '/v1/chapters/%zz',
    '/v1/chapters/a%00',
    '/%c3%28',
    '/v1/runs/%0a1',
    '/v1/chapters?x=%ff',
  ])('like %s cannot be read', async (path) => {
    expect(await statusOf(app, path)).toBe(400);
  });

  test.each([
    '/v1/chapters/..%2f..%2fetc%2fpasswd',
    '/v1/chapters/%2e%2e%2f',
    '/v1/chapters/%255c',
    '/v1/',
    '/v1',
    '/v1/chapters/',
    '/v1/../v1/x',
  ])('like %s lead nowhere', async (path) => {
    const response = await app.request(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  test('take only what they are for', async () => {
    const response = await app.request('/v1/chapters', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
    expect((await app.request('/v1/chapters', { method: 'HEAD' })).status).toBe(200);
    const page = await app.request('/scoreboard', { method: 'PUT' });
    expect([page.status, page.headers.get('content-type')]).toEqual([405, 'text/html; charset=UTF-8']);
  });
});

describe('time', () => {
  const never = () => new Promise<never>(() => {});

  test('runs out for requests whose reply does not begin', async () => {
    const service = { ...openTestService().service, rubrics: never };
    const app = testApp({ times: { reply: 5, feedback: 5, eventGap: 1, heartbeat: 1, ready: 1 } }, service);
    const response = await app.request('/v1/rubrics');
    expect([response.status, JSON.parse(await response.text()).code]).toEqual([504, 'took_too_long']);
  });

  test('runs out for feedback, whose question to the model is given up', async () => {
    let given: AbortSignal | undefined;
    const service = {
      ...openTestService().service,
      feedback: (_: unknown, signal: AbortSignal) =>
        new Promise<never>((_resolve, reject) => {
          given = signal;
          signal.addEventListener('abort', () => reject(new Error('given up')));
        }),
    };
    const app = testApp({ times: { reply: 1, feedback: 20, eventGap: 1, heartbeat: 1, ready: 1 } }, service);
    const response = await app.request('/v1/feedback', jsonRequest('POST', feedback));
    expect([response.status, JSON.parse(await response.text()).code]).toEqual([504, 'took_too_long']);
    expect(given?.aborted).toBe(true);
  });
});

test('answers programs in their form, whatever line ends their addresses hide', async () => {
  const reply = await testApp().request('/v1/chapters/a/%E2%80%A8');
  expect([reply.status, reply.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
});
