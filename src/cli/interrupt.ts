import type { RunControl } from '../judge/run-control.ts';

/** How long requests in flight may take to finish after the first signal. */
const graceMs = 5000;

/** Coming to an end takes seconds, save where a database does not answer any more. */
const longestEndMs = 60_000;

/**
 * Resolves at the first signal to end; a second one ends the process at once, as without us.
 * @param onTooLong told when the end does not come in a minute, before the process is ended as by a second signal
 */
export function endAsked(onTooLong: () => void): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        done();
        const giveUp = () => {
          onTooLong();
          process.kill(process.pid, signal);
        };
        setTimeout(giveUp, longestEndMs).unref();
      });
  });
}

/**
 * Ends a run on Ctrl-C or SIGTERM: the first signal lets requests in flight finish for a while, so that replies
 * already paid for are kept; a second one, or time, gives them up.
 * @returns a function that takes the handlers away again
 */
export function stopOnSignals(control: RunControl, onFirst: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const handle = () => {
    if (control.stopped.aborted) {
      control.abandon();
      return;
    }
    onFirst();
    control.stop();
    timer = setTimeout(() => control.abandon(), graceMs);
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, handle);
  return () => {
    clearTimeout(timer);
    for (const signal of signals) process.off(signal, handle);
  };
}
