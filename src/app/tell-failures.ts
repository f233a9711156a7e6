import type { EventLog } from './event-log.ts';
import type { JobHandler } from './work-queue.ts';

/** A handler that tells of each job that failed for the last time, once it is given up. */
export function tellFailures(inner: JobHandler, log: Pick<EventLog, 'jobFailed'>): JobHandler {
  return {
    handle: inner.handle,
    async giveUp(job, error) {
      await inner.giveUp(job, error);
      // Afterwards, since who throws is told again; a database with one group gives it no number.
      log.jobFailed({ ...job, group: job.group === '' ? null : Number(job.group) }, error);
    },
  };
}
