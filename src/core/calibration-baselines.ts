import { linearRegression, mean } from 'simple-statistics';
import { type Agreement, agreementOf, type MarkPair } from './agreement.ts';

/** What a judge has to beat: the mean mark, the words shared with the model answer, the number of words. */
export const baselineNames = ['mean', 'tokenF1', 'length'] as const;
export type BaselineName = (typeof baselineNames)[number];

/** A marked answer as the baselines see it; `human` is a share of the maximum, 0 to 1. */
export interface BaselineItem {
  question: string;
  answer: string;
  reference: string | null;
  human: number;
}

type Feature = (item: BaselineItem) => number | null;
type Point = readonly [feature: number, human: number];

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** The logarithm of 1 + the number of words: from 5 to 10 words says more than from 105 to 110. */
export function logLength(text: string): number {
  return Math.log1p(wordsOf(text).length);
}

/**
 * Overlap of the words of two texts, 0 to 1: the F1 of precision and recall over words with their repetitions
 * (Rajpurkar et al. 2016, SQuAD); 0 where they share none.
 */
export function tokenF1(answer: string, reference: string): number {
  const left = new Map<string, number>();
  const words = wordsOf(reference);
  for (const word of words) left.set(word, (left.get(word) ?? 0) + 1);
  const answered = wordsOf(answer);
  let shared = 0;
  for (const word of answered) {
    const available = left.get(word) ?? 0;
    if (available > 0) shared += 1;
    left.set(word, available - 1);
  }
  return shared === 0 ? 0 : (2 * shared) / (words.length + answered.length);
}

const features: Record<BaselineName, Feature> = {
  mean: () => 0,
  tokenF1: ({ answer, reference }) => (reference === null ? null : tokenF1(answer, reference)),
  length: ({ answer }) => logLength(answer),
};

/** The least-squares line through the points; level at their mean where the feature never varies. */
function lineThrough(points: readonly Point[]): (feature: number) => number {
  const [first] = points;
  if (first === undefined || points.every((point) => point[0] === first[0])) {
    const level = mean(points.map((point) => point[1]));
    return () => level;
  }
  const { m, b } = linearRegression(points.map((point) => [...point]));
  return (feature) => m * feature + b;
}

interface Sample {
  item: BaselineItem;
  point: Point;
}

function samplesOf(items: readonly BaselineItem[], feature: Feature): Sample[] {
  return items.flatMap((item) => {
    const value = feature(item);
    return value === null ? [] : [{ item, point: [value, item.human] as const }];
  });
}

/** Groups that are predicted from all the others: the questions, or single answers where there is one question. */
function heldOutGroups(samples: readonly Sample[]): Sample[][] {
  const groups = [...Map.groupBy(samples, (sample) => sample.item.question).values()];
  return groups.length > 1 ? groups : samples.map((sample) => [sample]);
}

/** The predicted pairs of the items (keyed by the item itself), without those that nothing is left to predict from. */
function predictionsOf(items: readonly BaselineItem[], feature: Feature): Map<BaselineItem, MarkPair> {
  const samples = samplesOf(items, feature);
  const predictions = new Map<BaselineItem, MarkPair>();
  for (const group of heldOutGroups(samples)) {
    const held = new Set(group);
    const others = samples.filter((sample) => !held.has(sample));
    if (others.length === 0) continue;
    const predict = lineThrough(others.map((sample) => sample.point));
    for (const { item, point } of group) {
      const machine = Math.min(1, Math.max(0, predict(point[0])));
      predictions.set(item, { human: item.human, machine });
    }
  }
  return predictions;
}

/**
 * How well people's marks can be told without judging: from the mean mark, from the words shared with the
 * model answer ({@link tokenF1}) and from the length alone ({@link logLength}). Each is a least-squares line through the
 * human marks of all other questions (of all other answers where there is one question), cut off at 0 and 1,
 * and is compared on the `counted` items, which are some of `items`; one without a model answer is left out
 * of token-F1. `steps` is the human scale as in `agreementOf`.
 */
export function baselinesOf(
  items: readonly BaselineItem[],
  counted: readonly BaselineItem[],
  steps: number,
): Record<BaselineName, Agreement> {
  const agreement = (name: BaselineName) => {
    const predictions = predictionsOf(items, features[name]);
    return agreementOf(
      counted.flatMap((item) => predictions.get(item) ?? []),
      steps,
    );
  };
  return { mean: agreement('mean'), tokenF1: agreement('tokenF1'), length: agreement('length') };
}
