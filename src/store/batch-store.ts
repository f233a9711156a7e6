import type { Awaitable } from '../core/awaitable.ts';
import type { BatchCounts, BatchOutcome, BatchRecord, BatchState } from '../core/batch.ts';
import { StoreError } from '../core/errors.ts';

/** What is noted before anything is sent. */
export type PlannedBatch = Pick<BatchRecord, 'name' | 'baseUrl' | 'label' | 'plannedAt' | 'fresh'>;

/** Port: where batches are noted down, each step before the next one is taken. */
export interface BatchStore {
  /**
   * Notes what is about to be handed over.
   * @param keys the requests' identities, each once
   * @returns the batch's number
   * @throws StoreError when one of the requests is in another batch whose outcome is still to come
   */
  planBatch(batch: PlannedBatch, keys: readonly string[]): Awaitable<number>;
  /** Notes the provider's id of the uploaded file. @throws StoreError when the batch is not there any more */
  noteUpload(id: number, fileId: string): Awaitable<void>;
  /** Notes the provider's id of the batch, which is at work from now on. */
  noteBatch(id: number, batchId: string): Awaitable<void>;
  noteProgress(id: number, state: BatchState, counts: BatchCounts | null): Awaitable<void>;
  /** Everything that came back is stored; the batch's other requests are free again. */
  noteOutcome(id: number, outcome: BatchOutcome): Awaitable<void>;
  /** Takes a batch out that the provider never had, or does not have any more. */
  forgetBatch(id: number): Awaitable<void>;
  /** Oldest first. */
  batches(): Awaitable<BatchRecord[]>;
  keysOf(id: number): Awaitable<string[]>;
  /** The number of the batch that a request is in and whose outcome is still to come, or null. */
  batchOf(key: string): Awaitable<number | null>;
  close(): Awaitable<void>;
}

/** Another run was quicker; handed over twice, a request would be paid for twice. */
export function alreadyInBatch(id: number): StoreError {
  return new StoreError({
    ko: `같은 요청을 다른 실행이 배치 ${id}번으로 먼저 맡겼습니다. batch status로 확인하고 다시 실행하세요.`,
    en: `another run has just handed the same requests over as batch ${id}; see "batch status" and run again.`,
  });
}

/** Another run took a batch for one that was left behind; going on would pay for its requests twice. */
export function takenOver(id: number): StoreError {
  return new StoreError({
    ko: `배치 ${id}번을 다른 batch submit이 넘겨받았습니다. 그쪽이 끝난 뒤 batch status로 확인하세요.`,
    en: `another "batch submit" has taken over batch ${id}; see "batch status" when it is done.`,
  });
}
