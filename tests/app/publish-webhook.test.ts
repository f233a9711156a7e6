import { describe, expect, test } from 'vitest';
import { sendToWebhook, webhookMessage, webhookTarget } from '../../src/app/publish-webhook.ts';
import type { Scoreboard } from '../../src/app/show-scoreboard.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { rowOf } from '../reports/sample.ts';

const board: Scoreboard = {
  chapters: [{ id: '1장', title: '1장' }],
  rows: [rowOf({ member: 'Ann' })],
  judged: [],
  isWeighted: false,
  language: 'en',
};
const secret = 'T0SECRET';
const address = `https://hooks.slack.com/services/${secret}`;

/** What a person is told, in both languages. */
function refusalOf(words: string[], env: NodeJS.ProcessEnv = {}): string[] {
  try {
    webhookTarget(words, env);
  } catch (error) {
    if (error instanceof ConfigError) return [error.sentence('ko'), error.sentence('en')];
    throw error;
  }
  throw new Error('it was taken');
}

describe('the address', () => {
  test.each([
    ['last', ['1장 TCP/IP', address]],
    ['first', [address, '1장 TCP/IP']],
  ])('may stand %s among titles of chapters', (_where, words) => {
    expect(webhookTarget(words, {})).toEqual({ chapters: ['1장 TCP/IP'], url: new URL(address) });
  });

  test('is taken from the environment when it stands nowhere else', () => {
    const env = { ANSWER_GRADER_WEBHOOK: ` ${address}\n` };
    expect(webhookTarget([], env).url?.href).toBe(address);
    expect(webhookTarget(['https://chat.example/x'], env).url?.host).toBe('chat.example');
  });

  test.each([{}, { ANSWER_GRADER_WEBHOOK: '' }])('may be missing: %j', (env) => {
    expect(webhookTarget(['2장'], env)).toEqual({ chapters: ['2장'], url: null });
  });

  test.each(['http://127.0.0.1:9/x', 'http://localhost/x', 'http://[::1]:9/x'])(
    'may be without TLS on this machine: %s',
    (own) => expect(webhookTarget([own], {}).url?.href).toBe(own),
  );

  test.each([
    ['in the open', `http://hooks.slack.com/${secret}`, 'begins with http://'],
    ['on a name that only begins like this machine', `http://127.0.0.1.evil.example/${secret}`, 'http://'],
    ['without a scheme', `hooks.slack.com/services/${secret}`, 'not a web address'],
    ['without the name of its scheme', `//hooks.slack.com/services/${secret}`, 'not a web address'],
    ['in angle brackets', `<https://hooks.slack.com/services/${secret}>`, 'not a web address'],
    ['with a port and no scheme', `localhost:8080/${secret}`, 'not a web address'],
    ['of another scheme', `ftp://hooks.slack.com/${secret}`, 'not a web address'],
    ['with a password', `https://me:${secret}@hooks.slack.com/x`, 'user name or password'],
  ])('%s is refused, and not repeated', (_why, wrong, said) => {
    for (const sentences of [refusalOf([wrong]), refusalOf([], { ANSWER_GRADER_WEBHOOK: wrong })]) {
      expect(sentences[1]).toContain(said);
      expect(sentences.join()).not.toContain(secret);
    }
  });

  test('in the environment that is none is refused, and not repeated', () => {
    const sentences = refusalOf([], { ANSWER_GRADER_WEBHOOK: secret });
    expect(sentences[1]).toContain('not a web address');
    expect(sentences.join()).not.toContain(secret);
  });

  test('stands once', () => {
    const sentences = refusalOf([address, `https://chat.example/${secret}`]);
    expect(sentences[1]).toBe('there is more than one webhook address; send to one at a time.');
  });
});

describe('the form', () => {
  test.each([
    ['https://hooks.slack.com/services/x', 'slack'],
    ['https://hooks.slack-gov.com/services/x', 'slack'],
    ['https://discord.com/api/webhooks/1/x', 'discord'],
    ['https://ptb.discord.com/api/webhooks/1/x', 'discord'],
    ['https://discordapp.com/api/webhooks/1/x', 'discord'],
    ['https://hooks.slack.com.evil.example/x', 'json'],
    ['https://notdiscord.com/x', 'json'],
    ['https://chat.example/hooks/x', 'json'],
  ])('of %s is %s', (url, form) => {
    expect(webhookMessage(board, new URL(url), { wanted: undefined, language: 'en' }).form).toBe(form);
  });

  test('is the one that is asked for, also without an address', () => {
    const slack = webhookMessage(board, null, { wanted: 'slack', language: 'ko' });
    const other = webhookMessage(board, new URL('https://chat.example/x'), {
      wanted: 'slack',
      language: 'ko',
    });
    expect(slack).toEqual(other);
    expect(JSON.stringify(slack.body)).toContain('점수판: 1장');
  });

  test('json is the document of the scoreboard', () => {
    expect(webhookMessage(board, null, { wanted: 'json', language: 'en' })).toEqual({
      form: 'json',
      body: {
        schemaVersion: 1,
        chapters: board.chapters,
        scoreboard: board.rows,
        judge: { kinds: [], models: [] },
      },
    });
  });

  test('is not known without an address', () => {
    expect(() => webhookMessage(board, null, { wanted: undefined, language: 'en' })).toThrow(
      'there is no webhook to send to',
    );
  });
});

test('a message goes to its address as it is', async () => {
  const posted: [string, unknown][] = [];
  const webhook = { post: async (url: URL, body: unknown) => void posted.push([url.href, body]) };
  const message = { form: 'json' as const, body: { a: 1 } };
  expect(await sendToWebhook(message, new URL(address), webhook)).toBe('hooks.slack.com');
  expect(posted).toEqual([[address, { a: 1 }]]);
});

test('a message without an address goes nowhere', async () => {
  const webhook = { post: () => Promise.reject(new Error('it was sent')) };
  await expect(sendToWebhook({ form: 'slack', body: {} }, null, webhook)).rejects.toThrow(ConfigError);
});
