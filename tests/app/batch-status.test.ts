import { expect, it } from 'vitest';
import { batchStatus } from '../../src/app/batch-status.ts';
import { createMemoryBatches } from '../../src/store/memory-batches.ts';
import { later } from '../helpers/later.ts';
import { modelError, noSignal } from '../helpers/scripted-model.ts';
import { scriptedProvider } from '../helpers/scripted-provider.ts';

it('asks about every batch that is not collected, notes how far it is, and names those it cannot ask', async () => {
  const provider = scriptedProvider();
  const batches = createMemoryBatches();
  const plan = {
    name: 'judge-1',
    baseUrl: 'https://models.test/v1',
    plannedAt: '2026-11-01T00:00:00.000Z',
    fresh: false,
  };
  for (const label of ['a', 'b', 'c', 'd']) {
    const id = batches.planBatch({ ...plan, label }, [label]);
    if (label === 'd') continue;
    batches.noteUpload(id, label);
    batches.noteBatch(id, (await provider.create(label, label, noSignal)).id);
  }
  batches.noteOutcome(3, { at: '', replies: 1, unanswered: 0 });
  provider.failNext('retrieve', modelError('connection'));
  provider.end('batch-2', 'expired', null);
  provider.calls.length = 0;

  const { records, troubles } = await batchStatus({
    batches: later(batches),
    providerOf: async () => provider,
    signal: noSignal,
  });
  expect(records.map(({ id, state }) => [id, state])).toEqual([
    [1, 'running'],
    [2, 'expired'],
    [3, 'running'],
    [4, 'planned'],
  ]);
  expect(batches.batches()[1]?.state).toBe('expired');
  expect(troubles).toMatchObject([{ record: { id: 1 }, error: { failure: 'connection' } }]);
  expect(provider.calls).toEqual(['retrieve', 'retrieve']);
});
