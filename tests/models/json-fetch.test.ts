import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { jsonFetch } from '../../src/models/json-fetch.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Starts a server on this machine. @returns its address */
async function serve(listener: (...exchange: Parameters<RequestListener>) => unknown): Promise<string> {
  const server = createServer((...exchange) => void listener(...exchange));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"가":1}' };

describe('jsonFetch', () => {
  test('sends method, headers and body, and gives status, headers and text', async () => {
    const url = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method, headers } = request;
      const said = { method, type: headers['content-type'], body: Buffer.concat(chunks).toString('utf8') };
      response.writeHead(429, { 'retry-after': '7', 'x-many': ['a', 'b'] }).end(JSON.stringify(said));
    });
    const response = await jsonFetch(url, post);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('x-many')).toBe('a, b');
    expect(await response.json()).toEqual({ method: 'POST', type: 'application/json', body: post.body });
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('unpacks what comes packed as %s although nobody asked', async (packing, pack) => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': packing }).end(pack('{"text":"가나다"}'));
    });
    expect(await (await jsonFetch(url, post)).json()).toEqual({ text: '가나다' });
  });

  test.each<[string, RequestListener]>([
    [
      'a status that does not exist',
      (request) => {
        request.socket.end('HTTP/1.1 999 What\r\ncontent-length: 0\r\n\r\n');
      },
    ],
    [
      'a body that is not packed as it says',
      (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain');
      },
    ],
    [
      'another protocol',
      (request) => {
        request.socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
      },
    ],
    ['a connection that is cut', (request) => void request.socket.destroy()],
  ])('rejects %s', async (_name, listener) => {
    await expect(jsonFetch(await serve(listener), post)).rejects.toThrow();
  });

  test('gives a body that breaks off as one that cannot be read to its end', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"text":', () => response.destroy());
    });
    await expect((await jsonFetch(url, post)).text()).rejects.toThrow('terminated');
  });

  test('is aborted by its signal', async () => {
    const controller = new AbortController();
    const url = await serve(() => controller.abort());
    await expect(jsonFetch(url, { ...post, signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
