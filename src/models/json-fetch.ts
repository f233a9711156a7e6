import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

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

/** Some proxies pack replies although nobody asked for it. */
function unpacked(body: Buffer<ArrayBuffer>, { headers }: IncomingMessage): Uint8Array<ArrayBuffer> {
  const packing = headers['content-encoding'];
  if (packing === 'gzip' || packing === 'x-gzip') return gunzipSync(body);
  if (packing === 'deflate') return inflateSync(body);
  if (packing === 'br') return brotliDecompressSync(body);
  return body;
}

/** A body that ends in an error when it is read, as that of the platform's fetch does. */
function brokenOff(cause: Error): ReadableStream {
  return new ReadableStream({ start: (stream) => stream.error(new TypeError('terminated', { cause })) });
}

/**
 * A `fetch` for JSON texts over `node:http`. The platform's own is made of streams at every step and takes
 * more of the processor, which counts where thousands of answers are graded. It follows no redirects: an API that
 * has moved should say so.
 */
export function jsonFetch(address: Parameters<typeof fetch>[0], init: JsonRequest = {}): Promise<Response> {
  const url = new URL(address instanceof Request ? address.url : address);
  const { method = 'GET', headers, body, signal } = init;
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const sent = (url.protocol === 'https:' ? https : http).request(
      url,
      {
        method,
        headers: { ...Object.fromEntries(new Headers(headers)), 'accept-encoding': 'identity' },
        ...(signal ? { signal } : {}),
      },
      (incoming) => {
        isAnswered = true;
        const chunks: Buffer[] = [];
        const settle = (body: () => Uint8Array<ArrayBuffer> | ReadableStream) => {
          try {
            resolve(responseOf(incoming, body()));
          } catch (error) {
            // A status that does not exist, or a body that is not packed as it says.
            reject(error);
          }
        };
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => settle(() => unpacked(Buffer.concat(chunks), incoming)));
        incoming.on('error', (error) => settle(() => brokenOff(error)));
      },
    );
    sent.on('error', reject);
    // A switch to another protocol is no reply.
    sent.on('close', () => {
      if (!isAnswered) reject(new Error('the connection was closed without a reply'));
    });
    sent.end(typeof body === 'string' ? body : undefined);
  });
}
