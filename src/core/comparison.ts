import { type Agreement, agreementOf, type MarkPair, stepsOf } from './agreement.ts';
import { bootstrapIntervals, type Interval } from './bootstrap.ts';

/** An answer's marks, as shares of the maximum; `machine` is null when the judge did not grade it. */
interface ComparedResult {
  id: string;
  human: number;
  machine: number | null;
}

/** A figure of two judges on the same answers, with the 95 % interval of b - a. */
interface FigureComparison {
  a: number | null;
  b: number | null;
  difference: number | null;
  interval: Interval | null;
  /** The interval leaves 0 out: the difference is hardly chance. */
  excludesZero: boolean;
}

/** The figures by which two judges are compared; `bias` is its absolute value. */
export const comparedFigures = ['pearson', 'quadraticKappa', 'mae', 'rmse', 'bias'] as const;
export type ComparedFigure = (typeof comparedFigures)[number];

/** Two judges on the answers that both graded. */
export interface Comparison {
  count: number;
  figures: Record<ComparedFigure, FigureComparison>;
  /** How many answers have a mark closer to the person's under a, under b, or equally close. */
  closer: { a: number; b: number; equal: number };
}

interface Paired {
  a: MarkPair;
  b: MarkPair;
}

const closeEnough = 1e-9;

function pairedOf(a: readonly ComparedResult[], b: readonly ComparedResult[]): Paired[] {
  const others = new Map(b.map((result) => [result.id, result]));
  return a.flatMap(({ id, human, machine }) => {
    const other = others.get(id)?.machine ?? null;
    if (machine === null || other === null) return [];
    return [{ a: { human, machine }, b: { human, machine: other } }];
  });
}

function figureOf(agreement: Agreement, figure: ComparedFigure): number | null {
  const value = agreement[figure];
  return figure === 'bias' && value !== null ? Math.abs(value) : value;
}

function differencesOf(sample: readonly Paired[], steps: number): Record<ComparedFigure, number | null> {
  const [a, b] = agreementsOf(sample, steps);
  return recordOf((figure) => {
    const [first, second] = [figureOf(a, figure), figureOf(b, figure)];
    return first === null || second === null ? null : second - first;
  });
}

function agreementsOf(sample: readonly Paired[], steps: number): [Agreement, Agreement] {
  return [
    agreementOf(
      sample.map((pair) => pair.a),
      steps,
    ),
    agreementOf(
      sample.map((pair) => pair.b),
      steps,
    ),
  ];
}

function recordOf<Value>(value: (figure: ComparedFigure) => Value): Record<ComparedFigure, Value> {
  return Object.fromEntries(comparedFigures.map((figure) => [figure, value(figure)])) as Record<
    ComparedFigure,
    Value
  >;
}

function closerOf(pairs: readonly Paired[]): Comparison['closer'] {
  const closer = { a: 0, b: 0, equal: 0 };
  for (const { a, b } of pairs) {
    const advantage = Math.abs(b.machine - b.human) - Math.abs(a.machine - a.human);
    closer[Math.abs(advantage) < closeEnough ? 'equal' : advantage > 0 ? 'a' : 'b'] += 1;
  }
  return closer;
}

/**
 * Compares two judges on the answers that both graded, paired by id; the human marks are those of `a`. The
 * intervals are of a paired bootstrap: every resample holds both judges' marks of the same answers.
 */
export function comparisonOf(a: readonly ComparedResult[], b: readonly ComparedResult[]): Comparison {
  const pairs = pairedOf(a, b);
  const steps = stepsOf(pairs.map((pair) => pair.a.human));
  const [first, second] = agreementsOf(pairs, steps);
  const differences = differencesOf(pairs, steps);
  const intervals = bootstrapIntervals(pairs, comparedFigures, (sample) => differencesOf(sample, steps));
  return {
    count: pairs.length,
    closer: closerOf(pairs),
    figures: recordOf((figure) => {
      const interval = intervals[figure];
      return {
        a: figureOf(first, figure),
        b: figureOf(second, figure),
        difference: differences[figure],
        interval,
        excludesZero: interval !== null && (interval.low > 0 || interval.high < 0),
      };
    }),
  };
}
