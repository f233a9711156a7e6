import { type Job, type JobHandler, tries, type WorkQueue } from '../app/work-queue.ts';
import { jobKey, jobTurn } from './job-key.ts';

/** After a failure it is tried again, the first time after this long, then after twice as long each time. */
const firstPauseMs = 2000;
const longestPauseMs = 60_000;

export interface LocalQueueOptions {
  /** Does work after so many milliseconds. @returns what calls it off */
  later(work: () => void, ms: number): () => void;
  /** Told when somebody who is told that a job failed for the last time fails at that. */
  onFault(error: unknown): void;
}

/** A job that is not done. */
interface Entry {
  job: Job;
  key: string;
  failures: number;
  /** Its last failure, when it is not tried any more. */
  last: { error: unknown } | null;
}

/** A queue in this process, for a database that nobody else works on. */
export function createLocalQueue({ later, onFault }: LocalQueueOptions): WorkQueue {
  const closing = new AbortController();
  const ready = new Set<Entry>();
  const pauses = new Map<Entry, () => void>();
  const atWork = new Map<Entry, Promise<void>>();
  const known = new Set<string>();
  let worker: { handler: JobHandler; atOnce: number } | null = null;

  async function doEntry(entry: Entry, handler: JobHandler): Promise<void> {
    if (entry.last) await handler.giveUp(entry.job, entry.last.error);
    else await handler.handle(entry.job, closing.signal);
  }

  function pause(entry: Entry): void {
    const resume = () => {
      pauses.delete(entry);
      ready.add(entry);
      take();
    };
    const ms = Math.min(longestPauseMs, firstPauseMs * 2 ** (entry.failures - 1));
    pauses.set(entry, later(resume, ms));
  }

  function noteFailure(entry: Entry, error: unknown): void {
    if (closing.signal.aborted) return;
    entry.failures += 1;
    if (entry.last) onFault(error);
    if (entry.last || entry.failures < tries) pause(entry);
    else {
      entry.last = { error };
      ready.add(entry);
    }
  }

  async function attempt(entry: Entry, handler: JobHandler): Promise<void> {
    // A handler may add jobs at once; this one has to count as one at work by then.
    await Promise.resolve();
    try {
      await doEntry(entry, handler);
      known.delete(entry.key);
    } catch (error) {
      noteFailure(entry, error);
    }
    atWork.delete(entry);
    take();
  }

  function next(): Entry | undefined {
    let first: Entry | undefined;
    for (const entry of ready) if (!first || jobTurn(entry.job) < jobTurn(first.job)) first = entry;
    return first;
  }

  function take(): void {
    while (worker && !closing.signal.aborted && atWork.size < worker.atOnce) {
      const entry = next();
      if (!entry) return;
      ready.delete(entry);
      atWork.set(entry, attempt(entry, worker.handler));
    }
  }

  return {
    async add(jobs) {
      for (const job of jobs) {
        const key = jobKey(job);
        if (known.has(key)) continue;
        known.add(key);
        ready.add({ job, key, failures: 0, last: null });
      }
      take();
    },
    async work(handler, atOnce) {
      worker = { handler, atOnce };
      take();
    },
    async length() {
      return ready.size + pauses.size;
    },
    async close() {
      closing.abort();
      for (const callOff of pauses.values()) callOff();
      await Promise.all(atWork.values());
    },
  };
}
