import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sessionCookie } from '../../src/http/settings.ts';
import type { Named } from '../helpers/every-request.ts';
import { testApp } from '../helpers/http-app.ts';
import { patience } from '../helpers/run-cli.ts';
import {
  allReplies,
  type Replies,
  type Reply,
  type Sender,
  secretsIn,
  seen,
  stateOf,
  unnamed,
} from '../helpers/seen-replies.ts';
import {
  bearer,
  cookieOf,
  type Groups,
  gradesOf,
  openGroups,
  ownId,
  secretsOfA,
  sharedId,
  tokens,
} from '../helpers/two-groups.ts';

const byToken = (token: string): Sender => ({ headers: bearer(token), token });
const byCookie = (cookie: string, token: string): Sender => ({
  headers: { cookie: `${sessionCookie}=${cookie}` },
  token,
});

function withOtherEnd(text: string): string {
  return text.slice(0, -1) + (text.endsWith('Z') ? 'Y' : 'Z');
}

const tampered = withOtherEnd(cookieOf(tokens.a));
/** Nobody of these may see anything. */
const strangers: Readonly<Record<string, Sender>> = {
  'no token': { headers: {}, token: '' },
  'wrong token': byToken(tokens.unknown),
  'changed token': byToken(withOtherEnd(tokens.a)),
  'closed group': byToken(tokens.closed),
  'old token': byToken(tokens.oldA),
  'changed cookie': byCookie(tampered, tampered),
  'closed cookie': byCookie(cookieOf(tokens.closed), tokens.closed),
  'old cookie': byCookie(cookieOf(tokens.oldA), tokens.oldA),
  'cookie as token': byToken(cookieOf(tokens.a)),
  'token as cookie': byCookie(tokens.a, cookieOf(tokens.a)),
};

const shared: Named = { chapter: sharedId, run: '1', grade: '1' };
const nobodys: Named = { chapter: 'nobodys', run: '998', grade: '999' };

let owns: Named;
let states: { before: string; afterStrangers: string; afterB: string };
const refused = new Map<string, Replies>();
let b: Record<'onOwns' | 'onNobodys' | 'onShared', Replies>;
let alone: typeof b;
let a: Replies;

/** What B is told, which may differ only by whether there is an A. */
async function repliesToB(groups: Groups): Promise<typeof b> {
  const sender = byToken(tokens.b);
  // What it hands in itself stands in lists from the first time on.
  await allReplies(groups, nobodys, sender);
  return {
    onOwns: await allReplies(groups, owns, sender),
    onNobodys: await allReplies(groups, nobodys, sender),
    onShared: await allReplies(groups, shared, sender),
  };
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-01T00:00:00.000Z') });
  const both = await openGroups();
  const ofA = both.a!;
  const grade = (await gradesOf(ofA, ownId)).at(-1)!;
  const [run] = await ofA.runs(ownId);
  owns = { chapter: ownId, run: String(run!.id), grade: String(grade.id) };
  // Whatever might be left behind by A is there before anybody else comes.
  await both.app.request('/v1/chapters', { headers: bearer(tokens.a) });
  const before = await stateOf(ofA);
  for (const [name, sender] of Object.entries(strangers))
    refused.set(name, await allReplies(both, owns, sender));
  const afterStrangers = await stateOf(ofA);
  b = await repliesToB(both);
  states = { before, afterStrangers, afterB: await stateOf(ofA) };
  alone = await repliesToB(await openGroups(false));
  a = await allReplies(both, owns, byToken(tokens.a));
}, patience);
afterAll(() => void vi.useRealTimers());

/** What everybody may see, with what an app that knows of no groups shows there. */
const open = [
  'GET /healthz',
  'GET /readyz',
  'GET /openapi.json',
  'GET /assets/style.css',
  'GET /assets/page.js',
  'GET /login',
];

test('every route answers everybody as it was agreed on; * where it tells something of A', () => {
  const columns = [
    ...[...refused].map(([name, replies]) => [name, replies, owns] as const),
    ["B on A's", b.onOwns, owns],
    ['B on its own', b.onShared, shared],
    ['A', a, owns],
  ] as const;
  const cell = (reply: Reply, named: Named) =>
    `${reply.status}${secretsIn(reply, named).length > 0 ? '*' : ''}`;
  const routes = [...a.keys()].filter((route) => !route.startsWith('HEAD '));
  const rows = routes.map((route) => [
    route,
    ...columns.map(([, replies, named]) => cell(replies.get(route)!, named)),
  ]);
  const table = [['', ...columns.map(([name]) => name)], ...rows];
  const widths = table[0]!.map((_, index) => Math.max(...table.map((row) => row[index]!.length)));
  const lines = table.map((row) => row.map((text, index) => text.padEnd(widths[index]!)).join('  '));
  expect(`\n${lines.map((line) => line.trimEnd()).join('\n')}\n`).toMatchSnapshot();
});

test('the head alone tells no more than the whole', () => {
  for (const replies of [...refused.values(), b.onOwns, b.onShared, a])
    for (const [route, { status }] of [...replies].filter(([name]) => name.startsWith('GET ')))
      expect(replies.get(route.replace('GET', 'HEAD')), route).toMatchObject({ status, body: '' });
});

test('every route would show or do something to A itself', () => {
  for (const [name, { status }] of a) expect(status < 400 || status === 409, `${name}: ${status}`).toBe(true);
  const showing = [...a.values()]
    .map((reply) => secretsIn(reply, owns))
    .filter((secrets) => secrets.length > 0);
  expect(new Set(showing.flat())).toEqual(new Set(secretsOfA));
  expect(showing.length).toBeGreaterThan(25);
});

describe('strangers', () => {
  test.each(Object.keys(strangers))('with "%s" learn what somebody without a token learns', (name) => {
    for (const [route, reply] of refused.get(name)!) {
      expect(secretsIn(reply, owns), route).toEqual([]);
      expect(reply, route).toEqual(refused.get('no token')!.get(route));
    }
  });

  test('are refused everywhere but where everybody may look, in the same words', () => {
    const replies = [...refused.get('no token')!].filter(
      ([route]) => !open.includes(route.replace('HEAD', 'GET')),
    );
    const different = new Set(replies.map(([, reply]) => JSON.stringify(reply)));
    // Programs get a problem or its head, browsers the way to the login page, and that page a form that was wrong.
    expect(different.size).toBe(4);
    expect(new Set(replies.map(([, { status }]) => status))).toEqual(new Set([401, 303, 403]));
  });

  test('see where everybody may look what they would see of a service without groups', async () => {
    for (const route of open) {
      const [, path = ''] = route.split(' ');
      const reply = await testApp(path === '/login' ? { token: 'some other token' } : {}).request(path);
      expect(refused.get('no token')!.get(route), route).toEqual(await seen(reply));
    }
  });

  test('change nothing', () => {
    expect(states.afterStrangers).toBe(states.before);
  });
});

describe('another group', () => {
  test.each(['onOwns', 'onNobodys', 'onShared'] as const)(
    'is told %s what it is told where there is no A',
    (which) => {
      for (const [route, reply] of b[which]) {
        expect(secretsIn(reply, owns), route).toEqual([]);
        expect(reply, route).toEqual(alone[which].get(route));
      }
    },
  );

  test("gets for A's numbers and names the answer for those that nobody has", () => {
    for (const [route, reply] of b.onOwns) {
      const other = b.onNobodys.get(route)!;
      const isSame = JSON.stringify(reply) === JSON.stringify(other);
      if (!isSame) expect(unnamed(reply, owns), route).toEqual(unnamed(other, nobodys));
    }
  });

  test('changes nothing', () => {
    expect(states.afterB).toBe(states.before);
  });
});
