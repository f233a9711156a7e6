import { type BatchRecord, hasEnded } from '../core/batch.ts';
import { InputError, ModelError } from '../core/errors.ts';
import { type BatchAccess, type BatchTrouble, orTrouble, refreshBatch } from './batch-status.ts';

export interface CancelResult {
  /** Batches that the provider was told to end; what was done by then can be collected. */
  cancelled: BatchRecord[];
  /** Batches that had ended before. */
  ended: BatchRecord[];
  /** Batches that the provider never had, or that were named and it does not have any more. */
  forgotten: BatchRecord[];
  troubles: BatchTrouble[];
}

function chosen(records: readonly BatchRecord[], which: string | undefined): BatchRecord[] {
  const open = records.filter((record) => record.outcome === null);
  if (which === undefined) return open;
  const found = open.filter(({ id, batchId }) => String(id) === which || batchId === which);
  if (found.length > 0) return found;
  throw new InputError({
    ko: `"${which}" 배치가 없거나 이미 받은 배치입니다. batch status로 번호를 확인하세요.`,
    en: `there is no batch "${which}", or it was collected already; see "batch status" for the numbers.`,
  });
}

/** The provider's id of a batch, looked for where it did not come back; null when there is none. */
async function batchIdOf(record: BatchRecord, { batches, providerOf, signal }: BatchAccess) {
  const { id, batchId, fileId, label, plannedAt } = record;
  if (batchId !== null || fileId === null) return batchId;
  const provider = await providerOf(record);
  const found = await provider.find({ label, fileId, plannedAt: new Date(plannedAt) }, signal);
  if (found) await batches.noteBatch(id, found.id);
  return found?.id ?? null;
}

async function cancelBatch(
  record: BatchRecord,
  access: BatchAccess,
  isNamed: boolean,
  result: CancelResult,
): Promise<void> {
  const forget = async () => {
    await access.batches.forgetBatch(record.id);
    result.forgotten.push(record);
  };
  const batchId = await batchIdOf(record, access);
  if (batchId === null) return forget();
  try {
    const current = await refreshBatch(record, batchId, access);
    if (hasEnded(current.report.state)) {
      result.ended.push(current.record);
      return;
    }
    const { state, counts } = await current.provider.cancel(batchId, access.signal);
    await access.batches.noteProgress(record.id, state, counts);
    result.cancelled.push({ ...record, batchId, state, counts });
  } catch (error) {
    // With another key the provider knows none of them; so only the one that was named is given up.
    const isGone = error instanceof ModelError && error.failure === 'not_found';
    if (!isGone || !isNamed) throw error;
    await forget();
  }
}

/**
 * Ends batches before their time.
 * @param which a batch's number or the provider's id; all that are not collected when left out
 * @throws InputError when there is no such batch
 */
export async function cancelBatches(access: BatchAccess, which?: string): Promise<CancelResult> {
  const result: CancelResult = { cancelled: [], ended: [], forgotten: [], troubles: [] };
  for (const record of chosen(await access.batches.batches(), which)) {
    const trouble = await orTrouble(record, () => cancelBatch(record, access, which !== undefined, result));
    if (trouble) result.troubles.push(trouble);
  }
  return result;
}
