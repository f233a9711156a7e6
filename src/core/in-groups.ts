interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export interface GroupOptions {
  /** Calls a function soon, when everything that is arriving now is there; with the next turn when left out. */
  later?: (run: () => void) => void;
  /** So many are not kept waiting any longer; any number when left out. */
  most?: number;
}

/**
 * Work that costs as much for many as for one, such as a commit to disk: what comes in at the same moment is done
 * together.
 * @param work is called with everything that has come since the last time; throws for all of it or for none
 * @returns a function that resolves once its item's group is done, and rejects with what `work` threw
 */
export function inGroups<T>(
  work: (items: readonly T[]) => void,
  { later = setImmediate, most = Number.POSITIVE_INFINITY }: GroupOptions = {},
): (item: T) => Promise<void> {
  let waiting: Waiting<T>[] = [];

  function workOff(): void {
    const group = waiting;
    if (group.length === 0) return;
    waiting = [];
    try {
      work(group.map(({ item }) => item));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) later(workOff);
      if (waiting.length >= most) workOff();
    });
}
