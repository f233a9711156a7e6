import { stoppedError } from '../judge/run-control.ts';
import type { JobHandler } from './work-queue.ts';

/** Waits for something as long as it is wanted. @throws ModelError `aborted` */
async function unlessAborted(something: Promise<void>, signal: AbortSignal): Promise<void> {
  const gone = Promise.withResolvers<never>();
  const leave = () => gone.reject(stoppedError());
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  try {
    await Promise.race([something, gone.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/**
 * A handler whose jobs need something that is taken with the first of them and given back after the last.
 * @param right taken by one process at a time
 */
export function withRight(
  handler: JobHandler,
  right: { take(): Promise<void>; giveBack(): Promise<void> },
): JobHandler {
  let users = 0;
  let taken = Promise.resolve();

  async function using(own: () => Promise<void>, given: AbortSignal): Promise<void> {
    if (users === 0) taken = right.take();
    users += 1;
    let isMine = false;
    try {
      await unlessAborted(taken, given);
      isMine = true;
      await own();
    } finally {
      users -= 1;
      // Who did not wait for its turn does not wait to give it back either.
      const back = users === 0 ? taken.then(right.giveBack, () => undefined) : null;
      if (isMine) await back;
    }
  }

  return {
    handle: (job, signal) => using(() => handler.handle(job, signal), signal),
    // To note that something was given up changes nothing for whoever does jobs.
    giveUp: (job, error) => handler.giveUp(job, error),
  };
}
