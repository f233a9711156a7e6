import { foldLetters } from '../core/fold.ts';
import { characterGrams } from '../core/similarity.ts';

/** The text most like another. */
interface Closest {
  position: number;
  /** As textLikeness gives it, 0 to 1. */
  likeness: number;
  /** The likeness of the next one, 0 when there is none. */
  second: number;
}

/** Short texts, to be looked up by what they say. */
export interface TextIndex {
  add(text: string): void;
  /** The position of the first text with the same letters; null when there is none. */
  same(text: string): number | null;
  /** null when no text shares two letters in a row. */
  closest(text: string): Closest | null;
}

/** A question's text is taken to be another's from this likeness on. */
const sameQuestion = 0.85;

/** The position of the question that is the same, or the same written a little differently; null without one. */
export function sameQuestionIn(index: TextIndex, question: string): number | null {
  const closest = index.closest(question);
  const isSame = closest !== null && closest.likeness >= sameQuestion;
  return index.same(question) ?? (isSame ? closest.position : null);
}

/** An index of texts, each known by its position in the order given and added. */
export function textIndex(texts: readonly string[]): TextIndex {
  const byLetters = new Map<string, number>();
  const byGram = new Map<string, number[]>();
  const sizes: number[] = [];

  const add = (text: string) => {
    const letters = foldLetters(text);
    const grams = characterGrams(letters, 2);
    const position = sizes.push(grams.size) - 1;
    if (!byLetters.has(letters)) byLetters.set(letters, position);
    for (const gram of grams) {
      const holders = byGram.get(gram);
      if (holders) holders.push(position);
      else byGram.set(gram, [position]);
    }
  };
  for (const text of texts) add(text);

  return {
    add,
    same: (text) => byLetters.get(foldLetters(text)) ?? null,
    closest(text) {
      const grams = characterGrams(foldLetters(text), 2);
      const common = new Uint32Array(sizes.length);
      for (const gram of grams) {
        for (const position of byGram.get(gram) ?? []) common[position] = (common[position] ?? 0) + 1;
      }
      let closest: Closest | null = null;
      let second = 0;
      for (const [position, shared] of common.entries()) {
        if (shared === 0) continue;
        const likeness = (2 * shared) / (grams.size + (sizes[position] ?? 0));
        if (closest && likeness <= closest.likeness) {
          second = Math.max(second, likeness);
          continue;
        }
        second = closest?.likeness ?? 0;
        closest = { position, likeness, second };
      }
      return closest && { ...closest, second };
    },
  };
}
