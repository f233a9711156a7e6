import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { completion, type RecordedRequest, verdictFor } from './loopback-model.ts';

/** A line of a batch file. */
interface SentLine {
  custom_id: string;
  method: string;
  url: string;
  body: RecordedRequest['body'];
}

interface ServedBatch {
  id: string;
  status: string;
  input_file_id: string;
  created_at: number;
  metadata: Record<string, string>;
  output_file_id?: string;
  error_file_id?: string;
  request_counts: { total: number; completed: number; failed: number };
  errors?: { data: { message: string }[] };
}

/** How a batch ends: what becomes of each request, and the state that it ends in. */
interface Ending {
  status?: 'completed' | 'expired' | 'cancelled' | 'failed' | 'in_progress';
  /** The others succeed. */
  become?: (line: SentLine, index: number) => 'reply' | 'fail' | 'expire' | 'nothing' | 'nonsense';
}

export interface LoopbackBatches extends AsyncDisposable {
  baseUrl: string;
  /** Method and path of every call, without the ids in them. */
  calls: string[];
  batches: ServedBatch[];
  /** Uploaded and result files by id. */
  files: Map<string, string>;
  linesOf(batch: ServedBatch | undefined): SentLine[];
  /** The next such call is never answered, before it has had its effect or after it. */
  hangAt(call: string, when: 'before' | 'after'): void;
  /** Resolves when a call hangs. */
  hanging(): Promise<void>;
  end(batch: ServedBatch | undefined, ending?: Ending): void;
  /** Batches to come end as soon as they are made. */
  endAtOnce(ending?: Ending): void;
}

function recorded(line: SentLine, index: number): RecordedRequest {
  return { index, path: line.url, headers: {}, raw: '', body: line.body };
}

function resultLine(line: SentLine, index: number, status: number, body: unknown): string {
  const response = { status_code: status, request_id: `r-${index}`, body };
  return JSON.stringify({ id: `result-${index}`, custom_id: line.custom_id, response, error: null });
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await incoming.toArray());
}

async function uploadedFile(incoming: IncomingMessage): Promise<string> {
  const headers = { 'content-type': incoming.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(await bodyOf(incoming)), { headers }).formData();
  if (form.get('purpose') !== 'batch') throw new Error('the purpose is not batch');
  const file = form.get('file');
  if (!(file instanceof Blob)) throw new Error('there is no file');
  return file.text();
}

/** Files, batches and chat completions of the OpenAI interface on this machine. */
export async function startLoopbackBatches(): Promise<LoopbackBatches> {
  const calls: string[] = [];
  const batches: ServedBatch[] = [];
  const files = new Map<string, string>();
  let hang: { call: string; when: 'before' | 'after' } | null = null;
  let hung = Promise.withResolvers<void>();
  let atOnce: Ending | null = null;

  const addFile = (text: string) => {
    const id = `file-${files.size + 1}`;
    files.set(id, text);
    return id;
  };
  const linesOf = (batch: ServedBatch | undefined) =>
    (files.get(batch?.input_file_id ?? '') ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as SentLine);

  function end(
    batch: ServedBatch | undefined,
    { status = 'completed', become = () => 'reply' }: Ending = {},
  ) {
    if (!batch) throw new Error('there is no batch');
    const output: string[] = [];
    const errors: string[] = [];
    for (const [index, line] of linesOf(batch).entries()) {
      const end = become(line, index);
      const request = recorded(line, index);
      const error = { code: 'batch_expired', message: 'This request was not executed in time.' };
      if (end === 'reply' || end === 'nonsense') {
        const text = end === 'reply' ? verdictFor(request) : 'I would rather not say.';
        output.push(resultLine(line, index, 200, JSON.parse(completion(request, text).body)));
      }
      if (end === 'fail')
        errors.push(resultLine(line, index, 400, { error: { code: 'bad', message: 'Not like this.' } }));
      if (end === 'expire') errors.push(JSON.stringify({ custom_id: line.custom_id, response: null, error }));
    }
    batch.status = status;
    batch.request_counts = {
      total: linesOf(batch).length,
      completed: output.length,
      failed: errors.length,
    };
    // Results come in any order; with one line that is nobody's.
    if (output.length > 0)
      batch.output_file_id = addFile(['{"custom_id":"nobody"}', ...output.toReversed()].join('\n'));
    if (errors.length > 0) batch.error_file_id = addFile(`${errors.join('\n')}\n`);
    if (status === 'failed') batch.errors = { data: [{ message: 'The file is not valid.' }] };
  }

  async function effectOf(call: string, id: string, incoming: IncomingMessage): Promise<unknown> {
    const batch = batches.find((item) => item.id === id);
    switch (call) {
      case 'POST /files':
        return { id: addFile(await uploadedFile(incoming)), object: 'file' };
      case 'POST /batches': {
        const given = JSON.parse((await bodyOf(incoming)).toString()) as Omit<ServedBatch, 'id'>;
        const made: ServedBatch = {
          ...given,
          id: `batch-${batches.length + 1}`,
          status: 'validating',
          created_at: Date.now() / 1000,
          request_counts: { total: 0, completed: 0, failed: 0 },
        };
        batches.push(made);
        if (atOnce) end(made, atOnce);
        return made;
      }
      case 'GET /batches':
        return { object: 'list', data: batches.toReversed(), has_more: false };
      case 'GET /batches/:id':
        return batch;
      case 'POST /batches/:id/cancel':
        if (batch) batch.status = 'cancelling';
        return batch;
      case 'GET /files/:id/content':
        return files.get(id);
      case 'POST /chat/completions': {
        const body = JSON.parse((await bodyOf(incoming)).toString()) as SentLine['body'];
        const line = { custom_id: '', method: 'POST', url: '/v1/chat/completions', body };
        const request = recorded(line, calls.length);
        return completion(request, verdictFor(request)).body;
      }
      default:
        return undefined;
    }
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, folder = '', id = '', action = ''] =
      /^\/v1\/([^/?]+)(?:\/([^/?]+))?(?:\/([^/?]+))?/u.exec(incoming.url ?? '') ?? [];
    const isChat = folder === 'chat';
    const path = isChat
      ? '/chat/completions'
      : `/${folder}${id === '' ? '' : '/:id'}${action === '' ? '' : `/${action}`}`;
    const call = `${incoming.method} ${path}`;
    calls.push(call);
    const when = hang?.call === call ? hang.when : null;
    if (when === 'before') return hung.resolve();
    const result = await effectOf(call, id, incoming);
    if (when === 'after') return hung.resolve();
    if (result === undefined) {
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { message: 'no such thing' } }));
      return;
    }
    const text = typeof result === 'string' ? result : JSON.stringify(result);
    const isFile = call === 'GET /files/:id/content';
    response.writeHead(200, { 'content-type': isFile ? 'application/jsonl' : 'application/json' }).end(text);
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => response.writeHead(418).end(String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    calls,
    batches,
    files,
    linesOf,
    hangAt(call, when) {
      hang = { call, when };
      hung = Promise.withResolvers<void>();
    },
    hanging: async () => {
      await hung.promise;
      hang = null;
    },
    end,
    endAtOnce(ending = {}) {
      atOnce = ending;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
