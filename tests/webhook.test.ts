import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, DeliveryError } from '../src/core/errors.ts';
import { createWebhook } from '../src/webhook.ts';

const secret = 'B0SECRET';
const url = new URL(`https://hooks.slack.com/services/${secret}`);
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

type Reply = () => Response | Promise<Response>;

/** Posts to a webhook that replies so, one reply after the other; asked more often, it fails. */
async function postTo(replies: Reply[], timeoutMs = 5000) {
  const bodies: unknown[] = [];
  const waits: number[] = [];
  const told: [number, string][] = [];
  server.use(
    http.post(url.href, async ({ request }) => {
      bodies.push(await request.json());
      return replies.shift()?.() ?? HttpResponse.text('asked too often', { status: 418 });
    }),
  );
  const webhook = createWebhook({
    timeoutMs,
    wait: async (ms) => waits.push(ms),
    onWait: (...given) => told.push(given),
  });
  const error: unknown = await webhook.post(url, { 가: 1 }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { error, bodies, waits, told };
}

const replyWith =
  (status: number, headers: Record<string, string> = {}, text = '') =>
  () =>
    new HttpResponse(status === 204 ? null : text, { status, headers });

/** What a person is told; fails where it tells the secret. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof ConfigError || error instanceof DeliveryError)) throw error;
  expect(error.sentence('ko') + error.sentence('en') + String(error.stack)).not.toContain(secret);
  return `${error.name}: ${error.sentence('en')}`;
}

test.each([200, 204])('a message that is taken (%i) is sent once, as JSON', async (status) => {
  expect(await postTo([replyWith(status)])).toEqual({
    error: null,
    bodies: [{ 가: 1 }],
    waits: [],
    told: [],
  });
});

test.each([
  [
    'a deleted webhook',
    replyWith(404, {}, 'no_service'),
    'ConfigError: hooks.slack.com has no such webhook (404, no_service): it was deleted, or its channel archived; make a new one and use its address.',
  ],
  [
    'a webhook that is gone',
    replyWith(410),
    'ConfigError: hooks.slack.com has no such webhook (410): it was deleted, or its channel archived; make a new one and use its address.',
  ],
  [
    'another form',
    replyWith(400, {}, 'invalid_blocks'),
    'DeliveryError: hooks.slack.com did not take the message (400, invalid_blocks); check that the address is that of a webhook and that --as fits it.',
  ],
  [
    'a page that repeats the address',
    replyWith(403, {}, `<p>no: ${url.href}</p>`),
    'DeliveryError: hooks.slack.com did not take the message (403); check that the address is that of a webhook and that --as fits it.',
  ],
  [
    'a word that is part of the address',
    replyWith(403, {}, 'services'),
    'DeliveryError: hooks.slack.com did not take the message (403); check that the address is that of a webhook and that --as fits it.',
  ],
  [
    'a passing fault',
    replyWith(503, {}, 'rollup_error'),
    'DeliveryError: hooks.slack.com has a passing fault (503); run again later.',
  ],
  [
    'a redirect, which is not followed',
    replyWith(307, { location: 'https://elsewhere.example/' }),
    "ConfigError: hooks.slack.com points to another address (307), which is not followed, to hand scores to nobody else; use the webhook's exact address.",
  ],
  [
    'no connection',
    () => HttpResponse.error(),
    "DeliveryError: cannot connect to hooks.slack.com; check the webhook's address and the network.",
  ],
])('%s', async (_what, reply, sentence) => {
  const { error, bodies } = await postTo([reply]);
  expect(sentenceOf(error)).toBe(sentence);
  expect(bodies).toHaveLength(1);
});

test('no reply in time', async () => {
  const { error } = await postTo([() => new Promise<Response>(() => undefined)], 20);
  expect(sentenceOf(error)).toBe(
    'DeliveryError: hooks.slack.com did not reply within 0.02 s; look whether the message is there, then run again.',
  );
});

describe('a webhook that asks to wait', () => {
  const busy = (after: string) => replyWith(429, { 'retry-after': after });

  test('is waited for, and sent to again', async () => {
    expect(await postTo([busy('30'), replyWith(200)])).toEqual({
      error: null,
      bodies: [{ 가: 1 }, { 가: 1 }],
      waits: [30_000],
      told: [[30_000, 'hooks.slack.com']],
    });
  });

  test('is waited for only once', async () => {
    const { error, bodies } = await postTo([busy('1'), busy('2')]);
    expect(sentenceOf(error)).toBe(
      'DeliveryError: hooks.slack.com limits how many messages it takes (429); run again in 2 s.',
    );
    expect(bodies).toHaveLength(2);
  });

  test.each([
    [busy('31'), 'run again in 31 s.'],
    [replyWith(429), 'run again later.'],
  ])('for long, or for how long it does not say, is not waited for', async (reply, end) => {
    const { error, bodies, waits } = await postTo([reply]);
    expect(sentenceOf(error)).toMatch(new RegExp(`\\(429\\); ${end}$`, 'u'));
    expect({ sent: bodies.length, waits }).toEqual({ sent: 1, waits: [] });
  });
});
