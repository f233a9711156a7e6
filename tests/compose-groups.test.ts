import { Pool } from 'pg';
import { expect, it, vi } from 'vitest';
import type { OwnService } from '../src/app/create-service.ts';
import { type Metrics, noMetrics, type WatchedNumbers } from '../src/app/metrics.ts';
import { lookingForRuns, openGroupServices } from '../src/compose-groups.ts';
import { openGroupStores } from '../src/compose-postgres.ts';
import type { ServiceSettings } from '../src/compose-service.ts';
import { openWatching } from '../src/compose-watching.ts';
import { addressOfGroup } from '../src/core/postgres-address.ts';
import { ask, describePostgres } from './helpers/postgres.ts';

async function offline(): Promise<ServiceSettings> {
  const watching = await openWatching({
    ...{ format: 'text', process: 'worker', language: 'en', withMetrics: false },
    write: () => undefined,
  });
  return {
    config: { kind: 'offline', byDefault: false },
    concurrency: 1,
    maxCostUsd: null,
    modelRequestsPerMinute: null,
    watching,
  };
}

describePostgres('the groups of a PostgreSQL database', ({ address, empty }) => {
  it('are closed again where the queue cannot be opened', async () => {
    await ask(address(), 'CREATE SCHEMA answer_grader_jobs');
    await ask(address(), 'CREATE TABLE answer_grader_jobs.version (another text)');
    const ends = vi.spyOn(Pool.prototype, 'end');
    await expect(openGroupServices(address(), await offline())).rejects.toThrow('the database: ');
    const ended = (ends.mock.contexts as Pool[]).map(({ options }) => options.application_name);
    expect(ended).toContain('answer-grader');
    ends.mockRestore();
    await empty();
  });

  it('tell the operator of the open runs of all, by their states', async () => {
    const settings = await offline();
    const watched: WatchedNumbers = {};
    const metrics: Metrics = { ...noMetrics, watch: (numbers) => Object.assign(watched, numbers) };
    const services = await openGroupServices(address(), {
      ...settings,
      watching: { ...settings.watching, metrics },
    });
    expect(await watched.openRuns?.()).toEqual([]);
    for (const group of ['one', 'other']) {
      await services.groups.addGroup(group, null);
      const { store, batches, notes, work } = await openGroupStores(addressOfGroup(address(), group));
      await notes.addRun('a', {}, '2026-11-01T08:30:00.000Z');
      for (const kept of [work, notes, batches, store]) await kept.close();
    }
    expect(await watched.openRuns?.()).toEqual(['queued', 'queued']);
    await services.close();
  });
});

it('runs are looked for in every group, also behind one that cannot be opened', async () => {
  const broken = new Error('made by a newer version');
  const told: unknown[] = [];
  const handedOut = Promise.withResolvers<number>();
  const group = { createdAt: '2026-11-01T08:30:00.000Z', hasToken: false };
  const stop = lookingForRuns(
    {
      groups: { groups: () => [1, 2].map((id) => ({ ...group, id, name: String(id) })) },
      async of(id) {
        if (id === 1) throw broken;
        return { handOutOpenRuns: async () => handedOut.resolve(id) } as Partial<OwnService> as OwnService;
      },
    },
    (error) => told.push(error),
  );
  expect(await handedOut.promise).toBe(2);
  stop();
  expect(told).toEqual([broken]);
});
