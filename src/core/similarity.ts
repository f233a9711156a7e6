import { foldLetters } from './fold.ts';
import { remembered } from './remembered.ts';

/** The distinct runs of `size` characters in a string (the string itself when it is shorter). */
export function characterGrams(text: string, size: number): Set<string> {
  return new Set(runsOf(text, size));
}

// Without the flag for code points, so that it sees the halves.
const surrogate = /[\uD800-\uDFFF]/;

/** The runs of `size` characters in a string, in order (the string itself when it is shorter). */
function runsOf(text: string, size: number): string[] {
  // Only where a character takes two units, strings cannot be cut by unit; cutting by unit is far faster.
  const characters = surrogate.test(text) ? [...text] : null;
  const length = characters?.length ?? text.length;
  if (length <= size) return text === '' ? [] : [text];
  const runs = new Array<string>(length - size + 1);
  for (let from = 0; from + size <= length; from += 1)
    runs[from] = characters ? characters.slice(from, from + size).join('') : text.slice(from, from + size);
  return runs;
}

/** How many of `part`'s elements are also in `whole`, 0 to 1 (0 for an empty part). */
export function shareContained(part: ReadonlySet<string>, whole: ReadonlySet<string>): number {
  if (part.size === 0) return 0;
  let found = 0;
  for (const element of part) if (whole.has(element)) found += 1;
  return found / part.size;
}

/**
 * Likeness of two short texts, 0 to 1: the Dice coefficient of their character bigrams, blind to markup,
 * punctuation, spaces and case.
 */
export function textLikeness(a: string, b: string): number {
  const first = characterGrams(foldLetters(a), 2);
  const second = characterGrams(foldLetters(b), 2);
  if (first.size + second.size === 0) return 0;
  return (2 * shareContained(first, second) * first.size) / (first.size + second.size);
}

const copyGramSize = 6;

const gramsOf = remembered((text) => characterGrams(foldLetters(text), copyGramSize));

/** Shorter texts may equal a phrase of the model answer by chance. */
const shortestCopy = 30;

/** Whether a text is (nearly) contained in the model answer, so that it says nothing of its own. */
export function isContainedIn(text: string, modelAnswer: string): boolean {
  const letters = foldLetters(text);
  if (letters.length < shortestCopy) return false;
  return shareContained(gramsOf(text), gramsOf(modelAnswer)) >= 0.9;
}

/** A text of at least this length that equals the whole model answer is no chance. */
const shortestEqual = 20;

/** Below this many letters a right answer can hardly avoid the words of the model answer; only equality tells. */
const longEnoughToCover = 100;

/** How much two texts share, 0 to 1 each. */
export interface Overlap {
  /** Share of the text's letters that stand in runs of six that the source has. */
  contained: number;
  /** Share of the source's letters that stand in runs of six that the text has. */
  covered: number;
}

/** Share of all letters of some texts that stand in runs of six letters among those given. */
function shareOfLetters(texts: readonly string[], runs: ReadonlySet<string>): number {
  let [inside, all] = [0, 0];
  for (const text of texts) {
    const length = surrogate.test(text) ? [...text].length : text.length;
    const own = length < copyGramSize ? [] : runsOf(text, copyGramSize);
    all += length;
    let taken = 0;
    for (const [from, run] of own.entries()) {
      if (!runs.has(run)) continue;
      inside += from + copyGramSize - Math.max(from, taken);
      taken = from + copyGramSize;
    }
  }
  return all === 0 ? 0 : inside / all;
}

/** Stands in no text that people write. */
const between = '\u0000';

/** Sources by their letters, and the runs of all of them. */
const sourcesOf = remembered((joined) => {
  const given = joined.split(between).map(foldLetters);
  return { given, runs: new Set(given.flatMap((source) => runsOf(source, copyGramSize))) };
});

/** How much of a text is taken from a source (one text or several), and how much of the source it takes. */
export function overlapOf(text: string, ...sources: readonly string[]): Overlap {
  const { given, runs } = sourcesOf(sources.join(between));
  return {
    contained: shareOfLetters([foldLetters(text)], runs),
    covered: shareOfLetters(given, gramsOf(text)),
  };
}

/**
 * Whether a text is (nearly) the whole model answer: equal, or taken from a longer one and covering most of it.
 * In a text of a paragraph or more up to a quarter of the runs may be others: about every tenth word changed.
 */
export function isCopyOf(text: string, modelAnswer: string): boolean {
  const letters = foldLetters(text);
  const whole = foldLetters(modelAnswer);
  const length = [...letters].length;
  if (length >= shortestEqual && letters === whole) return true;
  if (length < shortestCopy || [...whole].length < longEnoughToCover) return false;
  const [own, given] = [gramsOf(text), gramsOf(modelAnswer)];
  return (
    shareContained(own, given) >= (length < longEnoughToCover ? 0.9 : 0.75) &&
    shareContained(given, own) >= 0.6
  );
}

/**
 * Whether a text is (nearly) the question: equal, or, for a question long enough to tell, taken from it and
 * covering most of it. A text that begins or ends in other words may be an answer with its question.
 */
export function isRestatementOf(text: string, question: string): boolean {
  const letters = foldLetters(text);
  const asked = foldLetters(question);
  if (letters === asked) return letters !== '';
  if (asked.length < shortestCopy || letters.length < shortestCopy) return false;
  if (![letters.slice(0, copyGramSize), letters.slice(-copyGramSize)].every((run) => asked.includes(run)))
    return false;
  const { contained, covered } = overlapOf(text, question);
  return contained >= 0.9 && covered >= 0.7;
}

/** Shorter answers to one question may well be alike by chance. */
const shortestLike = 60;
const likeShare = 0.8;

/** Sets as sorted numbers, the elements that few sets have first, so that unlike sets are told apart at once. */
function ranksOf(sets: readonly ReadonlySet<string>[]): Uint32Array[] {
  const counts = new Map<string, number>();
  for (const set of sets) for (const element of set) counts.set(element, (counts.get(element) ?? 0) + 1);
  const byRarity = [...counts].sort(([, a], [, b]) => a - b);
  const ranks = new Map(byRarity.map(([element], rank) => [element, rank]));
  return sets.map((set) => Uint32Array.from(set, (element) => ranks.get(element) ?? 0).sort());
}

/** Whether each of two sorted lists holds four fifths of the other; gives up as soon as too much is missing. */
function areAlike(a: Uint32Array, b: Uint32Array): boolean {
  const allowed = (list: Uint32Array) => list.length * (1 - likeShare) + 1e-9;
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

/**
 * Answers of other members that are nearly the same: at least 60 letters each, and each holds four fifths of
 * the other's runs of six letters. A hint that a person should look, no proof of anything.
 * @param answers the answers to one question
 * @returns for the index of each answer that has any, the other members, in their order
 */
export function likeAnswers(answers: readonly { member: string; text: string }[]): Map<number, string[]> {
  const long = [...answers.entries()].filter(([, { text }]) => [...foldLetters(text)].length >= shortestLike);
  const grams = ranksOf(long.map(([, { text }]) => gramsOf(text)));
  const entries = long.flatMap(([index, { member }], position) => {
    const own = grams[position];
    return own ? [{ index, member, grams: own }] : [];
  });
  const found = new Map<number, string[]>();
  const note = (index: number, member: string) => {
    const members = found.get(index) ?? [];
    if (!members.includes(member)) found.set(index, [...members, member]);
  };
  for (const [position, one] of entries.entries()) {
    for (const other of entries.slice(position + 1)) {
      if (one.member === other.member || !areAlike(one.grams, other.grams)) continue;
      note(one.index, other.member);
      note(other.index, one.member);
    }
  }
  return found;
}
