import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Awaitable } from '../../src/core/awaitable.ts';
import { StoreError } from '../../src/core/errors.ts';
import type { BatchStore, PlannedBatch } from '../../src/store/batch-store.ts';

export const plannedBatch: PlannedBatch = {
  name: 'judge-1',
  baseUrl: 'https://models.test/v1',
  label: 'label-1',
  plannedAt: '2026-11-01T00:00:00.000Z',
  fresh: false,
};

const outcome = { at: '2026-11-02T00:00:00.000Z', replies: 1, unanswered: 1 };

/** What every store of batches must do, whatever it is made of. */
export function describeBatches(name: string, open: () => Awaitable<BatchStore>): void {
  describe(name, () => {
    let store: BatchStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('has none at first', async () => {
      expect(await store.batches()).toEqual([]);
      expect(await store.batchOf('a')).toBeNull();
    });

    it('notes a plan with its keys', async () => {
      const id = await store.planBatch(plannedBatch, ['b', 'a']);
      expect(await store.batches()).toEqual([
        {
          ...plannedBatch,
          id,
          requests: 2,
          fileId: null,
          batchId: null,
          state: 'planned',
          counts: null,
          outcome: null,
        },
      ]);
      expect((await store.keysOf(id)).toSorted()).toEqual(['a', 'b']);
    });

    it('notes each step', async () => {
      const id = await store.planBatch(plannedBatch, ['a', 'b']);
      await store.noteUpload(id, 'file-1');
      expect(await store.batches()).toMatchObject([{ fileId: 'file-1', batchId: null, state: 'uploaded' }]);
      await store.noteBatch(id, 'batch-1');
      expect(await store.batches()).toMatchObject([
        { fileId: 'file-1', batchId: 'batch-1', state: 'running' },
      ]);
      const counts = { total: 2, completed: 1, failed: 1 };
      await store.noteProgress(id, 'expired', counts);
      expect(await store.batches()).toMatchObject([{ state: 'expired', counts, outcome: null }]);
      await store.noteOutcome(id, outcome);
      expect(await store.batches()).toMatchObject([{ state: 'expired', counts, outcome }]);
    });

    it('tells in which batch a request is, until the outcome is there', async () => {
      const id = await store.planBatch(plannedBatch, ['a']);
      const other = await store.planBatch({ ...plannedBatch, label: 'label-2' }, ['b']);
      expect(await store.batchOf('a')).toBe(id);
      await store.noteUpload(id, 'file-1');
      await store.noteBatch(id, 'batch-1');
      expect(await store.batchOf('a')).toBe(id);
      await store.noteOutcome(id, outcome);
      expect(await Promise.all(['a', 'b', 'c'].map(async (key) => store.batchOf(key)))).toEqual([
        null,
        other,
        null,
      ]);
    });

    it('notes whether its replies take the place of those that are kept', async () => {
      await store.planBatch({ ...plannedBatch, fresh: true }, ['a']);
      await store.planBatch({ ...plannedBatch, label: 'label-2' }, ['b']);
      expect((await store.batches()).map(({ fresh }) => fresh)).toEqual([true, false]);
    });

    it('takes no request that another batch has already', async () => {
      const id = await store.planBatch(plannedBatch, ['a', 'b']);
      const plan = async () => store.planBatch({ ...plannedBatch, label: 'label-2' }, ['c', 'b']);
      await expect(plan()).rejects.toThrow(StoreError);
      expect((await store.batches()).map((batch) => batch.id)).toEqual([id]);
      expect(await store.batchOf('c')).toBeNull();
      await store.noteOutcome(id, outcome);
      expect(await plan()).toBeGreaterThan(id);
    });

    it('takes a request again that came back without a reply', async () => {
      await store.noteOutcome(await store.planBatch(plannedBatch, ['a']), outcome);
      const second = await store.planBatch({ ...plannedBatch, label: 'label-2' }, ['a']);
      expect(await store.batchOf('a')).toBe(second);
      expect(await store.keysOf(second)).toEqual(['a']);
    });

    it('forgets a batch with its keys, and gives its number to no other', async () => {
      const first = await store.planBatch(plannedBatch, ['a']);
      const second = await store.planBatch({ ...plannedBatch, label: 'label-2' }, ['b']);
      await store.forgetBatch(second);
      expect((await store.batches()).map(({ id }) => id)).toEqual([first]);
      expect(await store.keysOf(second)).toEqual([]);
      expect(await store.batchOf('b')).toBeNull();
      expect(await store.planBatch({ ...plannedBatch, label: 'label-3' }, ['b'])).toBeGreaterThan(second);
    });

    it('tells a run whose batch another one took over', async () => {
      const id = await store.planBatch(plannedBatch, ['a']);
      await store.forgetBatch(id);
      await expect(async () => store.noteUpload(id, 'file-1')).rejects.toThrow(StoreError);
    });

    it('changes only the batch that is meant', async () => {
      const first = await store.planBatch(plannedBatch, ['a']);
      await store.planBatch({ ...plannedBatch, label: 'label-2' }, ['b']);
      await store.noteUpload(first, 'file-1');
      await store.noteBatch(first, 'batch-1');
      await store.noteOutcome(first, outcome);
      expect((await store.batches())[1]).toMatchObject({ fileId: null, batchId: null, outcome: null });
    });
  });
}
