import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import type { BatchStore, PlannedBatch } from '../../src/store/batch-store.ts';

export const plannedBatch: PlannedBatch = {
  name: 'judge-1',
  baseUrl: 'https://models.test/v1',
  label: 'label-1',
  plannedAt: '2026-11-01T00:00:00.000Z',
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
      expect(store.isUnderWay('a')).toBe(false);
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

    it('has requests under way until the outcome is there', () => {
      const id = store.planBatch(plannedBatch, ['a']);
      store.planBatch({ ...plannedBatch, label: 'label-2' }, ['b']);
      expect(store.isUnderWay('a')).toBe(true);
      store.noteUpload(id, 'file-1');
      store.noteBatch(id, 'batch-1');
      expect(store.isUnderWay('a')).toBe(true);
      store.noteOutcome(id, outcome);
      expect([store.isUnderWay('a'), store.isUnderWay('b'), store.isUnderWay('c')]).toEqual([
        false,
        true,
        false,
      ]);
    });

    it('takes a request again that came back without a reply', () => {
      store.noteOutcome(store.planBatch(plannedBatch, ['a']), outcome);
      const second = store.planBatch({ ...plannedBatch, label: 'label-2' }, ['a']);
      expect(store.isUnderWay('a')).toBe(true);
      expect(store.keysOf(second)).toEqual(['a']);
    });

    it('forgets a batch with its keys, and gives its number to no other', () => {
      const first = store.planBatch(plannedBatch, ['a']);
      const second = store.planBatch({ ...plannedBatch, label: 'label-2' }, ['b']);
      store.forgetBatch(second);
      expect(store.batches().map(({ id }) => id)).toEqual([first]);
      expect(store.keysOf(second)).toEqual([]);
      expect(store.isUnderWay('b')).toBe(false);
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
