import type { Awaitable } from './awaitable.ts';

interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export interface GroupOptions {
  /** Calls a function soon, when everything that is arriving now is there; with the next turn when left out. */
  later?: (run: () => void) => void;
  /** So many are not kept waiting any longer than the group before them takes; any number when left out. */
  most?: number;
}

/**
 * Work that costs as much for many as for one, such as a commit to disk: what comes in at the same moment is done
 * together, and so is what comes in while a group is being worked on. One group is done after the other.
 * @param work is called with everything that has come since the last time; throws for all of it or for none
 * @returns a function that resolves once its item's group is done, and rejects with what `work` threw
 */
export function inGroups<T>(
  work: (items: readonly T[]) => Awaitable<void>,
  { later = setImmediate, most = Number.POSITIVE_INFINITY }: GroupOptions = {},
): (item: T) => Promise<void> {
  let waiting: Waiting<T>[] = [];
  let isWorking = false;
  /** Those who wait were to be done while others were. */
  let isDue = false;

  async function workOff(group: readonly Waiting<T>[]): Promise<void> {
    isWorking = true;
    try {
      await work(group.map(({ item }) => item));
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    isWorking = false;
    if (isDue) begin();
  }

  function begin(): void {
    if (waiting.length === 0) return;
    isDue = isWorking;
    if (isWorking) return;
    const group = waiting;
    waiting = [];
    void workOff(group);
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) later(begin);
      if (waiting.length >= most) begin();
    });
}
