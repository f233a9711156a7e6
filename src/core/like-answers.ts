import { foldLetters } from './fold.ts';

/** Shorter answers to one question may well be alike by chance. */
const shortestLike = 60;
const likeShare = 0.8;
const runLength = 6;
/** A whole course with one answer is no news, and to compare each with each would take its time. */
const mostAlike = 20;
/** Counters for how many answers have a run; runs that share one by chance only make the order less good. */
const counters = 2 ** 18;

const base = 0x01000193;
/** What the first letter of a run counts. */
const firstPlace = Array.from({ length: runLength - 1 }).reduce<number>((power) => Math.imul(power, base), 1);

/**
 * The runs of six letters in a text as numbers of 32 bits (Karp and Rabin 1987). Two runs get the same number once
 * in four thousand million times, which a hint can bear, and numbers take a tenth of the memory.
 */
function runNumbers(letters: string): Uint32Array {
  const numbers = new Uint32Array(letters.length - runLength + 1);
  let hash = 0;
  for (let at = 0; at < letters.length; at += 1) {
    if (at >= runLength) hash -= Math.imul(letters.charCodeAt(at - runLength), firstPlace);
    hash = (Math.imul(hash, base) + letters.charCodeAt(at)) | 0;
    if (at >= runLength - 1) numbers[at - runLength + 1] = hash;
  }
  return numbers;
}

/** A sorted list without what stands in it twice. */
function distinct(sorted: Float64Array): Float64Array {
  let length = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const value = sorted[at] ?? 0;
    if (at > 0 && value === sorted[length - 1]) continue;
    sorted[length] = value;
    length += 1;
  }
  return sorted.slice(0, length);
}

/**
 * The lists in one order for all of them, numbers that few texts have first, so that unlike lists are told apart at
 * once. Each number has its count in front, which makes them sortable without a function.
 */
function byRarity(lists: readonly Uint32Array[]): Float64Array[] {
  const counts = new Uint32Array(counters);
  for (const list of lists)
    for (const number of list) counts[number % counters] = (counts[number % counters] ?? 0) + 1;
  return lists.map((list) => {
    const keys = new Float64Array(list.length);
    for (let at = 0; at < list.length; at += 1) {
      const number = list[at] ?? 0;
      keys[at] = (counts[number % counters] ?? 0) * 2 ** 32 + number;
    }
    return distinct(keys.sort());
  });
}

/** Whether each of two sorted lists holds four fifths of the other; gives up as soon as too much is missing. */
function areAlike(a: Float64Array, b: Float64Array): boolean {
  const allowed = (list: Float64Array) => list.length * (1 - likeShare) + 1e-9;
  let [i, j] = [0, 0];
  let common = 0;
  while (i - common <= allowed(a) && j - common <= allowed(b)) {
    const [one, other] = [a[i], b[j]];
    if (one === undefined || other === undefined) {
      return a.length - common <= allowed(a) && b.length - common <= allowed(b);
    }
    if (one === other) common += 1;
    if (one <= other) i += 1;
    if (other <= one) j += 1;
  }
  return false;
}

/** How many of a list's first elements hold one of any list that is like it (prefix filtering, Chaudhuri et al. 2006). */
function prefixLength(list: Float64Array): number {
  return list.length - Math.ceil(likeShare * list.length - 1e-9) + 1;
}

interface Entry {
  index: number;
  member: string;
  runs: Float64Array;
}

/** Pairs of entries by different members that are alike. */
function* alikePairs(entries: readonly Entry[]): Generator<[Entry, Entry]> {
  const byRun = new Map<number, Entry[]>();
  for (const entry of entries) {
    const seen = new Set<Entry>();
    let alike = 0;
    for (const run of entry.runs.subarray(0, prefixLength(entry.runs))) {
      const others = byRun.get(run);
      for (const other of others ?? []) {
        if (alike >= mostAlike) break;
        if (other.member === entry.member || seen.has(other)) continue;
        seen.add(other);
        if (!areAlike(other.runs, entry.runs)) continue;
        alike += 1;
        yield [other, entry];
      }
      if (others) others.push(entry);
      else byRun.set(run, [entry]);
    }
  }
}

/**
 * Answers of other members that are nearly the same: at least 60 letters each, and each holds four fifths of
 * the other's runs of six letters. A hint that a person should look, no proof of anything.
 * @param answers the answers to one question
 * @returns for the index of each answer that has any, the other members, in the order of their answers; of a large
 *   group that is alike each names some
 */
export function likeAnswers(answers: readonly { member: string; text: string }[]): Map<number, string[]> {
  const long = [...answers.entries()]
    .map(([index, { member, text }]) => ({ index, member, letters: foldLetters(text) }))
    .filter(({ letters }) => letters.length >= shortestLike);
  const lists = byRarity(long.map(({ letters }) => runNumbers(letters)));
  const entries = long.flatMap(({ index, member }, position): Entry[] => {
    const runs = lists[position];
    return runs ? [{ index, member, runs }] : [];
  });
  const found = new Map<number, Set<number>>();
  const note = (index: number, other: number) => found.set(index, (found.get(index) ?? new Set()).add(other));
  for (const [one, other] of alikePairs(entries)) {
    note(one.index, other.index);
    note(other.index, one.index);
  }
  return new Map(
    [...found].map(([index, others]) => {
      const inOrder = [...others].sort((a, b) => a - b);
      return [index, [...new Set(inOrder.flatMap((other) => answers[other]?.member ?? []))]];
    }),
  );
}
