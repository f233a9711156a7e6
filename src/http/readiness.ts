/**
 * Whether a service is ready, for everybody who asks at the same moment by one look at what it needs: whoever asks
 * often costs the database no more than who asks once.
 * @param isReady looks; what it throws means no
 * @param stopped aborted when the service stops, which is no more ready then
 * @param most milliseconds that the look may take
 */
export function createReadiness(
  isReady: () => Promise<boolean>,
  stopped: AbortSignal,
  most: number,
): () => Promise<boolean> {
  let looking: Promise<boolean> | null = null;
  function look(): Promise<boolean> {
    looking ??= isReady()
      .catch(() => false)
      .finally(() => {
        looking = null;
      });
    return looking;
  }
  return async () => {
    if (stopped.aborted) return false;
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), most);
    try {
      return (await Promise.race([look(), late])) && !stopped.aborted;
    } finally {
      clearTimeout(timer);
    }
  };
}
