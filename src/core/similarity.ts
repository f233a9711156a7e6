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

/** Of model answers, questions and rubrics: an answer is looked at once, and keeping what it leaves costs more. */
const gramsOf = remembered((text) => characterGrams(foldLetters(text), copyGramSize));

/**
 * The distinct runs of six letters in a text, given up with null as soon as too few of them are among those known:
 * nearly every answer shows within its first words that it is no copy.
 * @param share of its runs that must be known, 0 to 1
 */
function runsMostlyIn(letters: string, known: ReadonlySet<string>, share: number): Set<string> | null {
  const characters = surrogate.test(letters) ? [...letters] : null;
  const length = characters?.length ?? letters.length;
  // Of the distinct runs, which are as many or fewer, no more may be missing.
  const mayBeMissing = (1 - share) * (length - copyGramSize + 1) + 1e-9;
  const runs = new Set<string>();
  let missing = 0;
  for (let from = 0; from + copyGramSize <= length; from += 1) {
    const to = from + copyGramSize;
    const run = characters?.slice(from, to).join('') ?? letters.slice(from, to);
    if (runs.has(run)) continue;
    runs.add(run);
    if (!known.has(run)) missing += 1;
    if (missing > mayBeMissing) return null;
  }
  return shareContained(runs, known) >= share ? runs : null;
}

/** Shorter texts may equal a phrase of the model answer by chance. */
const shortestCopy = 30;

/** Whether a text is (nearly) contained in the model answer, so that it says nothing of its own. */
export function isContainedIn(text: string, modelAnswer: string): boolean {
  const letters = foldLetters(text);
  if (letters.length < shortestCopy) return false;
  return runsMostlyIn(letters, gramsOf(modelAnswer), 0.9) !== null;
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

function lengthOf(text: string): number {
  return surrogate.test(text) ? [...text].length : text.length;
}

/**
 * How many letters of a text stand in runs of six letters among those given.
 * @param mostOutside gives up, with what was found so far, once more letters than this stand outside
 */
function lettersInside(
  text: string,
  runs: ReadonlySet<string>,
  mostOutside = Number.POSITIVE_INFINITY,
): number {
  const characters = surrogate.test(text) ? [...text] : null;
  const length = characters?.length ?? text.length;
  let [inside, taken] = [0, 0];
  for (let from = 0; from + copyGramSize <= length && from - inside <= mostOutside; from += 1) {
    const to = from + copyGramSize;
    if (!runs.has(characters?.slice(from, to).join('') ?? text.slice(from, to))) continue;
    inside += from + copyGramSize - Math.max(from, taken);
    taken = from + copyGramSize;
  }
  return inside;
}

/** Share of all letters of some texts that stand in runs of six letters among those given. */
function shareOfLetters(texts: readonly string[], runs: ReadonlySet<string>): number {
  const all = texts.reduce((sum, text) => sum + lengthOf(text), 0);
  const inside = texts.reduce((sum, text) => sum + lettersInside(text, runs), 0);
  return all === 0 ? 0 : inside / all;
}

/** Stands in no text that people write. */
const between = '\u0000';

/** Sources by their letters, and the runs of all of them. */
const sourcesOf = remembered((joined) => {
  const given = joined.split(between).map(foldLetters);
  return { given, runs: new Set(given.flatMap((source) => runsOf(source, copyGramSize))) };
});

/** Whether at least this share of a text's letters, 0 to 1, stands in runs of six that a source has. */
export function isTakenFrom(text: string, share: number, ...sources: readonly string[]): boolean {
  const letters = foldLetters(text);
  const length = lengthOf(letters);
  if (length === 0) return false;
  const { runs } = sourcesOf(sources.join(between));
  // Nearly every answer shows within its first words that it is no copy.
  return lettersInside(letters, runs, length - share * length + 1e-9) / length >= share;
}

/** How much of a text is taken from a source (one text or several), and how much of the source it takes. */
export function overlapOf(text: string, ...sources: readonly string[]): Overlap {
  const { given, runs } = sourcesOf(sources.join(between));
  return {
    contained: shareOfLetters([foldLetters(text)], runs),
    covered: shareOfLetters(given, characterGrams(foldLetters(text), copyGramSize)),
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
  const given = gramsOf(modelAnswer);
  const own = runsMostlyIn(letters, given, length < longEnoughToCover ? 0.9 : 0.75);
  return own !== null && shareContained(given, own) >= 0.6;
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
