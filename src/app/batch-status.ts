import type { BatchRecord } from '../core/batch.ts';
import { ModelError } from '../core/errors.ts';
import type { BatchProvider, BatchReport } from '../judge/batch-provider.ts';
import type { BatchStore } from '../store/batch-store.ts';

/** The batches that are noted, and the way to those who work on them. */
export interface BatchAccess {
  batches: BatchStore;
  /** The provider that a batch was handed to. */
  providerOf(record: BatchRecord): Promise<BatchProvider>;
  signal: AbortSignal;
}

/** A batch that could not be asked about. */
export interface BatchTrouble {
  record: BatchRecord;
  error: ModelError;
}

/** Asks how far a batch is, and notes it. */
export async function refreshBatch(
  record: BatchRecord,
  batchId: string,
  { batches, providerOf, signal }: BatchAccess,
): Promise<{ record: BatchRecord; report: BatchReport; provider: BatchProvider }> {
  const provider = await providerOf(record);
  const report = await provider.retrieve(batchId, signal);
  await batches.noteProgress(record.id, report.state, report.counts);
  return { record: { ...record, state: report.state, counts: report.counts }, report, provider };
}

/**
 * Does something with one batch; a failure at its provider says nothing of the others.
 * @returns the failure, or null when it went well
 */
export async function orTrouble(
  record: BatchRecord,
  work: () => Promise<void>,
): Promise<BatchTrouble | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ModelError && error.failure !== 'aborted') return { record, error };
    throw error;
  }
}

/** How far every batch is; those that were collected are not asked about any more. */
export async function batchStatus(
  access: BatchAccess,
): Promise<{ records: BatchRecord[]; troubles: BatchTrouble[] }> {
  const records: BatchRecord[] = [];
  const troubles: BatchTrouble[] = [];
  for (const record of await access.batches.batches()) {
    const { batchId, outcome } = record;
    let current = record;
    const trouble =
      batchId === null || outcome !== null
        ? null
        : await orTrouble(record, async () => {
            current = (await refreshBatch(record, batchId, access)).record;
          });
    records.push(current);
    if (trouble) troubles.push(trouble);
  }
  return { records, troubles };
}
