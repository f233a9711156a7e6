import { quantileSorted } from 'simple-statistics';
import { type Agreement, agreementOf, type Figure, figures, type MarkPair } from './agreement.ts';

/** Where a figure lies with 95 % confidence. */
export interface Interval {
  low: number;
  high: number;
}

/** How often to resample, and the seed of the generator; equal seeds give equal intervals. */
export interface BootstrapOptions {
  rounds?: number;
  seed?: number;
}

const usualRounds = 1000;
const usualSeed = 20_240_917;
const fewestItems = 5;
const tail = 0.025;

/** A generator of whole numbers from 0 to below `limit`: xorshift32 (Marsaglia 2003). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed >>> 0 || usualSeed;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * limit);
  };
}

function intervalOf(values: readonly (number | null)[]): Interval | null {
  const defined = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (defined.length * 2 < values.length || defined.length === 0) return null;
  return { low: quantileSorted(defined, tail), high: quantileSorted(defined, 1 - tail) };
}

/**
 * Percentile bootstrap (Efron 1979) of several figures over the same resamples of the items: for each name the
 * 95 % interval, or null when there are fewer than 5 items or its figure is null in more than half the rounds.
 */
export function bootstrapIntervals<T, Name extends string>(
  items: readonly T[],
  names: readonly Name[],
  statistics: (sample: readonly T[]) => Readonly<Record<Name, number | null>>,
  { rounds = usualRounds, seed = usualSeed }: BootstrapOptions = {},
): Record<Name, Interval | null> {
  const random = randomNumbers(seed);
  const draw = () => items.map(() => items[random(items.length)] as T);
  const results = items.length < fewestItems ? [] : Array.from({ length: rounds }, () => statistics(draw()));
  const entries = names.map((name) => [name, intervalOf(results.map((result) => result[name]))] as const);
  return Object.fromEntries(entries) as Record<Name, Interval | null>;
}

/**
 * The 95 % percentile bootstrap interval (Efron 1979) of one figure of the items; null when there are fewer
 * than 5 of them or the figure is null in more than half the rounds.
 */
export function bootstrapInterval<T>(
  items: readonly T[],
  statistic: (sample: readonly T[]) => number | null,
  options: BootstrapOptions = {},
): Interval | null {
  return bootstrapIntervals(items, ['value'], (sample) => ({ value: statistic(sample) }), options).value;
}

/** The 95 % intervals of all figures of {@link agreementOf}, from one set of resamples. */
export function agreementIntervals(
  pairs: readonly MarkPair[],
  steps: number,
): Record<Figure, Interval | null> {
  return bootstrapIntervals(pairs, figures, (sample): Agreement => agreementOf(sample, steps));
}
