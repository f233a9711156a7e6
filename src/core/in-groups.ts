interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Work that costs as much for many as for one, such as a commit to disk: what comes in at the same moment is done
 * together.
 * @param work is called with everything that has come since the last time; throws for all of it or for none
 * @param later calls a function soon, when everything that is arriving now is there
 * @returns a function that resolves once its item's group is done, and rejects with what `work` threw
 */
export function inGroups<T>(
  work: (items: readonly T[]) => void,
  later: (run: () => void) => void = setImmediate,
): (item: T) => Promise<void> {
  let waiting: Waiting<T>[] = [];

  function workOff(): void {
    const group = waiting;
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
    });
}
