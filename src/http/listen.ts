import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { ConfigError } from '../core/errors.ts';

/** How long clients may take, in milliseconds, and how many there may be. */
interface ConnectionLimits {
  /** Until a request's head is there. */
  head: number;
  /** Until the whole request is there. */
  request: number;
  /** Between two requests. */
  idle: number;
  /** How often the limits are looked at. */
  check: number;
  connections: number;
  /** For requests to finish when the service stops. */
  closing: number;
}

export const usualConnectionLimits: ConnectionLimits = {
  head: 10_000,
  request: 30_000,
  idle: 10_000,
  check: 1_000,
  connections: 1_000,
  closing: 5_000,
};

const maxHeadBytes = 16_384;

interface ListenOptions {
  host: string;
  /** 0 for any that is free. */
  port: number;
  /** Aborted when the service stops; the same that the app's settings know as `stopped`. */
  stopping: AbortController;
  limits: ConnectionLimits;
}

/** A service that can be reached. */
export interface Listening {
  /** Where it is found from this machine. */
  url: string;
  /** It is found from others as well, by any name or address of this machine. */
  isOnAllAddresses: boolean;
  port: number;
  /** Takes no more requests, lets those under way finish for some seconds, then cuts them. */
  close(): Promise<void>;
}

/** The address at the other end of a request's connection. */
export function remoteAddress(context: Context): string {
  return getConnInfo(context).remote.address ?? 'unknown';
}

function cannotListen(host: string, port: number, error: unknown): ConfigError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    const text = {
      ko: `${host}의 포트 ${port}번은 이미 쓰이고 있습니다. 다른 포트를 고르세요.`,
      en: `port ${port} on ${host} is already in use; choose another one.`,
    };
    return new ConfigError(text, { cause: error });
  }
  const text = {
    ko: `${host}의 포트 ${port}에서 요청을 받을 수 없습니다(${code ?? '알 수 없는 까닭'}).`,
    en: `cannot listen on port ${port} of ${host} (${code ?? 'unknown reason'}).`,
  };
  return new ConfigError(text, { cause: error });
}

async function closeServer(server: Server, most: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Connections that fall idle meanwhile would otherwise be held for another request.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), most);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

function createServerFor(app: Pick<OpenAPIHono, 'fetch'>, limits: ConnectionLimits): Server {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: limits.head,
      requestTimeout: limits.request,
      keepAliveTimeout: limits.idle,
      connectionsCheckingInterval: limits.check,
      maxHeaderSize: maxHeadBytes,
    },
  }) as Server;
  server.maxConnections = limits.connections;
  return server;
}

/**
 * Offers an app to the network.
 * @throws ConfigError when the address is taken or not allowed
 */
export async function listen(app: Pick<OpenAPIHono, 'fetch'>, options: ListenOptions): Promise<Listening> {
  const { host, port, stopping, limits } = options;
  const server = createServerFor(app, limits);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw cannotListen(host, port, error);
  }
  const address = server.address() as AddressInfo;
  const isOnAllAddresses = address.address === '0.0.0.0' || address.address === '::';
  const own = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const name = isOnAllAddresses ? '127.0.0.1' : own;
  let closing: Promise<void> | null = null;
  return {
    url: `http://${name}:${address.port}`,
    isOnAllAddresses,
    port: address.port,
    close: () => {
      stopping.abort();
      closing ??= closeServer(server, limits.closing);
      return closing;
    },
  };
}
