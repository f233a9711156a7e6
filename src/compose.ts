import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Endpoint } from './app/config.ts';
import type { RubricPlaces } from './app/load-rubric.ts';
import { type Files, nodeFiles } from './files.ts';
import type { BatchProvider } from './judge/batch-provider.ts';
import type { BatchStore } from './store/batch-store.ts';
import { createMemoryBatches } from './store/memory-batches.ts';
import { createMemoryStore } from './store/memory-store.ts';
import { openSqliteBatches } from './store/sqlite-batches.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import type { GradeStore } from './store/store.ts';

/** The real file system. */
export const files: Files = nodeFiles;

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

/**
 * Opens the database, making its folder when it is missing.
 * @throws StoreError
 */
export async function openStore(file: string): Promise<GradeStore> {
  await files.makeFolder(dirname(file));
  return openSqliteStore(file);
}

/** A store that ends with the process. */
export function openMemoryStore(): GradeStore {
  return createMemoryStore();
}

/**
 * Opens the notes on batches, which stand in the same database.
 * @throws StoreError
 */
export async function openBatches(file: string): Promise<BatchStore> {
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
