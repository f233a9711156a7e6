import { type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Job, JobHandler, WorkQueue } from '../app/work-queue.ts';
import {
  bossOptions,
  failedQueue,
  failedQueueOptions,
  jobQueue,
  jobQueueOptions,
  jobSchema,
  type QueueTimes,
  usualTimes,
  workOptions,
} from './boss-options.ts';
import { failureFrom, kept } from './job-failure.ts';
import { jobKey, jobTurn } from './job-key.ts';

export interface BossQueueOptions {
  /** Told of what goes wrong in the background, like a database that cannot be reached for a while. */
  onFault(error: unknown): void;
  /** Other than usual, for tests. */
  times?: Partial<QueueTimes>;
}

type TakenJob = JobWithMetadata<Job>;

/** Gets pg-boss going: its tables, and the queues as this version wants them. */
async function startBoss(boss: PgBoss, times: QueueTimes): Promise<void> {
  await boss.start();
  const failed = failedQueueOptions(times);
  const jobs = jobQueueOptions(times);
  await boss.createQueue(failedQueue, failed);
  await boss.updateQueue(failedQueue, failed);
  // Of what waits or is at work, "exclusive" has at most one of a key, by a unique index.
  await boss.createQueue(jobQueue, { ...jobs, policy: 'exclusive' });
  await boss.updateQueue(jobQueue, jobs);
}

/** Puts a job back as if it had not been taken: at once for others to take, with as many tries left. */
async function giveBack(boss: PgBoss, job: TakenJob): Promise<void> {
  const transaction = await boss.getDb().beginTransaction?.();
  if (!transaction) throw new Error('a pool of pg-boss has transactions');
  const { db } = transaction;
  try {
    await boss.complete(jobQueue, job, null, { db });
    await boss.insert(jobQueue, [jobToInsert(job.data, job.retryLimit - job.retryCount)], { db });
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

function jobToInsert(data: Job, retryLimit?: number) {
  return {
    data,
    singletonKey: jobKey(data),
    priority: -jobTurn(data),
    ...(retryLimit !== undefined && { retryLimit }),
  };
}

/** In an order that is the same for everybody, or two who add the same jobs could wait for each other. */
function inOrder(jobs: readonly Job[]): Job[] {
  const byText = (a: string, b: string) => Number(a > b) - Number(a < b);
  return jobs.toSorted(
    (a, b) => byText(a.group, b.group) || a.run - b.run || (a.portion ?? -1) - (b.portion ?? -1),
  );
}

/**
 * Opens the queue that all who work on a PostgreSQL database share, and installs or migrates it where needed.
 * @param address `postgres://…`
 * @throws what the driver says when the database cannot be reached
 */
export async function openBossQueue(address: string, options: BossQueueOptions): Promise<WorkQueue> {
  const times = { ...usualTimes, ...options.times };
  const { onFault } = options;
  const boss = new PgBoss(bossOptions(address, times));
  // Some of pg-boss's faults only look like errors.
  boss.on('error', (fault) => onFault(fault instanceof Error ? fault : Object.assign(new Error(), fault)));
  boss.on('warning', ({ message }) => onFault(new Error(message)));
  const closing = new AbortController();
  let closed: Promise<void> | null = null;

  async function handleTaken(job: TakenJob, handler: JobHandler): Promise<JobResult> {
    const { id, data, signal } = job;
    try {
      // It may have been on its way when the queue was closed.
      closing.signal.throwIfAborted();
      await handler.handle(data, AbortSignal.any([signal, closing.signal]));
      return { id, status: 'completed' };
    } catch (error) {
      if (!closing.signal.aborted || signal.aborted) return { id, status: 'failed', output: kept(error) };
      await giveBack(boss, job);
      return { id, status: 'completed' };
    }
  }

  async function tellFailed({ id, data, sourceOutput }: TakenJob, handler: JobHandler): Promise<JobResult> {
    try {
      await handler.giveUp(data, failureFrom(sourceOutput));
      return { id, status: 'completed' };
    } catch (error) {
      onFault(error);
      return { id, status: 'failed', output: kept(error) };
    }
  }

  /** Takes jobs one after the other, without a pause as long as there are any. */
  async function takeFrom(queue: string, own: (job: TakenJob) => Promise<JobResult>): Promise<void> {
    const worker = await boss.work<Job, unknown, ReturnType<typeof workOptions>>(
      queue,
      workOptions(times),
      async (jobs) => {
        const results = await Promise.all(jobs.map(own));
        boss.notifyWorker(worker);
        return results;
      },
    );
  }

  async function close(): Promise<void> {
    closing.abort();
    // Waits as long as the handlers take, who still give signs of life, where stopping alone would fail their jobs.
    await Promise.all([jobQueue, failedQueue].map((queue) => boss.offWork(queue, { wait: true })));
    await boss.stop();
  }

  try {
    await startBoss(boss, times);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }

  return {
    async add(jobs) {
      await boss.insert(
        jobQueue,
        inOrder(jobs).map((job) => jobToInsert(job)),
      );
    },
    async work(handler, atOnce) {
      for (let count = 0; count < atOnce; count += 1)
        await takeFrom(jobQueue, (job) => handleTaken(job, handler));
      await takeFrom(failedQueue, (job) => tellFailed(job, handler));
    },
    async length() {
      const { rows } = await boss
        .getDb()
        .executeSql(
          `SELECT count(*)::int AS waiting FROM ${jobSchema}.job WHERE name = $1 AND state < 'active'`,
          [jobQueue],
        );
      return Number(rows[0]?.waiting);
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}
