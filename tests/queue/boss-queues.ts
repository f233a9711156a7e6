import { afterEach } from 'vitest';
import type { WorkQueue } from '../../src/app/work-queue.ts';
import type { QueueTimes } from '../../src/queue/boss-options.ts';
import { openBossQueue } from '../../src/queue/boss-queue.ts';
import { ask, type TestDatabase } from '../helpers/postgres.ts';

/** Queues in a database, which are closed and emptied after each test. */
export function bossQueues({ address }: TestDatabase) {
  const opened: WorkQueue[] = [];
  const faults: unknown[] = [];

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.close()));
    await ask(address(), 'DELETE FROM answer_grader_jobs.job');
    faults.length = 0;
  });

  return {
    /** What any of them was told that went wrong. */
    faults,
    /** Without pauses where nothing else is said. */
    async open(times: Partial<QueueTimes> = {}): Promise<WorkQueue> {
      const queue = await openBossQueue(address(), {
        onFault: (fault) => faults.push(fault),
        times: { pollSeconds: 0.5, pauseSeconds: { first: 0, longest: 0 }, ...times },
      });
      opened.push(queue);
      return queue;
    },
    /** What stands in the table of jobs. */
    rows: (columns: string) =>
      ask(address(), `SELECT ${columns} FROM answer_grader_jobs.job ORDER BY data->'portion'`),
    /** Changes all jobs there. */
    change: (to: string) => ask(address(), `UPDATE answer_grader_jobs.job SET ${to}`),
  };
}
