import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of a JSON schema as reply schemas use. */
export interface JsonSchema {
  type?: string;
  enum?: string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean;
  items?: JsonSchema;
}

/** The body of a chat completion request. */
interface ChatBody {
  model: string;
  messages: { role: string; content: string }[];
  temperature?: number;
  max_tokens?: number;
  max_completion_tokens?: number;
  response_format?: {
    type: string;
    json_schema?: { name: string; strict?: boolean; schema: JsonSchema };
  };
}

export interface RecordedRequest {
  /** From 0, in the order of arrival. */
  index: number;
  path: string;
  headers: IncomingHttpHeaders;
  /** The body as it came over the wire. */
  raw: string;
  body: ChatBody;
}

export interface HttpReply {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** What comes back for a request: a reply, the connection cut, or, left undefined, a valid verdict. */
type Outcome = HttpReply | 'hang_up' | undefined;
export type Handler = (request: RecordedRequest) => Outcome | Promise<Outcome>;

/** Picks a level of a criterion, given from worst to best. */
export type PickLevel = (criterion: string, levels: readonly string[], request: RecordedRequest) => string;

export interface LoopbackModel extends AsyncDisposable {
  /** Address of the API, ending in /v1. */
  baseUrl: string;
  requests: RecordedRequest[];
  /** Takes the place of the handler for requests to come. */
  handleWith(handler: Handler): void;
  /** Resolves when this many requests have arrived in all. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

const best: PickLevel = (_criterion, levels) => levels.at(-1) ?? '';

/** The answer between the markers of the prompt. */
export function answerIn(request: RecordedRequest): string {
  const prompt = request.body.messages.find((message) => message.role === 'user')?.content ?? '';
  return /^(=== answer [0-9a-f]+ ===)\n([\s\S]*)\n\1$/mu.exec(prompt)?.[2] ?? '';
}

/** The question in the prompt. */
export function questionIn(request: RecordedRequest): string {
  const prompt = request.body.messages.find((message) => message.role === 'user')?.content ?? '';
  return /^# Question\n(.*)$/mu.exec(prompt)?.[1] ?? '';
}

/** The reply schema of a request: from `response_format`, else from the system message. */
export function schemaIn({ body }: RecordedRequest): JsonSchema {
  const given = body.response_format?.json_schema?.schema;
  if (given) return given;
  const spelledOut = /Its form, as a JSON schema:\n(\{.*\})$/su.exec(body.messages[0]?.content ?? '')?.[1];
  if (spelledOut === undefined) throw new Error('the request says nowhere which form the reply must have');
  return JSON.parse(spelledOut) as JsonSchema;
}

/** A value of the form that a schema asks for. */
function valueFor(
  schema: JsonSchema,
  path: readonly string[],
  request: RecordedRequest,
  level: PickLevel,
): unknown {
  const name = path.at(-1) ?? '';
  if (schema.enum) return level(path.at(-2) ?? '', schema.enum, request);
  if (schema.type === 'boolean') return false;
  if (schema.type === 'string') return `${name} of the loopback model`;
  if (schema.type === 'array') {
    const firstLine = answerIn(request)
      .split('\n')
      .find((line) => line.trim() !== '');
    return name === 'evidence' ? [firstLine?.trim() ?? ''] : [`one of ${name}`];
  }
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([key, part]) => [
      key,
      valueFor(part, [...path, key], request, level),
    ]),
  );
}

/** A valid verdict as JSON. */
export function verdictFor(request: RecordedRequest, level: PickLevel = best): string {
  return JSON.stringify(valueFor(schemaIn(request), [], request, level));
}

export interface CompletionParts {
  finishReason?: string;
  refusal?: string;
}

/** A chat completion that says this; each takes 1,000 tokens in and 100 out. */
export function completion(
  request: RecordedRequest,
  content: string | null,
  { finishReason = 'stop', refusal }: CompletionParts = {},
): HttpReply {
  const body = {
    id: `chatcmpl-${request.index}`,
    object: 'chat.completion',
    created: 1,
    model: `${request.body.model}-loopback`,
    choices: [
      {
        index: 0,
        finish_reason: finishReason,
        message: { role: 'assistant', content, refusal: refusal ?? null },
      },
    ],
    usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
  };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** An error in the form of the OpenAI interface. */
export function failure(status: number, message: string, headers: Record<string, string> = {}): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ error: { message, type: 'loopback', param: null, code: null } }),
  };
}

/** The environment in which the command line program asks this model. */
export function environmentFor({ baseUrl }: LoopbackModel, model = 'loopback-1'): Record<string, string> {
  return { OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: 'test-key', ANSWER_GRADER_MODEL: model };
}

function send(response: ServerResponse, reply: HttpReply | 'hang_up'): void {
  if (reply === 'hang_up') response.destroy();
  else response.writeHead(reply.status, reply.headers ?? {}).end(reply.body);
}

/** A model behind the OpenAI chat interface on this machine. Every request is recorded. */
export async function startLoopbackModel(
  options: { handler?: Handler; level?: PickLevel } = {},
): Promise<LoopbackModel> {
  const { level = best } = options;
  let handler: Handler = options.handler ?? (() => undefined);
  const requests: RecordedRequest[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const request: RecordedRequest = {
        index: requests.length,
        path: incoming.url ?? '',
        headers: incoming.headers,
        raw,
        body: JSON.parse(raw) as ChatBody,
      };
      requests.push(request);
      for (const item of waiting) if (requests.length >= item.count) item.resolve();
      waiting = waiting.filter((item) => requests.length < item.count);
      Promise.resolve(handler(request)).then(
        (reply) => send(response, reply ?? completion(request, verdictFor(request, level))),
        (error: unknown) => send(response, failure(418, `the test's handler failed: ${String(error)}`)),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    handleWith: (next) => {
      handler = next;
    },
    received: (count) =>
      new Promise((resolve) => {
        if (requests.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
