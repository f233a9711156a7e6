import { mean, sampleCorrelation, sampleRankCorrelation, sum } from 'simple-statistics';

/** The marks of one answer by a person and by a judge, as shares of the maximum, 0 to 1. */
export interface MarkPair {
  human: number;
  machine: number;
}

/** How far two series of marks agree; a figure that is not defined for them is null. */
export interface Agreement {
  count: number;
  /** Quadratically weighted kappa, at most 1; 0 is agreement as by chance. */
  quadraticKappa: number | null;
  /** Correlation of the marks, -1 to 1. */
  pearson: number | null;
  /** Correlation of the ranks, -1 to 1. */
  spearman: number | null;
  /** Mean distance, 0 to 1. */
  mae: number | null;
  /** Root of the mean squared distance, 0 to 1. */
  rmse: number | null;
  /** The same with every range of the human mark counting alike, 0 to 1. */
  weightedRmse: number | null;
  /** Mean of machine - human, -1 to 1; above 0 the machine is the milder one. */
  bias: number | null;
  /** Share of answers in the same category of the human scale, 0 to 1. */
  exact: number | null;
  /** Share of answers at most one category apart, 0 to 1. */
  adjacent: number | null;
}

export type Figure = Exclude<keyof Agreement, 'count'>;

/** The figures in the order in which reports show them. */
export const figures = [
  'quadraticKappa',
  'pearson',
  'spearman',
  'mae',
  'rmse',
  'weightedRmse',
  'bias',
  'exact',
  'adjacent',
] as const satisfies readonly Figure[];

/** Marks come from divisions: 2.1 / 3.5 is a hair beside 0.6. */
const tolerance = 1e-9;
const mostSteps = 20;
const stepsOtherwise = 10;
const markTolerance = 1e-6;

/** Equal ranges into which human marks (0 to 1) are sorted. */
export const rangeCount = 5;

/** The range of a human mark (0 to 1): 0 for [0, 0.2) to 4 for [0.8, 1]. */
export function rangeOf(human: number): number {
  return Math.min(rangeCount - 1, Math.floor(human * rangeCount + tolerance));
}

/**
 * How many steps the scale of human marks (0 to 1) has: the smallest n from 1 to 20 such that every mark × n
 * is whole, else 10.
 */
export function stepsOf(marks: readonly number[]): number {
  const fits = (steps: number) =>
    marks.every((mark) => Math.abs(mark * steps - Math.round(mark * steps)) < markTolerance);
  for (let steps = 1; steps <= mostSteps; steps += 1) if (fits(steps)) return steps;
  return stepsOtherwise;
}

function categoryOf(mark: number, steps: number): number {
  return Math.min(steps, Math.max(0, Math.floor(mark * steps + 0.5 + tolerance)));
}

/**
 * Kappa from whole sums, so that agreement as by chance is 0 and no rounding error: what the squared difference
 * would be were the two series independent follows from their first two moments.
 */
function kappaOf(a: readonly number[], b: readonly number[]): number | null {
  const total = (value: (index: number) => number) => sum(a.map((_, index) => value(index)));
  const first = (index: number) => a[index] ?? 0;
  const second = (index: number) => b[index] ?? 0;
  const observed = a.length * total((index) => (first(index) - second(index)) ** 2);
  const squares = a.length * total((index) => first(index) ** 2 + second(index) ** 2);
  const chance = squares - 2 * total(first) * total(second);
  return chance === 0 ? null : 1 - observed / chance;
}

function isConstant(values: readonly number[]): boolean {
  const [first] = values;
  return first === undefined || values.every((value) => Math.abs(value - first) < tolerance);
}

function correlationOf(
  correlation: (a: number[], b: number[]) => number,
  a: number[],
  b: number[],
): number | null {
  if (isConstant(a) || isConstant(b)) return null;
  return Math.min(1, Math.max(-1, correlation(a, b)));
}

function weightedRmseOf(human: readonly number[], squares: readonly number[]): number {
  const ranges = Array.from({ length: rangeCount }, (): number[] => []);
  human.forEach((mark, index) => {
    ranges[rangeOf(mark)]?.push(squares[index] ?? 0);
  });
  return Math.sqrt(mean(ranges.filter((range) => range.length > 0).map((range) => mean(range))));
}

function shareOf(values: readonly number[], holds: (value: number) => boolean): number {
  return values.filter(holds).length / values.length;
}

const nothing: Agreement = {
  count: 0,
  quadraticKappa: null,
  pearson: null,
  spearman: null,
  mae: null,
  rmse: null,
  weightedRmse: null,
  bias: null,
  exact: null,
  adjacent: null,
};

/**
 * How far two series of marks (0 to 1) agree; `steps` is the number of steps of the human scale, whose
 * steps + 1 categories the marks are rounded to for kappa and for exact and adjacent agreement.
 *
 * Kappa: Cohen 1968 with quadratic weights; null where both sides are one and the same category, 0 where only
 * one side is constant. Pearson's r and Spearman's ρ (1904, equal values share the mean of their ranks): null
 * where a side is constant. The weighted RMSE is the root of the mean, over the fifths of the human mark that
 * have marks, of the mean squared error in each (after the wRMSE of the ASAG2024 benchmark, Meyer et al. 2024).
 */
export function agreementOf(pairs: readonly MarkPair[], steps: number): Agreement {
  if (pairs.length === 0) return nothing;
  const human = pairs.map((pair) => pair.human);
  const machine = pairs.map((pair) => pair.machine);
  const errors = pairs.map((pair) => pair.machine - pair.human);
  const squares = errors.map((error) => error ** 2);
  const humanCategories = human.map((mark) => categoryOf(mark, steps));
  const machineCategories = machine.map((mark) => categoryOf(mark, steps));
  const apart = humanCategories.map((category, index) =>
    Math.abs(category - (machineCategories[index] ?? 0)),
  );
  return {
    count: pairs.length,
    quadraticKappa: kappaOf(humanCategories, machineCategories),
    pearson: correlationOf(sampleCorrelation, human, machine),
    spearman: correlationOf(sampleRankCorrelation, human, machine),
    mae: mean(errors.map(Math.abs)),
    rmse: Math.sqrt(mean(squares)),
    weightedRmse: weightedRmseOf(human, squares),
    bias: mean(errors),
    exact: shareOf(apart, (distance) => distance === 0),
    adjacent: shareOf(apart, (distance) => distance <= 1),
  };
}
