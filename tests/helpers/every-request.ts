import { exportNames } from '../../src/http/pages/exports.ts';
import { jsonRequest } from './http-app.ts';
import { chapterPage } from './run-cli.ts';

/** What a request names. */
export interface Named {
  chapter: string;
  run: string;
  grade: string;
}

/** A request to a route, but for who sends it. */
export interface RouteRequest {
  /** Method and address as the app knows them, with the file's name where there are several. */
  name: string;
  path(named: Named): string;
  /** @param token what is typed into the login page */
  init(named: Named, token: string): RequestInit;
}

type Init = RouteRequest['init'];

const page = chapterPage({
  title: '9 Newcomers',
  members: { Nora: { 1: 'Something new.' } },
  questions: [{ text: 'What is new?', modelAnswer: 'Something that was not there before.' }],
});

function form(fieldsOf: (named: Named, token: string) => Record<string, string>): Init {
  return (named, token) => {
    const body = new FormData();
    for (const [field, value] of Object.entries(fieldsOf(named, token))) body.append(field, value);
    return { method: 'POST', body };
  };
}

/** What is sent to the routes that take something; a route that is not here is an error. */
const bodies: Readonly<Record<string, Init>> = {
  'POST /v1/feedback': ({ chapter }) => jsonRequest('POST', { chapter, question: 1, answer: 'A store.' }),
  'POST /v1/chapters': () => jsonRequest('POST', { name: 'new.md', text: page }),
  'POST /v1/chapters/:id/estimate': () => jsonRequest('POST', { judge: 'offline' }),
  'POST /v1/chapters/:id/runs': () => jsonRequest('POST', { judge: 'offline' }),
  'POST /v1/runs/:id/stop': () => ({ method: 'POST' }),
  'PUT /v1/grades/:id/review': () => jsonRequest('PUT', { score: 12, reason: 'so', by: 'Somebody' }),
  'DELETE /v1/grades/:id/review': () => jsonRequest('DELETE', { by: 'Somebody' }),
  'POST /login': form((_, token) => ({ token })),
  'POST /logout': form(() => ({})),
  'POST /chapters': form(() => ({ name: 'new', text: page })),
  'POST /chapters/:id/runs': form(() => ({ judge: 'offline' })),
  'POST /runs/:run/stop': form(() => ({})),
  'POST /grades/:grade/review': form(() => ({ how: 'score', score: '34', reason: 'so', by: 'Somebody' })),
  'POST /grades/:grade/review/clear': form(() => ({ by: 'Somebody' })),
  'POST /grades/:grade/review/undo': form(() => ({ by: 'Somebody', at: '2026-11-01T00:00:00.000Z' })),
};

/** Pages that say more where their address asks for it. */
const queries: Readonly<Record<string, readonly ((named: Named) => string)[]>> = {
  'GET /chapters/:id': [() => '?estimate=1&judge=offline'],
  'GET /chapters/:id/report': [() => '?anonymous'],
  'GET /chapters/:id/review': [({ grade }) => `?decided=${grade}`],
  'GET /grades/:grade': [({ grade }) => `?decided=${grade}`],
};

/** A part of an address, by the part before it. */
function partOf(part: string, before: string | undefined, named: Named): string {
  if (!part.startsWith(':')) return part;
  if (before === 'chapters') return encodeURIComponent(named.chapter);
  if (before === 'runs') return named.run;
  if (before === 'grades') return named.grade;
  if (before === 'members') return '1';
  throw new Error(`what should stand for ${part} after ${before}?`);
}

function pathOf(address: string, named: Named): string {
  const parts = address.split('/');
  return parts.map((part, index) => partOf(part, parts[index - 1], named)).join('/');
}

/** Without the patterns that say what a part may be. */
function plain(address: string): string {
  return address.replaceAll(/\{[^}]*\}(?:\{[^}]*\}|[^/{}]*\})*/gu, '');
}

function requestsTo(method: string, address: string): RouteRequest[] {
  const route = `${method} ${address}`;
  const init: Init | undefined = method === 'GET' ? () => ({ method }) : bodies[route];
  if (!init) throw new Error(`what should be sent to ${route}?`);
  const whole = (name: string, own: string, query = (_: Named) => '') => ({
    name,
    path: (named: Named) => pathOf(own, named) + query(named),
    init,
  });
  if (address.endsWith('/export/:name'))
    return exportNames.map((file) => whole(route.replace(':name', file), address.replace(':name', file)));
  const more = (queries[route] ?? []).map((query) =>
    whole(`${route}${query({ chapter: ':id', run: ':run', grade: ':grade' })}`, address, query),
  );
  return [whole(route, address), ...more];
}

function withHead(request: RouteRequest): RouteRequest[] {
  if (!request.name.startsWith('GET ')) return [request];
  const name = request.name.replace('GET ', 'HEAD ');
  return [request, { ...request, name, init: () => ({ method: 'HEAD' }) }];
}

/**
 * A request to every route that an app has, and one for the head alone where that can be had.
 * @throws Error where it is not known what to send to one, as to a new one
 */
export function everyRequest(app: { routes: readonly { method: string; path: string }[] }): RouteRequest[] {
  const own = app.routes.filter(({ method }) => method !== 'ALL');
  const routes = new Map(
    own.map(({ method, path }) => [`${method} ${plain(path)}`, [method, plain(path)]] as const),
  );
  return [...routes.values()].flatMap(([method = '', path = '']) =>
    requestsTo(method, path).flatMap(withHead),
  );
}
