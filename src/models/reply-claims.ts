import type { ReplyStore } from '../judge/chat-model.ts';
import { stoppedError } from '../judge/run-control.ts';

/** Requests that a run has taken upon itself, so that no other run on the same database sends them too. */
export interface ReplyClaims {
  /**
   * Resolves when the request is this run's: at once, or when the run that has it gave it back or died.
   * @throws ModelError `aborted` when the run is stopped; StoreError
   */
  take(key: string): Promise<void>;
  giveBack(key: string): void;
}

export interface ReplyClaimsOptions {
  store: Pick<ReplyStore, 'claimReplies' | 'releaseReplies' | 'beat'>;
  /** The run's name, which no other run has. */
  run: string;
  /** Aborted when nothing is to be waited for any more. */
  stopped: AbortSignal;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Does work several times a second until the returned function is called. */
  every: (work: () => void) => () => void;
  /** Told how many requests wait for other runs, once until none does any more. */
  onWait?: ((requests: number) => void) | undefined;
}

interface Waiter {
  key: string;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** A pause between two beats that only a machine asleep or out of breath makes. */
const awayMs = 5000;

/**
 * Claims of one run, which shows that it is alive as long as it has some or waits for some. A run asks for
 * thousands at the same moment, so what comes together is written together.
 */
export function createReplyClaims(options: ReplyClaimsOptions): ReplyClaims {
  const { store, run, stopped, now, every, onWait } = options;
  const waiting = new Set<Waiter>();
  let arriving: Waiter[] = [];
  const returned = new Set<string>();
  let held = 0;
  let lastBeat = 0;
  let isWaitKnown = false;
  let stopBeating: (() => void) | null = null;

  function beat(): void {
    lastBeat = now();
    store.beat(run, lastBeat);
  }

  function handReturnedBack(): void {
    if (returned.size === 0) return;
    const keys = [...returned];
    returned.clear();
    try {
      store.releaseReplies(keys, run);
    } catch {
      // The outcomes of the requests matter more; the claims end with this run.
    }
  }

  function restWhenIdle(): void {
    if (held > 0 || waiting.size > 0) return;
    handReturnedBack();
    stopBeating?.();
    stopBeating = null;
  }

  function rejectAll(error: unknown): void {
    for (const waiter of waiting) waiter.reject(error);
    waiting.clear();
    restWhenIdle();
  }

  function claim(waiters: readonly Waiter[]): void {
    if (waiters.length === 0) return;
    const keys = waiters.map(({ key }) => key);
    const ours = store.claimReplies(keys, run, now());
    for (const waiter of waiters) {
      // Of two who want the same, one gets it.
      if (!ours.delete(waiter.key)) continue;
      held += 1;
      waiting.delete(waiter);
      waiter.resolve();
    }
  }

  /** Does work for those who wait; where the database fails, they get to know. */
  function attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      // Requests in flight go on: whether their replies can be kept is seen when they come.
      rejectAll(error);
    }
  }

  function tick(): void {
    attempt(() => {
      const wasAway = now() - lastBeat > awayMs;
      beat();
      handReturnedBack();
      // Others that slept with this machine get until the next tick to show that they are alive.
      if (!wasAway) claim([...waiting]);
      if (waiting.size > 0 && !isWaitKnown) onWait?.(waiting.size);
      isWaitKnown = waiting.size > 0;
    });
  }

  function claimArriving(): void {
    const waiters = arriving.filter((waiter) => waiting.has(waiter));
    arriving = [];
    attempt(() => {
      if (stopBeating === null && waiters.length > 0) {
        beat();
        stopBeating = every(tick);
      }
      claim(waiters);
    });
  }

  stopped.addEventListener('abort', () => rejectAll(stoppedError()), { once: true });

  return {
    async take(key) {
      if (stopped.aborted) throw stoppedError();
      if (returned.delete(key)) {
        held += 1;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const waiter = { key, resolve, reject };
        waiting.add(waiter);
        arriving.push(waiter);
        if (arriving.length === 1) queueMicrotask(claimArriving);
      });
    },
    giveBack(key) {
      held -= 1;
      returned.add(key);
      restWhenIdle();
    },
  };
}
