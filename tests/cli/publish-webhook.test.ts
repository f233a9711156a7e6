import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chapterPage, createWorkspace, jsonOf, patience, type Workspace } from '../helpers/run-cli.ts';

const secret = 'T0SECRET';
const page = chapterPage({
  title: '1 Packets',
  members: { Ann: { 1: 'A unit of data with a header.' }, '<!channel>': { 1: 'Bananas, I believe.' } },
  questions: [{ text: 'What is a packet?', modelAnswer: 'A small unit of data with a header.' }],
});

interface Post {
  path: string | undefined;
  type: string | undefined;
  body: unknown;
}

interface Chat extends AsyncDisposable {
  /** The webhook's address, with a secret in it. */
  url: string;
  host: string;
  posts: Post[];
}

/** A chat on this machine, which answers each post in turn, and then takes everything. */
async function startChat(...replies: ((response: ServerResponse) => void)[]): Promise<Chat> {
  const posts: Post[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const raw = Buffer.concat(await request.toArray()).toString('utf8');
    posts.push({ path: request.url, type: request.headers['content-type'], body: JSON.parse(raw) });
    const reply = replies.shift();
    if (reply) reply(response);
    else response.end('ok');
  };
  const server = createServer((...exchange) => void answer(...exchange));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/services/${secret}`,
    host,
    posts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.write('packets.md', page);
  await workspace.run(['grade', 'packets.md', '--judge', 'offline']);
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

const publish = (words: string[], env: Record<string, string> = {}) =>
  workspace.run(['publish', '--to', 'webhook', ...words], { env });

describe('without --yes', () => {
  test('it shows what would be sent, and sends nothing', async () => {
    await using chat = await startChat();
    const { code, stdout, stderr } = await publish([chat.url, '--as', 'slack']);
    expect({ code, stderr, posts: chat.posts }).toEqual({
      code: 0,
      stderr: `Dry run: this would be sent to ${chat.host} (slack). Add --yes to send it.\n`,
      posts: [],
    });
    expect(stdout).toMatchSnapshot();
  });

  test('a form will do in place of an address', async () => {
    const { stdout, stderr } = await publish(['--as', 'discord', '--lang', 'ko']);
    expect(stderr).toBe('시험 실행: 보낼 내용(discord)입니다. 보내려면 --yes를 붙이세요.\n');
    expect(stdout).toMatchSnapshot();
  });
});

describe('with --yes', () => {
  test('it sends what it showed', async () => {
    await using chat = await startChat();
    const shown = await publish(['1 Packets', chat.url, '--as', 'discord']);
    expect(await publish(['1 Packets', chat.url, '--as', 'discord', '--yes'])).toEqual({
      code: 0,
      stdout: `Sent to ${chat.host} (discord).\n`,
      stderr: '',
    });
    expect(chat.posts).toEqual([
      { path: `/services/${secret}`, type: 'application/json', body: jsonOf(shown) },
    ]);
  });

  test('a host that is not known gets the scoreboard as JSON, with the address from the environment', async () => {
    await using chat = await startChat();
    const { stdout } = await publish(['--yes'], { ANSWER_GRADER_WEBHOOK: chat.url });
    expect(stdout).toBe(`Sent to ${chat.host} (json).\n`);
    expect(chat.posts.map(({ body }) => body)).toEqual([
      jsonOf(await workspace.run(['scoreboard', '--json'])),
    ]);
  });

  test('--json tells what was sent where, but not the address', async () => {
    await using chat = await startChat();
    const result = await publish([chat.url, '--as', 'slack', '--yes', '--json']);
    expect(jsonOf(result)).toEqual({
      schemaVersion: 1,
      to: 'webhook',
      host: chat.host,
      form: 'slack',
      isSent: true,
      body: chat.posts[0]?.body,
    });
    expect(result.stdout).not.toContain(secret);
  });

  test('--anonymous sends no names', async () => {
    await using chat = await startChat();
    await publish([chat.url, '--as', 'slack', '--anonymous', '--yes']);
    const sent = JSON.stringify(chat.posts);
    expect(sent).toContain('Member 1');
    expect(sent).not.toMatch(/Ann|channel/u);
  });

  test.each(['--format', '--mapping'])(
    '%s says how a page is read, and none is read here',
    async (option) => {
      expect(await publish(['https://chat.example/hook', option, 'answer-rows'])).toEqual({
        code: 2,
        stdout: '',
        stderr: `${option} goes with --to notion only.\n`,
      });
    },
  );

  test('a chat that asks to wait is sent to again', async () => {
    await using chat = await startChat((response) => response.writeHead(429, { 'retry-after': '0' }).end());
    const { code, stderr } = await publish([chat.url, '--as', 'slack', '--yes']);
    expect({ code, stderr, posts: chat.posts.length }).toEqual({
      code: 0,
      stderr: `${chat.host} asks to wait; sending again in 0 s.\n`,
      posts: 2,
    });
  });
});

describe('what cannot be sent is one sentence and exit code 2', () => {
  test('to a webhook that was deleted', async () => {
    await using chat = await startChat((response) => response.writeHead(404).end('no_service'));
    expect(await publish([chat.url, '--yes'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `${chat.host} has no such webhook (404, no_service): it was deleted, or its channel archived; make a new one and use its address.\n`,
    });
  });

  test('to an address that points elsewhere', async () => {
    await using other = await startChat();
    await using chat = await startChat((response) => response.writeHead(307, { location: other.url }).end());
    const { code, stderr } = await publish([chat.url, '--yes', '--lang', 'ko']);
    expect(code).toBe(2);
    expect(stderr).toContain('다른 주소로 넘깁니다(307)');
    expect(other.posts).toEqual([]);
  });

  test('to nobody at all', async () => {
    const chat = await startChat();
    await chat[Symbol.asyncDispose]();
    const { code, stderr } = await publish([chat.url, '--yes']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `cannot connect to ${chat.host} (ECONNREFUSED); check the webhook's address and the network.\n`,
    );
  });

  test.each([
    ['no address', [], 'there is no webhook to send to'],
    ['an address in the open', [`http://chat.example/${secret}`], 'begins with http://'],
    ['an address without its scheme', [`chat.example/${secret}`], 'not a web address'],
    ['an address as the kind of place', ['--to', `https://chat.example/${secret}`], '--to takes the kind'],
    ['a form alone', ['--as', 'slack', '--yes'], 'there is no webhook to send to'],
    ['an unknown chapter', ['Weather', '--as', 'slack'], '"Weather" is not among the graded chapters'],
  ])('with %s', async (_what, words, said) => {
    const { code, stdout, stderr } = await publish(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain(secret);
  });

  test('without a place to publish to', async () => {
    const { code, stderr } = await workspace.run(['publish']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "error: required option '--to <target>' not specified\n",
    });
  });
});

test('the address is written nowhere', async () => {
  await using chat = await startChat();
  await publish([chat.url, '--yes']);
  for (const file of await workspace.files('.'))
    expect(await workspace.read(file), file).not.toContain(secret);
});
