import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cachingId, cachingPage, gradedTestService, openTestService } from '../helpers/grading-service.ts';
import { jsonRequest, testApp } from '../helpers/http-app.ts';

interface Operation {
  summary?: string;
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: object };
}

async function description(): Promise<Description> {
  return JSON.parse(await (await testApp().request('/openapi.json')).text());
}

function operationsOf({ paths }: Description) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  );
}

/** Every place that a document refers to. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}

describe('the description of the interface', () => {
  test('is as it was agreed on', async () => {
    expect(await description()).toMatchSnapshot();
  });

  test('holds every route for programs, and no other', async () => {
    const routes = testApp()
      .routes.filter(
        ({ method, path }) => method !== 'ALL' && /^\/(?:v1\/|healthz|readyz|openapi)/u.test(path),
      )
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/gu, '{$1}')}`);
    const described = operationsOf(await description()).map(({ name }) => name);
    expect(described.toSorted()).toEqual([...new Set(routes)].toSorted());
    expect(described).toHaveLength(21);
  });

  test('refers to nothing that is not in it', async () => {
    const document = await description();
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    const asked = new Set(references(document));
    expect([...asked].filter((reference) => !known.includes(reference))).toEqual([]);
    expect(asked.size).toBeGreaterThan(15);
  });

  test('says of every route what it does, what comes of it and how it fails', async () => {
    for (const { name, operation } of operationsOf(await description())) {
      expect(operation.summary, name).toMatch(/./u);
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.filter((status) => status.startsWith('2')),
        name,
      ).toHaveLength(1);
      for (const status of statuses.filter((one) => !one.startsWith('2'))) {
        const { content, description: words } = operation.responses[status]!;
        expect(content, `${name} ${status}`).toEqual({
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        });
        expect(words).toMatch(/\.$/u);
      }
    }
  });

  test('names the parameters of every address', async () => {
    for (const { name, operation } of operationsOf(await description())) {
      const inAddress = [...name.matchAll(/\{(\w+)\}/gu)].map(([, parameter]) => parameter);
      const { parameters = [] } = operation as { parameters?: { name: string; in: string }[] };
      expect(
        parameters.filter((one) => one.in === 'path').map((one) => one.name),
        name,
      ).toEqual(inAddress);
    }
  });
});

describe('replies', () => {
  /** A schema of the description that knows all others; whatever it does not name is refused. */
  async function checker() {
    const { components, paths } = await description();
    const closed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(closed);
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).map(([key, inner]) => [
        key,
        typeof inner === 'string' ? inner.replace('#/components/schemas/', '#/$defs/') : closed(inner),
      ]);
      const object: Record<string, unknown> = Object.fromEntries(entries);
      return 'properties' in object ? { additionalProperties: false, ...object } : object;
    };
    return (method: string, path: string, status: number, body: unknown) => {
      const { content } = paths[path]![method]!.responses[status]!;
      const schema = {
        ...(closed(content!['application/json']!.schema) as object),
        $defs: closed(components.schemas),
      };
      return z.fromJSONSchema(schema as never).parse(body);
    };
  }

  test('have the form that the description gives them', async () => {
    const { service } = await gradedTestService();
    const app = testApp({}, service);
    const check = await checker();
    const [first] = await Array.fromAsync((await service.grades(cachingId)).grades);
    const grade = first?.id ?? 0;
    const asked = { question: 'What?', modelAnswer: 'This and that.', answer: 'This.' };
    const upload = jsonRequest('POST', { name: 'a.md', text: new TextDecoder().decode(cachingPage.bytes) });
    const decision = jsonRequest('PUT', { score: 50, reason: 'Half of it', by: 'leader' });
    const requests: [method: string, path: string, status: number, init?: RequestInit][] = [
      ['get', '/healthz', 200],
      ['get', '/readyz', 200],
      ['get', '/openapi.json', 200],
      ['post', '/v1/feedback', 200, jsonRequest('POST', asked)],
      ['get', '/v1/chapters', 200],
      ['post', '/v1/chapters', 201, upload],
      ['get', '/v1/chapters/{id}', 200],
      ['get', '/v1/rubrics', 200],
      ['post', '/v1/chapters/{id}/estimate', 200, jsonRequest('POST', {})],
      ['post', '/v1/chapters/{id}/runs', 202, jsonRequest('POST', { judge: 'offline' })],
      ['get', '/v1/chapters/{id}/runs', 200],
      ['get', '/v1/runs/{id}', 200],
      ['post', '/v1/runs/{id}/stop', 202, { method: 'POST' }],
      ['get', '/v1/chapters/{id}/grades', 200],
      ['get', '/v1/chapters/{id}/scoreboard', 200],
      ['get', '/v1/scoreboard', 200],
      ['get', '/v1/chapters/{id}/review', 200],
      ['put', '/v1/grades/{id}/review', 200, decision],
      ['get', '/v1/grades/{id}', 200],
      ['delete', '/v1/grades/{id}/review', 200, jsonRequest('DELETE', { by: 'leader' })],
    ];
    for (const [method, path, status, init] of requests) {
      const id = path.includes('grades/{') ? grade : path.includes('runs/{') ? 1 : cachingId;
      const response = await app.request(path.replace('{id}', String(id)), init);
      expect(response.status, `${method} ${path}`).toBe(status);
      const body = await response.json();
      expect(() => check(method, path, status, body), `${method} ${path}`).not.toThrow();
    }
  });

  test('of another form are noticed by that check', async () => {
    const check = await checker();
    const body = { schemaVersion: 1, chapters: [{ id: 'a', title: 'A', isUploaded: true, isGraded: true }] };
    expect(() => check('get', '/v1/chapters', 200, body)).not.toThrow();
    expect(() => check('get', '/v1/chapters', 200, { ...body, more: 1 })).toThrow();
    expect(() => check('get', '/v1/chapters', 200, { ...body, chapters: [{ id: 'a' }] })).toThrow();
  });

  test('that fail have the form of a problem', async () => {
    const { service } = openTestService();
    const response = await testApp({}, service).request('/v1/chapters/x');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'not_found',
      detail: 'there is no chapter "x".',
    });
  });
});
