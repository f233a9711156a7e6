import { foldText } from '../core/fold.ts';

const run = /[\p{L}\p{N}]+/gu;
const hangul = /[\uAC00-\uD7A3]+|[^\uAC00-\uD7A3]+/gu;

/** Pairs of the formal ending -습니다, which nearly every Korean model answer has in every sentence. */
const formalEnding = new Set(['습니', '니다']);

function gramsOf(token: string, size: number): string[] {
  if (token.length <= size) return [token];
  return Array.from({ length: token.length - size + 1 }, (_, index) => token.slice(index, index + size));
}

/**
 * The features a text is compared by: runs of characters within words, so that forms and compounds of a word
 * are alike without a list of endings. Korean glues particles and endings to words, so Hangul is taken in
 * pairs of syllables; other words, with a space on either side, in runs of four characters.
 */
export function featuresOf(text: string): Set<string> {
  const features = new Set<string>();
  for (const [token] of foldText(text).matchAll(run)) {
    for (const [part] of token.matchAll(hangul)) {
      const grams = /[\uAC00-\uD7A3]/u.test(part) ? gramsOf(part, 2) : gramsOf(` ${part} `, 4);
      for (const gram of grams) if (!formalEnding.has(gram)) features.add(gram);
    }
  }
  return features;
}

/** How telling a feature is. */
export type FeatureWeight = (feature: string) => number;

/**
 * Inverse document frequency over a group of texts, smoothed so that a feature of every text still weighs a
 * little, and so does every feature where there are no texts (Spärck Jones 1972; the form with +1 as in
 * common search engines).
 */
export function inverseDocumentFrequency(texts: readonly string[]): FeatureWeight {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const feature of featuresOf(text)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return (feature) => Math.log(1 + (1 + texts.length) / (1 + (counts.get(feature) ?? 0)));
}

/** How telling a group of features is together. */
export function totalWeight(features: ReadonlySet<string>, weight: FeatureWeight): number {
  let total = 0;
  for (const feature of features) total += weight(feature);
  return total;
}

/** The weighted share of a target's features that an answer has, 0 to 1. */
export function weightedShare(
  target: ReadonlySet<string>,
  answer: ReadonlySet<string>,
  weight: FeatureWeight,
): number {
  const all = totalWeight(target, weight);
  const shared = new Set([...target].filter((feature) => answer.has(feature)));
  return all === 0 ? 0 : totalWeight(shared, weight) / all;
}
