interface PaceSettings {
  /** On average. */
  perSecond: number;
  /** How many may go at once after a rest. */
  burst: number;
  now(): number;
  wait(ms: number): Promise<unknown>;
}

/** One pace for everything that is sent: resolves when it is one's turn. */
export function createPace({ perSecond, burst, now, wait }: PaceSettings): () => Promise<void> {
  const gap = 1000 / perSecond;
  let taken = Number.NEGATIVE_INFINITY;
  return async () => {
    const time = now();
    taken = Math.max(taken, time - burst * gap) + gap;
    if (taken > time) await wait(taken - time);
  };
}
