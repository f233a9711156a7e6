import { foldLetters } from './fold.ts';

/** The distinct runs of `size` characters in a string (the string itself when it is shorter). */
export function characterGrams(text: string, size: number): Set<string> {
  const characters = [...text];
  if (characters.length <= size) return new Set(text === '' ? [] : [text]);
  const grams = new Set<string>();
  for (let index = 0; index + size <= characters.length; index += 1) {
    grams.add(characters.slice(index, index + size).join(''));
  }
  return grams;
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
/** Shorter texts may equal a phrase of the model answer by chance. */
const shortestCopy = 30;

/** Whether a text is (nearly) contained in the model answer, so that it says nothing of its own. */
export function isContainedIn(text: string, modelAnswer: string): boolean {
  const letters = foldLetters(text);
  if (letters.length < shortestCopy) return false;
  const grams = characterGrams(letters, copyGramSize);
  return shareContained(grams, characterGrams(foldLetters(modelAnswer), copyGramSize)) >= 0.9;
}

/** A text of at least this length that equals the whole model answer is no chance. */
const shortestEqual = 20;

/** Below this many letters a right answer can hardly avoid the words of the model answer; only equality tells. */
const longEnoughToCover = 100;

/** Whether a text is (nearly) the whole model answer: equal, or contained in a longer one and covering most of it. */
export function isCopyOf(text: string, modelAnswer: string): boolean {
  const letters = foldLetters(text);
  const whole = foldLetters(modelAnswer);
  if ([...letters].length >= shortestEqual && letters === whole) return true;
  if ([...whole].length < longEnoughToCover || !isContainedIn(text, modelAnswer)) return false;
  return shareContained(characterGrams(whole, copyGramSize), characterGrams(letters, copyGramSize)) >= 0.6;
}
