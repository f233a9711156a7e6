import { expect, it } from 'vitest';
import { noMetrics } from '../../src/app/metrics.ts';
import { tellRuns } from '../../src/app/watched-stores.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { cachingId, cachingPage, openTestService } from '../helpers/grading-service.ts';
import { later } from '../helpers/later.ts';
import { createMemoryService } from '../helpers/memory-service.ts';

const never = new AbortController().signal;

it('a run to whose end two come at the same moment is ended and told once', async () => {
  const told: string[] = [];
  const log = { runChanged: ({ state }: { state: string }) => void told.push(state) };
  const notes = tellRuns(later(createMemoryService()), null, log, noMetrics);
  const { service, worker, work } = openTestService({
    store: later(createMemoryStore()),
    notes,
    worksHere: false,
  });
  await service.upload(cachingPage);
  const { id } = await service.startRun(cachingId, {});
  await worker.handle({ group: 'default', run: id, portion: null }, never);
  // A job may be given out again while whoever was thought dead does it still.
  const jobs = (await work.openPortions(id)).map((portion) => ({ group: 'default', run: id, portion }));
  await Promise.all([...jobs, ...jobs].map((job) => worker.handle(job, never)));
  expect(told).toEqual(['running', 'finished']);
  expect(await service.run(id)).toMatchObject({ state: 'finished', totals: { graded: 4 } });
});
