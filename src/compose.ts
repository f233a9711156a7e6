import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Archive } from './app/archive.ts';
import type { Endpoint } from './app/config.ts';
import type { RubricPlaces } from './app/load-rubric.ts';
import type { NotionPages, NotionWriter } from './app/notion-pages.ts';
import type { Sources } from './app/sources.ts';
import { isPostgresAddress } from './core/postgres-address.ts';
import { type Files, nodeFiles } from './files.ts';
import type { BatchProvider } from './judge/batch-provider.ts';
import type { BatchStore } from './store/batch-store.ts';
import type { GroupStores } from './store/group-stores.ts';
import { createMemoryBatches } from './store/memory-batches.ts';
import { createMemoryStore } from './store/memory-store.ts';
import { openSqliteBatches } from './store/sqlite-batches.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import type { GradeStore } from './store/store.ts';
import { createWebhook, type Webhook, type WebhookSettings } from './webhook.ts';
import { zipArchive } from './zip-archive.ts';

/** The real file system. */
export const files: Files = nodeFiles;

/** Zip archives. */
export const archive: Archive = zipArchive;

/** Where the configuration file and the group's rubrics are looked for. */
export function workingFolder(): string {
  return process.cwd();
}

/** Rubrics are looked for in the working folder first; the default one comes with the program. */
export function rubricPlaces(): RubricPlaces {
  return { folder: workingFolder(), builtIn: fileURLToPath(new URL('../rubrics', import.meta.url)) };
}

/** The rubric that comes with the program. */
export function defaultRubricFile(): string {
  return join(rubricPlaces().builtIn, 'default.yaml');
}

/** What a PostgreSQL database keeps; its driver is loaded only where there is one. */
async function openStoresAt(address: string): Promise<GroupStores> {
  const { openGroupStores } = await import('./compose-postgres.ts');
  return openGroupStores(address);
}

/** Whether anything has been kept in a place: asking must not make an SQLite file. */
export async function isStored(place: string): Promise<boolean> {
  return isPostgresAddress(place) || files.isThere(place);
}

/**
 * Opens what grades and replies are kept in.
 * @param place an SQLite file, whose folder is made when it is missing, or the address of a group's part of a
 * PostgreSQL database, `postgres://host/school?group=class-a`
 * @throws StoreError
 */
export async function openStore(place: string): Promise<GradeStore> {
  if (isPostgresAddress(place)) return (await openStoresAt(place)).store;
  const file = resolve(place);
  await files.makeFolder(dirname(file));
  return openSqliteStore(file);
}

/** A store that ends with the process. */
export function openMemoryStore(): GradeStore {
  return createMemoryStore();
}

/**
 * Opens the notes on batches, which stand in the same place.
 * @throws StoreError
 */
export async function openBatches(place: string): Promise<BatchStore> {
  if (isPostgresAddress(place)) return (await openStoresAt(place)).batches;
  const file = resolve(place);
  await files.makeFolder(dirname(file));
  return openSqliteBatches(file);
}

/** Notes on batches that end with the process. */
export function openMemoryBatches(): BatchStore {
  return createMemoryBatches();
}

/** The Batch API at an endpoint. */
export async function openBatchProvider(endpoint: Endpoint): Promise<BatchProvider> {
  const { createOpenAiBatches } = await import('./models/openai-batch.ts');
  return createOpenAiBatches(endpoint);
}

/** How long a chat may take to answer. */
const webhookTimeoutMs = 15_000;

/**
 * A way to webhooks.
 * @param onWait told before a wait that a webhook asked for
 */
export function openWebhook(onWait: WebhookSettings['onWait']): Webhook {
  return createWebhook({ timeoutMs: webhookTimeoutMs, wait: delay, onWait });
}

/**
 * Pages in Notion and what writes into them.
 * @param env holds NOTION_TOKEN
 * @throws ConfigError without a token
 */
export async function openNotion(
  env: NodeJS.ProcessEnv,
): Promise<{ pages: NotionPages; writer: NotionWriter }> {
  const { openNotionAccess } = await import('./notion/open-notion.ts');
  return openNotionAccess(env['NOTION_TOKEN'], env['NOTION_BASE_URL']);
}

/** Pages in Notion; opened when one is read, so that nobody else needs a token. */
function notionPages(env: NodeJS.ProcessEnv): NotionPages {
  return { read: async (reference) => (await openNotion(env)).pages.read(reference) };
}

/** Where chapters come from. @param env holds what Notion asks for */
export function sourcesFor(env: NodeJS.ProcessEnv): Sources {
  return { files, archive, pages: notionPages(env) };
}
