/** A piece of work: to divide a run into portions, or to grade one of them. */
export interface Job {
  /** Whose run it is. */
  group: string;
  run: number;
  /** null: the run is to be divided. */
  portion: number | null;
}

/** What somebody does with jobs. */
export interface JobHandler {
  /**
   * Does a job; who returns has done it. One that throws is given out again, up to {@link tries} times in all, each
   * time after a longer pause. It may be given out again although it was done, when its worker is cut off before that
   * is noted.
   * @param signal aborted when the queue is closed, or when the job is somebody else's by now. What cannot be done any
   * more is left by throwing; a job that is left since the queue is closed is given out again, and this try not counted
   */
  handle(job: Job, signal: AbortSignal): Promise<void>;
  /**
   * Told of a job that failed for the last time, also when that was since its worker died; told again when it throws.
   * @param error a GraderError where what was thrown was one
   */
  giveUp(job: Job, error: unknown): Promise<void>;
}

/** How often a job is tried. */
export const tries = 5;

/** Port: hands jobs to workers, each to one at a time. */
export interface WorkQueue {
  /** Adds jobs; one that waits or is being done already is left alone. */
  add(jobs: readonly Job[]): Promise<void>;
  /**
   * Begins to take jobs until the queue is closed: first what is to be divided, then the first portions of all runs,
   * then the second ones; of those alike first in, first out, save that the order among those added together is not
   * certain. Called once.
   * @param atOnce jobs at work at the same moment at most
   */
  work(handler: JobHandler, atOnce: number): Promise<void>;
  /** How many jobs wait, those included that failed and will be tried again. */
  length(): Promise<number>;
  /**
   * Takes no more jobs and waits for those that are being done to end. A queue in memory forgets the rest: whoever is
   * responsible for them adds them again to the next one.
   */
  close(): Promise<void>;
}
