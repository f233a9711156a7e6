import type { AtOnce } from '../core/awaitable.ts';
import type { BatchRecord } from '../core/batch.ts';
import { alreadyInBatch, type BatchStore, takenOver } from './batch-store.ts';

/** Adapter: batches that are noted as long as the process lives; for looking where there is no database. */
export function createMemoryBatches(): AtOnce<BatchStore> {
  const records = new Map<number, BatchRecord>();
  const keys = new Map<number, readonly string[]>();
  let last = 0;
  const change = (id: number, changes: Partial<BatchRecord>) => {
    const record = records.get(id);
    if (record) records.set(id, { ...record, ...structuredClone(changes) });
  };
  function batchOf(key: string): number | null {
    const open = [...records.values()].filter(({ outcome }) => outcome === null);
    return open.find(({ id }) => keys.get(id)?.includes(key))?.id ?? null;
  }

  return {
    planBatch: ({ name, baseUrl, label, plannedAt, fresh }, own) => {
      const other = own.map(batchOf).find((found) => found !== null);
      if (other) throw alreadyInBatch(other);
      last += 1;
      keys.set(last, [...own]);
      records.set(last, {
        id: last,
        name,
        baseUrl,
        label,
        plannedAt,
        fresh,
        requests: own.length,
        fileId: null,
        batchId: null,
        state: 'planned',
        counts: null,
        outcome: null,
      });
      return last;
    },
    noteUpload: (id, fileId) => {
      if (!records.has(id)) throw takenOver(id);
      change(id, { fileId, state: 'uploaded' });
    },
    noteBatch: (id, batchId) => change(id, { batchId, state: 'running' }),
    noteProgress: (id, state, counts) => change(id, { state, counts }),
    noteOutcome: (id, outcome) => change(id, { outcome }),
    forgetBatch: (id) => {
      records.delete(id);
      keys.delete(id);
    },
    batches: () => structuredClone([...records.values()]),
    keysOf: (id) => [...(keys.get(id) ?? [])],
    batchOf,
    close: () => {},
  };
}
