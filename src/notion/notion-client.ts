import { setTimeout as delay } from 'node:timers/promises';
import { Client } from '@notionhq/client';
import { createPace } from './pace.ts';

/** How Notion is reached. */
export interface NotionAccess {
  token: string;
  /** Another address than Notion's own, without `/v1`. */
  baseUrl?: string | undefined;
}

/** The average that Notion allows; it bears short bursts above it. */
const perSecond = 3;
const burst = 30;
/** The version in which a block's place is given. */
const notionVersion = '2026-03-11';

/** The SDK's client: it waits as long as Notion asks it to and tries again; all its requests keep one pace. */
export function createNotionClient({ token, baseUrl }: NotionAccess): Client {
  const takeTurn = createPace({ perSecond, burst, now: Date.now, wait: (ms) => delay(ms) });
  return new Client({
    auth: token,
    notionVersion,
    ...(baseUrl ? { baseUrl: baseUrl.replace(/\/+$/u, '') } : {}),
    retry: { maxRetries: 5, initialRetryDelayMs: 1000, maxRetryDelayMs: 60_000 },
    fetch: async (address, options) => {
      await takeTurn();
      return fetch(address, options as RequestInit);
    },
    // What goes wrong is said in our own words.
    logger: () => undefined,
  });
}
