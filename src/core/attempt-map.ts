import type { AttemptKind } from './chapter.ts';

/** Names an attempt within its chapter. */
export interface AttemptName {
  member: string;
  question: number;
  attempt: AttemptKind;
}

/** Something for each of a chapter's attempts. */
export interface AttemptMap<T> {
  get(name: AttemptName): T | undefined;
  set(name: AttemptName, value: T): void;
}

/** An empty map. It nests instead of joining the name to one key, which would cost more than all else. */
export function createAttemptMap<T>(): AttemptMap<T> {
  const members = new Map<string, Map<number, T>>();
  const placeOf = ({ question, attempt }: AttemptName) => 2 * question + (attempt === 'first' ? 0 : 1);
  return {
    get: (name) => members.get(name.member)?.get(placeOf(name)),
    set: (name, value) => {
      const own = members.get(name.member);
      if (own) own.set(placeOf(name), value);
      else members.set(name.member, new Map([[placeOf(name), value]]));
    },
  };
}

/** Items by the attempt that they are about; of several about the same one, the last. */
export function byAttempt<T extends AttemptName>(items: Iterable<T>): AttemptMap<T> {
  const map = createAttemptMap<T>();
  for (const item of items) map.set(item, item);
  return map;
}
