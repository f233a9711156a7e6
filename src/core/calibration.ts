import { mean } from 'simple-statistics';
import {
  type Agreement,
  agreementOf,
  type Figure,
  type MarkPair,
  rangeCount,
  rangeOf,
  stepsOf,
} from './agreement.ts';
import { agreementIntervals, type Interval } from './bootstrap.ts';
import { type BaselineName, baselinesOf } from './calibration-baselines.ts';

/** An answer that a person marked, with what the judge made of it; marks are shares of the maximum, 0 to 1. */
export interface MarkedResult {
  id: string;
  /** The question's id. */
  question: string;
  questionText: string;
  answer: string;
  reference: string | null;
  human: number;
  /** A second person's mark. */
  second: number | null;
  /** The judge's mark; null when ungraded. */
  machine: number | null;
  ungradedReason: string | null;
  needsReview: boolean;
  humanReason: string | null;
  machineReason: string | null;
}

export type GradedResult = MarkedResult & { machine: number };

/** Means over a group of graded answers; null where the group is empty. */
interface GroupFigures {
  count: number;
  humanMean: number | null;
  machineMean: number | null;
  mae: number | null;
}

export interface QuestionFigures extends GroupFigures {
  question: string;
  questionText: string;
  pearson: number | null;
}

interface RangeFigures extends GroupFigures {
  /** The human marks in it: from `from` to below `to`; the last range includes 1. */
  from: number;
  to: number;
  bias: number | null;
}

interface MeanError {
  count: number;
  mae: number;
}

/** How a judge's marks compare with people's. */
export interface Calibration {
  count: number;
  graded: number;
  ungraded: number;
  /** Ungraded answers per reason. */
  ungradedReasons: Record<string, number>;
  /** How many graded answers the judge itself sent to review. */
  review: number;
  /** graded / count, 0 to 1; 0 when there are no answers. */
  coverage: number;
  /** Steps of the human scale. */
  steps: number;
  judge: { agreement: Agreement; intervals: Record<Figure, Interval | null> };
  baselines: Record<BaselineName, Agreement>;
  /** First (as human) against second mark of people; null with fewer than 2 answers marked twice. */
  humans: Agreement | null;
  /** In the order in which the questions come; answers that are graded only. */
  perQuestion: QuestionFigures[];
  perRange: RangeFigures[];
  /** The errors where the judge asked for review and elsewhere; null when either has no answers. */
  unsure: { review: MeanError; rest: MeanError } | null;
  /** The up to 10 answers with the largest difference, largest first. */
  disagreements: GradedResult[];
}

const mostDisagreements = 10;

/** Whether a result has a mark of the judge. */
function isGraded(result: MarkedResult): result is GradedResult {
  return result.machine !== null;
}

function distance(pair: MarkPair): number {
  return Math.abs(pair.machine - pair.human);
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean([...values]);
}

function groupFigures(group: readonly MarkPair[]): GroupFigures {
  return {
    count: group.length,
    humanMean: meanOf(group.map((pair) => pair.human)),
    machineMean: meanOf(group.map((pair) => pair.machine)),
    mae: meanOf(group.map(distance)),
  };
}

function perQuestionOf(results: readonly MarkedResult[], steps: number): QuestionFigures[] {
  return [...Map.groupBy(results, (result) => result.question)].map(([question, own]) => {
    const graded = own.filter(isGraded);
    return {
      question,
      questionText: own[0]?.questionText ?? '',
      ...groupFigures(graded),
      pearson: agreementOf(graded, steps).pearson,
    };
  });
}

function perRangeOf(graded: readonly GradedResult[]): RangeFigures[] {
  return Array.from({ length: rangeCount }, (_, index) => {
    const group = graded.filter((result) => rangeOf(result.human) === index);
    return {
      from: index / rangeCount,
      to: (index + 1) / rangeCount,
      ...groupFigures(group),
      bias: meanOf(group.map((result) => result.machine - result.human)),
    };
  });
}

function unsureOf(graded: readonly GradedResult[]): Calibration['unsure'] {
  const side = (needsReview: boolean): MeanError | null => {
    const { count, mae } = groupFigures(graded.filter((result) => result.needsReview === needsReview));
    return mae === null ? null : { count, mae };
  };
  const review = side(true);
  const rest = side(false);
  return review && rest && { review, rest };
}

function humansOf(results: readonly MarkedResult[], steps: number): Agreement | null {
  const pairs = results.flatMap(({ human, second }) => (second === null ? [] : [{ human, machine: second }]));
  return pairs.length < 2 ? null : agreementOf(pairs, steps);
}

function disagreementsOf(graded: readonly GradedResult[]): GradedResult[] {
  return graded
    .filter((result) => distance(result) > 0)
    .sort((a, b) => distance(b) - distance(a))
    .slice(0, mostDisagreements);
}

function reasonsOf(results: readonly MarkedResult[]): Record<string, number> {
  const ungraded = results.filter((result) => !isGraded(result));
  const groups = Map.groupBy(ungraded, (result) => result.ungradedReason ?? 'unknown');
  return Object.fromEntries([...groups].map(([reason, own]) => [reason, own.length]));
}

/** Compares a judge's marks with people's; ungraded answers count in the coverage only. */
export function calibrationOf(results: readonly MarkedResult[]): Calibration {
  const graded = results.filter(isGraded);
  const steps = stepsOf(results.map((result) => result.human));
  return {
    count: results.length,
    graded: graded.length,
    ungraded: results.length - graded.length,
    ungradedReasons: reasonsOf(results),
    review: graded.filter((result) => result.needsReview).length,
    coverage: results.length === 0 ? 0 : graded.length / results.length,
    steps,
    judge: { agreement: agreementOf(graded, steps), intervals: agreementIntervals(graded, steps) },
    baselines: baselinesOf(results, graded, steps),
    humans: humansOf(results, steps),
    perQuestion: perQuestionOf(results, steps),
    perRange: perRangeOf(graded),
    unsure: unsureOf(graded),
    disagreements: disagreementsOf(graded),
  };
}
