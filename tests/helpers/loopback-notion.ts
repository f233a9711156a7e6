import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNotionState, type NotionState, type SeedPage } from './notion-state.ts';

/** A request as it arrived. */
interface NotionRequest {
  method: string;
  /** With its query. */
  path: string;
  body: unknown;
}

/** Status, headers and body of an answer that takes the place of the usual one. */
export interface NotionReply {
  status: number;
  headers?: Record<string, string>;
  body: object;
}

type Interfere = (request: NotionRequest) => NotionReply | 'hang_up' | 'hang_up_afterwards' | undefined;

export interface LoopbackNotion extends AsyncDisposable {
  /** Without `/v1`, as NOTION_BASE_URL takes it. */
  baseUrl: string;
  token: string;
  state: NotionState;
  requests: NotionRequest[];
  /** Requests that change something, by method and path. */
  writes(): string[];
  /** What may answer in place of the usual. */
  interfereWith(interfere: Interfere): void;
}

/** An error in the form of the interface. */
export function notionFailure(
  status: number,
  code: string,
  headers: Record<string, string> = {},
): NotionReply {
  const message = `refused: ${code}`;
  return { status, headers, body: { object: 'error', status, code, message, request_id: 'loopback' } };
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const text = Buffer.concat(await incoming.toArray()).toString('utf8');
  return text === '' ? null : JSON.parse(text);
}

/** The part of Notion's interface that is used, on this machine and in memory. Every request is recorded. */
export async function startLoopbackNotion(
  pages: readonly SeedPage[],
  { longestList = 100 }: { longestList?: number } = {},
): Promise<LoopbackNotion> {
  const token = 'ntn_loopback';
  const state = createNotionState(pages, longestList);
  const requests: NotionRequest[] = [];
  let interfere: Interfere = () => undefined;

  function reply(request: NotionRequest, headers: IncomingMessage['headers']): NotionReply | 'hang_up' {
    const instead = interfere(request);
    if (instead === 'hang_up_afterwards') state.answer(request);
    if (instead) return instead === 'hang_up_afterwards' ? 'hang_up' : instead;
    if (headers.authorization !== `Bearer ${token}`) return notionFailure(401, 'unauthorized');
    if (headers['notion-version'] !== '2026-03-11') return notionFailure(400, 'missing_version');
    const result = state.answer(request);
    return 'failure' in result
      ? notionFailure(result.failure.status, result.failure.code)
      : { status: 200, body: result.body };
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = { method: incoming.method ?? '', path: incoming.url ?? '', body: await bodyOf(incoming) };
    requests.push(request);
    const answer = reply(request, incoming.headers);
    if (answer === 'hang_up') response.destroy();
    else
      response
        .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
        .end(JSON.stringify(answer.body));
  }
  const server = createServer((incoming, response) => void serve(incoming, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    token,
    state,
    requests,
    writes: () =>
      requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`),
    interfereWith: (next) => {
      interfere = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The environment in which the command line program reads from it. */
export function notionEnvironment({ baseUrl, token }: LoopbackNotion): Record<string, string> {
  return { NOTION_BASE_URL: baseUrl, NOTION_TOKEN: token };
}
