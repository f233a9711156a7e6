import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Admission, admissionBy, type Policy } from './admission.ts';
import { type ChatBody, replyWriter } from './verdict-text.ts';

/** How the loopback model behaves; the process gets it as JSON in its first argument. */
export interface ServerSettings {
  latencyMs: number;
  policy: Policy;
}

/** What the loopback model has seen so far. */
export interface ServerCounts {
  requests: number;
  replies: number;
  errors500: number;
  errors429: number;
  resets: number;
  mostInFlight: number;
}

/** What the process says: its port once it listens, then the counts each time it gets a message. */
export type ServerMessage = { port: number } | { counts: ServerCounts };

const { latencyMs, policy } = JSON.parse(process.argv[2] ?? '') as ServerSettings;
const admit = admissionBy(policy);
const replyTo = replyWriter();
const counts: ServerCounts = {
  requests: 0,
  replies: 0,
  errors500: 0,
  errors429: 0,
  resets: 0,
  mostInFlight: 0,
};
let inFlight = 0;

const counterOf = {
  reply: 'replies',
  error500: 'errors500',
  error429: 'errors429',
  reset: 'resets',
} as const;

function send(response: ServerResponse, { outcome, headers }: Admission, raw: string): void {
  inFlight -= 1;
  counts[counterOf[outcome]] += 1;
  if (outcome === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const status = outcome === 'reply' ? 200 : outcome === 'error429' ? 429 : 500;
  const body =
    status === 200
      ? replyTo(JSON.parse(raw) as ChatBody, raw)
      : JSON.stringify({
          error: { message: `loopback ${status}`, type: 'loopback', param: null, code: null },
        });
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    counts.requests += 1;
    inFlight += 1;
    counts.mostInFlight = Math.max(counts.mostInFlight, inFlight);
    const admission = admit(performance.now());
    const raw = Buffer.concat(chunks).toString('utf8');
    setTimeout(() => send(response, admission, raw), latencyMs);
  });
});
// A connection that closes while it is being used again would look like a fault.
server.keepAliveTimeout = 120_000;

function tell(message: ServerMessage): void {
  process.send?.(message);
}

process.on('message', () => tell({ counts }));
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }));
