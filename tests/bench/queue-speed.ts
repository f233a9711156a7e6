import type { Job, WorkQueue } from '../../src/app/work-queue.ts';
import { openBossQueue } from '../../src/queue/boss-queue.ts';
import { type Bench, scaled } from './bench.ts';
import { type Figure, figure, median } from './figure.ts';
import { onThrowawayPostgres } from './throwaway-postgres.ts';

const jobs = 2000;
const singles = 50;

function jobsOf(run: number, count: number): Job[] {
  return Array.from({ length: count }, (_, portion) => ({ group: 'bench', run, portion }));
}

function openQueue(address: string): Promise<WorkQueue> {
  return openBossQueue(address, {
    onFault(error) {
      throw error;
    },
  });
}

/** Empty jobs a second, from their being added until all are done. */
async function rateOf(address: string, workers: number, count: number): Promise<number> {
  const queues = await Promise.all(Array.from({ length: workers }, () => openQueue(address)));
  const done = Promise.withResolvers<void>();
  let left = count;
  const handler = {
    async handle() {
      left -= 1;
      if (left === 0) done.resolve();
    },
    async giveUp() {},
  };
  for (const queue of queues) await queue.work(handler, 1);
  const from = performance.now();
  await queues[0]?.add(jobsOf(workers, count));
  await done.promise;
  const seconds = (performance.now() - from) / 1000;
  for (const queue of queues) await queue.close();
  return count / seconds;
}

/** How long it takes until a job begins that is added while a worker waits for one; milliseconds. */
async function delayOf(address: string, count: number): Promise<number> {
  const queue = await openQueue(address);
  let begun = Promise.withResolvers<void>();
  await queue.work({ handle: async () => begun.resolve(), giveUp: async () => {} }, 1);
  const delays: number[] = [];
  for (const job of jobsOf(0, count)) {
    begun = Promise.withResolvers<void>();
    const from = performance.now();
    await queue.add([job]);
    await begun.promise;
    delays.push(performance.now() - from);
  }
  await queue.close();
  return median(delays);
}

async function figuresOn(address: string, bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const workers of [1, 4]) {
    const ours = await rateOf(address, workers, scaled(bench, jobs));
    figures.push(figure('j', `empty jobs a second, workers: ${workers}`, '/s', { ours }));
  }
  const ours = await delayOf(address, scaled(bench, singles));
  return [...figures, figure('j', 'from adding a job to its begin', 'ms', { ours })];
}

/** (j) Empty jobs through a PostgreSQL of its own; nothing where the machine has none. */
export async function measureQueue(bench: Bench): Promise<Figure[]> {
  return (await onThrowawayPostgres('j', [], (address) => figuresOn(address, bench))) ?? [];
}
