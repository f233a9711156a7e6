import type { WorkQueue } from './app/work-queue.ts';
import { openBossQueue } from './queue/boss-queue.ts';
import { storeError, tellingOfLoss } from './store/postgres-errors.ts';

/**
 * Opens the queue that all who work on a PostgreSQL database share.
 * @param onFault told of what goes wrong in the background
 * @throws StoreError, as do `add`, `work` and `length` of the queue
 */
export async function openQueue(address: string, onFault: (error: unknown) => void): Promise<WorkQueue> {
  async function inWords<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw storeError(address, error);
    }
  }
  const queue = await inWords(openBossQueue(address, { onFault: tellingOfLoss(address, onFault) }));
  return {
    add: (jobs) => inWords(queue.add(jobs)),
    work: (handler, atOnce) => inWords(queue.work(handler, atOnce)),
    length: () => inWords(queue.length()),
    close: () => queue.close(),
  };
}
