import type { ReplyStore } from '../judge/chat-model.ts';
import { stoppedError } from '../judge/run-control.ts';

/** Requests that a run has taken upon itself, so that no other run on the same database sends them too. */
export interface ReplyClaims {
  /**
   * Resolves when the request is this run's: at once, or when the run that has it gave it back or died.
   * @throws ModelError `aborted` when the run is stopped; StoreError
   */
  take(key: string): Promise<void>;
  /** Resolves at once, or with the run's last claim when the store has been told. Never rejects. */
  giveBack(key: string): Promise<void>;
  /** Whether nobody can have taken over what it has claimed: it has shown lately that it is alive. */
  areLasting(): boolean;
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
/** So long after a beat a claim is sure to last; others wait half as long again until they take a run for dead. */
const lastingMs = 10_000;

/**
 * Claims of one run, which shows that it is alive as long as it has some or waits for some. A run asks for
 * thousands at the same moment, so what comes together is written together.
 */
export function createReplyClaims(options: ReplyClaimsOptions): ReplyClaims {
  const { store, run, stopped, now, every, onWait } = options;
  const waiting = new Set<Waiter>();
  let arriving: Waiter[] = [];
  const returned = new Set<string>();
  /** Given back as well, but the store failed when it was told: it may know, or not. */
  const unreturned = new Set<string>();
  let held = 0;
  let lastBeat = 0;
  let isWaitKnown = false;
  let isTicking = false;
  let stopBeating: (() => void) | null = null;
  let before: Promise<void> = Promise.resolve();

  /**
   * Does something with the store once everything before it is done there: a claim that overtook the return of the
   * same key would fail. Where the database fails, those who wait get to know.
   */
  function inTurn(work: () => Promise<void>): Promise<void> {
    // Requests in flight go on: whether their replies can be kept is seen when they come.
    before = before.then(work).catch(rejectAll);
    return before;
  }

  async function beat(): Promise<void> {
    const at = now();
    await store.beat(run, at);
    lastBeat = at;
  }

  const areLasting = () => now() - lastBeat < lastingMs;

  async function handReturnedBack(): Promise<void> {
    const keys = [...unreturned, ...returned];
    if (keys.length === 0) return;
    returned.clear();
    unreturned.clear();
    try {
      await store.releaseReplies(keys, run);
    } catch {
      // The outcomes of the requests matter more; it is tried again, and the claims end with this run.
      for (const key of keys) unreturned.add(key);
    }
  }

  function restWhenIdle(): Promise<void> | null {
    if (held > 0 || waiting.size > 0) return null;
    stopBeating?.();
    stopBeating = null;
    return inTurn(handReturnedBack);
  }

  function rejectAll(error: unknown): void {
    for (const waiter of waiting) waiter.reject(error);
    waiting.clear();
    void restWhenIdle();
  }

  /** Claims for those of some who still wait. */
  async function claim(some: readonly Waiter[]): Promise<void> {
    const waiters = some.filter((waiter) => waiting.has(waiter));
    if (waiters.length === 0) return;
    const keys = waiters.map(({ key }) => key);
    const ours = await store.claimReplies(keys, run, now());
    for (const waiter of waiters) {
      // Of two who want the same, one gets it; who was sent away meanwhile gets none.
      if (!waiting.has(waiter) || !ours.delete(waiter.key)) continue;
      held += 1;
      unreturned.delete(waiter.key);
      returned.delete(waiter.key);
      waiting.delete(waiter);
      waiter.resolve();
    }
    for (const key of ours) returned.add(key);
    if (ours.size > 0) void restWhenIdle();
  }

  async function showLife(): Promise<void> {
    if (stopBeating === null) return;
    const wasAway = now() - lastBeat > awayMs;
    await beat();
    await handReturnedBack();
    // Others that slept with this machine get until the next tick to show that they are alive.
    if (!wasAway) await claim([...waiting]);
    if (waiting.size > 0 && !isWaitKnown) onWait?.(waiting.size);
    isWaitKnown = waiting.size > 0;
  }

  function tick(): void {
    // A slow store is not asked again before it has answered.
    if (isTicking) return;
    isTicking = true;
    void inTurn(showLife).then(() => {
      isTicking = false;
    });
  }

  async function claimArriving(): Promise<void> {
    const waiters = arriving;
    arriving = [];
    if (stopBeating === null && waiting.size > 0) {
      stopBeating = every(tick);
      await beat();
    }
    await claim(waiters);
  }

  stopped.addEventListener('abort', () => rejectAll(stoppedError()), { once: true });

  return {
    areLasting,
    async take(key) {
      if (stopped.aborted) throw stoppedError();
      // Without a beat the claim would not last.
      if (stopBeating !== null && areLasting() && returned.delete(key)) {
        held += 1;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const waiter = { key, resolve, reject };
        waiting.add(waiter);
        arriving.push(waiter);
        if (arriving.length === 1) void inTurn(claimArriving);
      });
    },
    async giveBack(key) {
      held -= 1;
      returned.add(key);
      await restWhenIdle();
    },
  };
}
