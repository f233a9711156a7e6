import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPrograms } from '../helpers/postgres-cluster.ts';
import { patience } from '../helpers/run-cli.ts';
import { stopChildren } from './children.ts';
import { countingStatements } from './database-use.ts';
import { onThrowawayPostgres } from './throwaway-postgres.ts';
import { runByWorkers, type WorkerRun } from './worker-run.ts';

const load = { answers: 60, workers: 2, concurrency: 4, latencyMs: 0 };
const missing = findPrograms() === null;

describe.skipIf(missing)(`a chapter graded by workers${missing ? ' (skipped: no PostgreSQL)' : ''}`, () => {
  let folder = '';
  let run: WorkerRun | null = null;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'answer-grader-bench-'));
    run = await onThrowawayPostgres('k', countingStatements, (server) =>
      runByWorkers({ folder }, server, load),
    );
  }, patience);

  afterAll(async () => {
    stopChildren();
    await rm(folder, { recursive: true, force: true });
  });

  test('is graded whole, each answer for one request', () => {
    expect(run).toMatchObject({ graded: load.answers, counts: { requests: load.answers } });
  });

  test('takes time, statements, storage and connections', () => {
    const { seconds, database, storedBytes, connections } = run ?? {};
    expect(seconds).toBeGreaterThan(0);
    expect(database?.ms).toBeGreaterThan(0);
    expect(storedBytes).toBeGreaterThan(load.answers * 1000);
    expect(connections).toBeGreaterThan(load.workers);
  });
});
