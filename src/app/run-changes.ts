/** After this long somebody who waits for a change looks again: another service may be making the run. */
const lookAgainMs = 1000;

/** Tells those who wait for it that something about a run has changed. */
export interface RunChanges {
  tell(id: number): void;
  /** Resolves at the run's next change, after a while, or when the signal is aborted. */
  nextChange(id: number, signal: AbortSignal): Promise<void>;
}

/** @param closing aborted when nothing more will change */
export function createRunChanges(closing: AbortSignal): RunChanges {
  const waiting = new Map<number, Set<() => void>>();
  return {
    tell(id) {
      const listeners = waiting.get(id);
      waiting.delete(id);
      for (const listener of listeners ?? []) listener();
    },
    nextChange: (id, signal) =>
      new Promise((resolve) => {
        const listeners = waiting.get(id) ?? new Set();
        waiting.set(id, listeners);
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          closing.removeEventListener('abort', end);
          listeners.delete(end);
          resolve();
        };
        const timer = setTimeout(end, lookAgainMs);
        listeners.add(end);
        signal.addEventListener('abort', end);
        closing.addEventListener('abort', end);
        if (signal.aborted || closing.aborted) end();
      }),
  };
}
