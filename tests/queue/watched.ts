import type { Job, JobHandler } from '../../src/app/work-queue.ts';

export function job(changes: Partial<Job> = {}): Job {
  return { group: 'readers', run: 7, portion: 0, ...changes };
}

/** Somebody who keeps what happens, and whose test waits for it. */
export function watched(own: Partial<JobHandler> = {}) {
  const handled: Job[] = [];
  const givenUp: { job: Job; error: unknown }[] = [];
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const look of waiting) look();
  };
  const handler: JobHandler = {
    async handle(taken, signal) {
      handled.push(taken);
      tell();
      await own.handle?.(taken, signal);
    },
    async giveUp(failed, error) {
      givenUp.push({ job: failed, error });
      tell();
      await own.giveUp?.(failed, error);
    },
  };
  /** Waits until something is so. */
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!isSo()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    handler,
    handled,
    givenUp,
    untilHandled: (count: number) => until(() => handled.length >= count),
    untilGivenUp: (count: number) => until(() => givenUp.length >= count),
    /** Waits for one job more. */
    untilNext() {
      const before = handled.length;
      return until(() => handled.length > before);
    },
  };
}

/** Jobs that are not done before the test says so. */
export function held() {
  const gates = new Map<number | null, () => void>();
  let [now, most] = [0, 0];
  return {
    async handle({ portion }: Job) {
      now += 1;
      most = Math.max(most, now);
      await new Promise<void>((resolve) => gates.set(portion, resolve));
      now -= 1;
    },
    letGo: (portion: number | null) => gates.get(portion)?.(),
    most: () => most,
  };
}
