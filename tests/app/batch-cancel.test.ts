import { beforeEach, describe, expect, it } from 'vitest';
import { cancelBatches } from '../../src/app/batch-cancel.ts';
import type { BatchAccess } from '../../src/app/batch-status.ts';
import { InputError } from '../../src/core/errors.ts';
import { createMemoryBatches } from '../../src/store/memory-batches.ts';
import { later } from '../helpers/later.ts';
import { noSignal } from '../helpers/scripted-model.ts';
import { type ScriptedProvider, scriptedProvider } from '../helpers/scripted-provider.ts';

let provider: ScriptedProvider;
let batches: ReturnType<typeof createMemoryBatches>;
let access: BatchAccess;
beforeEach(() => {
  provider = scriptedProvider();
  batches = createMemoryBatches();
  access = { batches: later(batches), providerOf: async () => provider, signal: noSignal };
});

function plan(label: string): number {
  const plannedAt = '2026-11-01T00:00:00.000Z';
  return batches.planBatch(
    { name: 'judge-1', baseUrl: 'https://models.test/v1', label, plannedAt, fresh: false },
    [label],
  );
}

async function handOver(label: string): Promise<number> {
  const id = plan(label);
  batches.noteUpload(id, `in-${label}`);
  batches.noteBatch(id, (await provider.create(`in-${label}`, label, noSignal)).id);
  return id;
}

describe('cancelBatches', () => {
  it('cancels all that are not collected', async () => {
    await handOver('a');
    const collected = await handOver('b');
    batches.noteOutcome(collected, { at: '', replies: 1, unanswered: 0 });
    const { cancelled } = await cancelBatches(access);
    expect(cancelled).toMatchObject([{ id: 1, state: 'cancelling' }]);
    expect(provider.reports.map(({ state }) => state)).toEqual(['cancelling', 'running']);
    expect(batches.batches()[0]?.state).toBe('cancelling');
  });

  it.each(['2', 'batch-2'])('cancels only %s', async (which) => {
    await handOver('a');
    await handOver('b');
    await cancelBatches(access, which);
    expect(provider.reports.map(({ state }) => state)).toEqual(['running', 'cancelling']);
  });

  it('leaves what has ended to be collected', async () => {
    await handOver('a');
    provider.end('batch-1', 'completed', []);
    expect(await cancelBatches(access)).toMatchObject({
      cancelled: [],
      ended: [{ id: 1, state: 'completed' }],
    });
    expect(provider.calls).not.toContain('cancel');
  });

  it('forgets what was never handed over', async () => {
    plan('a');
    batches.noteUpload(plan('b'), 'in-b');
    expect((await cancelBatches(access)).forgotten.map(({ id }) => id)).toEqual([1, 2]);
    expect(batches.batches()).toEqual([]);
  });

  it('finds the batch whose id did not come back', async () => {
    const id = plan('a');
    batches.noteUpload(id, 'in-a');
    await provider.create('in-a', 'a', noSignal);
    expect(await cancelBatches(access)).toMatchObject({ cancelled: [{ batchId: 'batch-1' }] });
  });

  it('gives up a batch that the provider does not know only where it is named', async () => {
    const id = plan('a');
    batches.noteUpload(id, 'in-a');
    batches.noteBatch(id, 'gone');
    expect(await cancelBatches(access)).toMatchObject({
      forgotten: [],
      troubles: [{ error: { failure: 'not_found' } }],
    });
    expect(batches.batches()).toHaveLength(1);
    expect(await cancelBatches(access, 'gone')).toMatchObject({ forgotten: [{ id }] });
    expect(batches.batches()).toEqual([]);
  });

  it('refuses a number that is no batch', async () => {
    await expect(cancelBatches(access, '7')).rejects.toThrow(InputError);
  });
});
