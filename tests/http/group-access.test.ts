import { describe, expect, test } from 'vitest';
import { hashOfToken, newToken, sessionOf } from '../../src/app/group-tokens.ts';
import { accessByGroups } from '../../src/http/access.ts';
import { createApp } from '../../src/http/create-app.ts';
import { sessionCookie } from '../../src/http/settings.ts';
import { openTestService } from '../helpers/grading-service.ts';
import { testApp, testSettings } from '../helpers/http-app.ts';
import { bearer, cookieOf, openGroups, tokens } from '../helpers/two-groups.ts';

type App = Pick<ReturnType<typeof createApp>, 'request'>;

const byCookie = (cookie: string) => ({ cookie: `${sessionCookie}=${cookie}` });

async function statusFor(app: App, headers: Record<string, string>, path = '/v1/chapters') {
  return (await app.request(path, { headers })).status;
}

function login(app: App, token: string, headers: Record<string, string> = {}) {
  const body = new FormData();
  body.append('token', token);
  return app.request('/login', { method: 'POST', body, headers });
}

/** Whose chapters are listed: group A has two. */
async function chaptersFor(app: App, headers: Record<string, string>): Promise<number> {
  const { chapters } = JSON.parse(await (await app.request('/v1/chapters', { headers })).text());
  return chapters.length;
}

/** The text with another sign at one place, for every place. */
function misspelt(text: string): string[] {
  return [...text].map((sign, at) => text.slice(0, at) + (sign === 'x' ? 'y' : 'x') + text.slice(at + 1));
}

describe('a group', () => {
  test('is reached by its token and by a login with it, each group to its own', async () => {
    const { app } = await openGroups();
    expect(await chaptersFor(app, bearer(tokens.a))).toBe(2);
    expect(await chaptersFor(app, bearer(tokens.b))).toBe(1);
    const reply = await login(app, tokens.a);
    expect([reply.status, reply.headers.get('location')]).toEqual([303, '/']);
    expect(reply.headers.getSetCookie()[0]).toBe(
      `${sessionCookie}=${cookieOf(tokens.a)}; Path=/; HttpOnly; SameSite=Strict`,
    );
    expect(await chaptersFor(app, byCookie(cookieOf(tokens.a)))).toBe(2);
    expect(await chaptersFor(app, { ...byCookie(cookieOf(tokens.b)), ...bearer(tokens.a) })).toBe(2);
    expect(await chaptersFor(app, { ...byCookie(cookieOf(tokens.b)), ...bearer(tokens.closed) })).toBe(1);
  });

  test('is not reached where any sign of its token or cookie is another one', async () => {
    const { app } = await openGroups();
    const wrong = await app.request('/v1/chapters');
    const said = await wrong.text();
    const senders = [
      ...misspelt(tokens.a).map(bearer),
      ...misspelt(cookieOf(tokens.a)).map(byCookie),
      bearer(tokens.a.slice(0, -1)),
      bearer(`${tokens.a}A`),
      bearer(hashOfToken(tokens.a)),
      byCookie(hashOfToken(tokens.a)),
    ];
    expect(senders.length).toBeGreaterThan(90);
    for (const headers of senders) {
      const reply = await app.request('/v1/chapters', { headers });
      expect([reply.status, await reply.text()]).toEqual([401, said]);
    }
  });

  test('is closed to an old token and its logins with the next request', async () => {
    const { app, store } = await openGroups();
    const old = [bearer(tokens.a), byCookie(cookieOf(tokens.a))];
    for (const headers of old) expect(await statusFor(app, headers)).toBe(200);
    const token = newToken();
    store.setToken('Indigo', hashOfToken(token));
    for (const headers of old) {
      expect(await statusFor(app, headers)).toBe(401);
      expect(await statusFor(app, headers, '/')).toBe(303);
    }
    expect((await login(app, tokens.a)).status).toBe(403);
    expect(await chaptersFor(app, bearer(token))).toBe(2);
    store.setToken('Indigo', null);
    expect(await statusFor(app, bearer(token))).toBe(401);
    expect(await statusFor(app, byCookie(sessionOf(token)))).toBe(401);
  });

  test('leaves the name of who decided last to nobody who logs in or out on the same browser', async () => {
    const { app } = await openGroups();
    const reviewer = { cookie: 'reviewer=Alaric' };
    const out = {
      method: 'POST',
      headers: { cookie: `${byCookie(cookieOf(tokens.a)).cookie}; reviewer=Alaric` },
    };
    for (const reply of [await login(app, tokens.b, reviewer), await app.request('/logout', out)])
      expect(reply.headers.getSetCookie().join('\n')).toMatch(/^reviewer=; Max-Age=0; Path=\//mu);
  });
});

describe("a group's service", () => {
  test('is asked for once, whoever comes first, and only for whoever was let in', async () => {
    const { app, asked } = await openGroups();
    for (const token of [tokens.closed, tokens.oldA, tokens.unknown]) await statusFor(app, bearer(token));
    for (const path of ['/healthz', '/openapi.json', '/login', '/assets/style.css', '/assets/none'])
      await statusFor(app, {}, path);
    expect(asked).toEqual(new Map());
    await Promise.all([tokens.a, tokens.b, tokens.a].map((token) => statusFor(app, bearer(token))));
    await statusFor(app, bearer(tokens.a), '/');
    expect(asked).toEqual(
      new Map([
        [1, 1],
        [2, 1],
      ]),
    );
  });

  test('that cannot be opened is asked for again with the next request', async () => {
    let isBroken = true;
    const { service } = openTestService();
    const serviceOf = async () => {
      if (isBroken) throw new Error('no connection');
      return service;
    };
    const access = accessByGroups(async () => ({ id: 1, name: 'One' }));
    const app = createApp(serviceOf, testSettings({ access }));
    expect(await statusFor(app, bearer('any'))).toBe(500);
    isBroken = false;
    expect(await statusFor(app, bearer('any'))).toBe(200);
  });
});

describe('the rate of requests', () => {
  test("of a group has an end of its own, which is not another group's", async () => {
    let address = 0;
    const changes = { requestsPerMinute: 2, addressOf: () => String(address++) };
    const { app } = await openGroups(true, changes);
    const asked = [];
    for (let count = 0; count < 11; count += 1) asked.push(await statusFor(app, bearer(tokens.a)));
    expect(asked).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect(await statusFor(app, byCookie(cookieOf(tokens.a)))).toBe(429);
    expect(await statusFor(app, bearer(tokens.b))).toBe(200);
    expect(await statusFor(app, {})).toBe(401);
    // One group alone has nobody to leave a turn to.
    const alone = testApp({ ...changes, token: 'the-only-token' });
    for (let count = 0; count < 12; count += 1)
      expect(await statusFor(alone, bearer('the-only-token'))).toBe(200);
  });

  test('is over for an address that tries tokens, before any of them is looked up', async () => {
    const { app } = await openGroups(true, { requestsPerMinute: 3 });
    for (const wrong of misspelt(tokens.a).slice(0, 2)) expect(await statusFor(app, bearer(wrong))).toBe(401);
    expect((await login(app, tokens.unknown)).status).toBe(403);
    expect(await statusFor(app, bearer(tokens.a))).toBe(429);
    expect((await login(app, tokens.a)).status).toBe(429);
  });
});
