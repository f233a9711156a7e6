import { foldText } from '../core/fold.ts';

const run = /[\p{L}\p{N}]+/gu;
const hangul = /[\uAC00-\uD7A3]+|[^\uAC00-\uD7A3]+/gu;
/** Words that carry grammar, not content. */
const stopWords = new Set(
  (
    'a an and are as at be by can do does for from has have if in into is it its of on or so such that the their them then ' +
    'there these they this to was were which while will with you your der die das des dem den ein eine einer eines einem einen ' +
    'und oder ist sind im in zu zum zur mit von auf für es er sie wird werden nicht als auch an aus bei durch'
  ).split(' '),
);

function gramsOf(token: string, size: number): string[] {
  if (token.length <= size) return [token];
  return Array.from({ length: token.length - size + 1 }, (_, index) => token.slice(index, index + size));
}

/**
 * The features a text is compared by. Korean glues particles and endings to words, so Hangul is taken as
 * character bigrams; other words as themselves and, when long, as their first five letters.
 */
export function featuresOf(text: string): Set<string> {
  const features = new Set<string>();
  for (const [token] of foldText(text).matchAll(run)) {
    for (const [part] of token.matchAll(hangul)) {
      if (/[\uAC00-\uD7A3]/u.test(part)) for (const gram of gramsOf(part, 2)) features.add(gram);
      else if (!stopWords.has(part))
        features.add(part.length > 5 && !/\d/u.test(part) ? part.slice(0, 5) : part);
    }
  }
  return features;
}

/** How telling a feature is. */
export type FeatureWeight = (feature: string) => number;

/**
 * Inverse document frequency over a group of texts, smoothed so that a feature of every text still weighs a
 * little (Spärck Jones 1972; the form with +1 as in common search engines).
 */
export function inverseDocumentFrequency(texts: readonly string[]): FeatureWeight {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const feature of featuresOf(text)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return (feature) => Math.log(1 + texts.length / (1 + (counts.get(feature) ?? 0)));
}

/** The weighted share of a target's features that an answer has, 0 to 1. */
export function weightedShare(
  target: ReadonlySet<string>,
  answer: ReadonlySet<string>,
  weight: FeatureWeight,
): number {
  let all = 0;
  let shared = 0;
  for (const feature of target) {
    const own = weight(feature);
    all += own;
    if (answer.has(feature)) shared += own;
  }
  return all === 0 ? 0 : shared / all;
}
