import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
export function describeBatches(name: string, open: () => BatchStore): void {
  describe(name, () => {
    let store: BatchStore;
    beforeEach(() => {
      store = open();
    });
    afterEach(() => store.close());

    it('has none at first', () => {
      expect(store.batches()).toEqual([]);
      expect(store.batchOf('a')).toBeNull();
    });

    it('notes a plan with its keys', () => {
      const id = store.planBatch(plannedBatch, ['b', 'a']);
      expect(store.batches()).toEqual([
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
      expect(store.keysOf(id).toSorted()).toEqual(['a', 'b']);
    });

    it('notes each step', () => {
      const id = store.planBatch(plannedBatch, ['a', 'b']);
      store.noteUpload(id, 'file-1');
      expect(store.batches()).toMatchObject([{ fileId: 'file-1', batchId: null, state: 'uploaded' }]);
      store.noteBatch(id, 'batch-1');
      expect(store.batches()).toMatchObject([{ fileId: 'file-1', batchId: 'batch-1', state: 'running' }]);
      const counts = { total: 2, completed: 1, failed: 1 };
      store.noteProgress(id, 'expired', counts);
      expect(store.batches()).toMatchObject([{ state: 'expired', counts, outcome: null }]);
      store.noteOutcome(id, outcome);
      expect(store.batches()).toMatchObject([{ state: 'expired', counts, outcome }]);
    });

    it('tells in which batch a request is, until the outcome is there', () => {
      const id = store.planBatch(plannedBatch, ['a']);
      const other = store.planBatch({ ...plannedBatch, label: 'label-2' }, ['b']);
      expect(store.batchOf('a')).toBe(id);
      store.noteUpload(id, 'file-1');
      store.noteBatch(id, 'batch-1');
      expect(store.batchOf('a')).toBe(id);
      store.noteOutcome(id, outcome);
      expect(['a', 'b', 'c'].map((key) => store.batchOf(key))).toEqual([null, other, null]);
    });

    it('notes whether its replies take the place of those that are kept', () => {
      store.planBatch({ ...plannedBatch, fresh: true }, ['a']);
      store.planBatch({ ...plannedBatch, label: 'label-2' }, ['b']);
      expect(store.batches().map(({ fresh }) => fresh)).toEqual([true, false]);
    });

    it('takes no request that another batch has already', () => {
      const id = store.planBatch(plannedBatch, ['a', 'b']);
      const plan = () => store.planBatch({ ...plannedBatch, label: 'label-2' }, ['c', 'b']);
      expect(plan).toThrow(StoreError);
      expect(store.batches().map((batch) => batch.id)).toEqual([id]);
      expect(store.batchOf('c')).toBeNull();
      store.noteOutcome(id, outcome);
      expect(plan()).toBeGreaterThan(id);
    });

    it('takes a request again that came back without a reply', () => {
      store.noteOutcome(store.planBatch(plannedBatch, ['a']), outcome);
      const second = store.planBatch({ ...plannedBatch, label: 'label-2' }, ['a']);
      expect(store.batchOf('a')).toBe(second);
      expect(store.keysOf(second)).toEqual(['a']);
    });

    it('forgets a batch with its keys, and gives its number to no other', () => {
      const first = store.planBatch(plannedBatch, ['a']);
      const second = store.planBatch({ ...plannedBatch, label: 'label-2' }, ['b']);
      store.forgetBatch(second);
      expect(store.batches().map(({ id }) => id)).toEqual([first]);
      expect(store.keysOf(second)).toEqual([]);
      expect(store.batchOf('b')).toBeNull();
      expect(store.planBatch({ ...plannedBatch, label: 'label-3' }, ['b'])).toBeGreaterThan(second);
    });

    it('tells a run whose batch another one took over', () => {
      const id = store.planBatch(plannedBatch, ['a']);
      store.forgetBatch(id);
      expect(() => store.noteUpload(id, 'file-1')).toThrow(StoreError);
    });

    it('changes only the batch that is meant', () => {
      const first = store.planBatch(plannedBatch, ['a']);
      store.planBatch({ ...plannedBatch, label: 'label-2' }, ['b']);
      store.noteUpload(first, 'file-1');
      store.noteBatch(first, 'batch-1');
      store.noteOutcome(first, outcome);
      expect(store.batches()[1]).toMatchObject({ fileId: null, batchId: null, outcome: null });
    });
  });
}
