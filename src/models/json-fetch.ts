import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';

/** What the openai package hands over for a request with a JSON body. */
type JsonRequest = Pick<RequestInit, 'method' | 'headers' | 'body' | 'signal'>;

/** Statuses that a response cannot have a body with. */
const bodiless = new Set([204, 205, 304]);

function responseOf(
  { statusCode = 200, headersDistinct }: IncomingMessage,
  body: Uint8Array<ArrayBuffer> | ReadableStream,
): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  return new Response(bodiless.has(statusCode) ? null : body, { status: statusCode, headers });
}

/** A body that ends in an error when it is read, as that of the platform's fetch does. */
function brokenOff(cause: Error): ReadableStream {
  return new ReadableStream({ start: (stream) => stream.error(new TypeError('terminated', { cause })) });
}

/**
 * A `fetch` for short JSON texts over `node:http`. The platform's own is made of streams at every step and takes
 * more of the processor, which counts where thousands of answers are graded. It follows no redirects: an API that
 * has moved should say so.
 */
export function jsonFetch(address: Parameters<typeof fetch>[0], init: JsonRequest = {}): Promise<Response> {
  const url = new URL(address instanceof Request ? address.url : address);
  const { method = 'GET', headers, body, signal } = init;
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === 'https:' ? https : http).request(
      url,
      { method, headers: Object.fromEntries(new Headers(headers)), ...(signal ? { signal } : {}) },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => resolve(responseOf(incoming, Buffer.concat(chunks))));
        incoming.on('error', (error) => resolve(responseOf(incoming, brokenOff(error))));
      },
    );
    sent.on('error', reject);
    sent.end(typeof body === 'string' ? body : undefined);
  });
}
