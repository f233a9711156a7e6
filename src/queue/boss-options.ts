import type { PoolConfig } from 'pg';
import type { ConstructorOptions, QueueOptions, WorkOptions } from 'pg-boss';
import { tries } from '../app/work-queue.ts';

/** Jobs to do. */
export const jobQueue = 'jobs';
/** Jobs that failed for the last time, until somebody has been told. */
export const failedQueue = 'failed';
/** Where pg-boss keeps its tables. */
export const jobSchema = 'answer_grader_jobs';

const hour = 3600;
const day = 24 * hour;

/** What tests have otherwise. */
export interface QueueTimes {
  /** Seconds between looks for jobs whose worker is silent; a whole number. */
  lookSeconds: number;
  /** Seconds between signs of life of a worker, for each of its jobs. */
  beatSeconds: number;
  /** Seconds between looks for jobs that nobody was told of, like those that have waited for their next try. */
  pollSeconds: number;
  /** Seconds that a job waits after a failure at least, which grow, and at most; whole numbers. */
  pauseSeconds: { first: number; longest: number };
}

/**
 * A worker's jobs are given out again 15 to 23 seconds after its end, and a pause: it is silent for that long, and
 * somebody looks. A database that is away for 10 seconds makes nobody silent for so long.
 */
const silentSeconds = 20;
export const usualTimes: QueueTimes = {
  lookSeconds: 3,
  beatSeconds: 5,
  pollSeconds: 2,
  pauseSeconds: { first: 2, longest: 60 },
};

/**
 * pg-boss has a small pool of its own: its statements are short, so few connections serve many workers, and a sign of
 * life never waits behind the store's transactions.
 */
export function bossOptions(address: string, { lookSeconds }: QueueTimes): ConstructorOptions & PoolConfig {
  return {
    connectionString: address,
    application_name: 'answer-grader jobs',
    max: 4,
    // A connection whose other end is gone without a word would be waited for for a quarter of an hour.
    query_timeout: 30_000,
    keepAlive: true,
    schema: jobSchema,
    useListenNotify: true,
    superviseIntervalSeconds: lookSeconds,
    monitorIntervalSeconds: lookSeconds,
    maintenanceIntervalSeconds: hour,
    schedule: false,
    registerInstance: false,
  };
}

/** How jobs are kept, in both queues. No job is waited for in vain: one that nobody takes is kept for a year. */
function keeping({ pauseSeconds }: QueueTimes) {
  return {
    heartbeatSeconds: silentSeconds,
    // The longest that pg-boss knows: it is the heartbeat that tells whether a job is being done.
    expireInSeconds: day,
    retentionSeconds: 365 * day,
    deleteAfterSeconds: day,
    retryDelay: pauseSeconds.first,
    notify: true,
  } satisfies QueueOptions & { notify: boolean };
}

/** Of jobs to do. */
export function jobQueueOptions(times: QueueTimes) {
  return {
    ...keeping(times),
    retryLimit: tries - 1,
    retryBackoff: true,
    retryDelayMax: times.pauseSeconds.longest,
    deadLetter: failedQueue,
  };
}

/** Of failed jobs, which are told of until somebody has taken note. */
export function failedQueueOptions(times: QueueTimes) {
  return { ...keeping(times), retryLimit: 100_000, retryBackoff: false };
}

/** How a worker takes jobs; it is told of those that are added, save where the way to the database cannot tell it. */
export function workOptions({ beatSeconds, pollSeconds }: QueueTimes) {
  return {
    includeMetadata: true,
    perJobResults: true,
    heartbeatRefreshSeconds: beatSeconds,
    notifyPollingIntervalSeconds: pollSeconds,
    pollingIntervalSeconds: 0.5,
  } as const satisfies WorkOptions;
}
