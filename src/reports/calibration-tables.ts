import { type Agreement, type Figure, figures } from '../core/agreement.ts';
import type { Interval } from '../core/bootstrap.ts';
import type { Calibration, QuestionFigures } from '../core/calibration.ts';
import { baselineNames } from '../core/calibration-baselines.ts';
import { type Comparison, comparedFigures } from '../core/comparison.ts';
import type { Language } from '../core/localized.ts';
import { shorten } from '../core/sentences.ts';
import { baselineLabels, calibrationWords, comparedNames, figureNames } from './calibration-words.ts';
import type { Alignment } from './table.ts';

/** What a calibration report shows; the comparison's `a` is `judge`, its `b` is the one it is held against. */
export interface CalibrationReport {
  title: string;
  judge: string;
  calibration: Calibration;
  against: { judge: string; calibration: Calibration; comparison: Comparison } | null;
  language: Language;
}

/** A table as plain texts, for the terminal or Markdown. */
export interface TableContent {
  head: string[];
  rows: string[][];
  align: Alignment[];
}

const none = '–';
const longestName = 30;
const longestQuestion = 60;

/** A number with so many decimals and a proper minus; a dash for null, never "-0". */
export function decimals(value: number | null, digits = 2): string {
  if (value === null) return none;
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text.replace('-', '−');
}

/** A share from 0 to 1 as whole percent; a dash for null. */
export function percent(share: number | null): string {
  return share === null ? none : `${Math.round(share * 100)} %`;
}

/** A judge's name, short enough for a column. */
export function judgeName(name: string): string {
  return shorten(name, longestName);
}

function signed(value: number | null, digits = 2): string {
  const text = decimals(value, digits);
  return value !== null && value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

function figureText(figure: Figure, value: number | null): string {
  if (figure === 'exact' || figure === 'adjacent') return percent(value);
  return figure === 'bias' ? signed(value) : decimals(value);
}

function intervalText(figure: Figure, interval: Interval | null): string {
  if (interval === null) return none;
  const low = figureText(figure, interval.low).replace(' %', '');
  return `${low}…${figureText(figure, interval.high)}`;
}

/** Judges, baselines and people side by side; a row says on how many answers where these are not the judge's. */
export function agreementTable({ judge, calibration, against, language }: CalibrationReport): TableContent {
  const words = calibrationWords[language];
  const graded = calibration.graded;
  const row = (name: string, agreement: Agreement): string[] => [
    agreement.count === graded ? name : `${name} (${words.answers(agreement.count)})`,
    ...figures.map((figure) => figureText(figure, agreement[figure])),
  ];
  const { agreement, intervals } = calibration.judge;
  return {
    head: ['', ...figures.map((figure) => figureNames[figure][language])],
    rows: [
      row(judgeName(judge), agreement),
      [words.interval, ...figures.map((figure) => intervalText(figure, intervals[figure]))],
      ...(against ? [row(judgeName(against.judge), against.calibration.judge.agreement)] : []),
      ...baselineNames.map((name) => row(baselineLabels[name][language], calibration.baselines[name])),
      ...(calibration.humans ? [row(words.people, calibration.humans)] : []),
    ],
    align: ['left', ...figures.map((): Alignment => 'right')],
  };
}

/** Marks and errors in each fifth of the people's mark. */
export function rangeTable({ calibration, language }: CalibrationReport): TableContent {
  const words = calibrationWords[language];
  return {
    head: [words.range, words.count, words.human, words.machine, 'MAE', figureNames.bias[language]],
    rows: calibration.perRange.map((range) => [
      `${Math.round(range.from * 100)}–${percent(range.to)}`,
      String(range.count),
      percent(range.humanMean),
      percent(range.machineMean),
      decimals(range.mae),
      signed(range.bias),
    ]),
    align: ['left', 'right', 'right', 'right', 'right', 'right'],
  };
}

function worstFirst(questions: readonly QuestionFigures[]): QuestionFigures[] {
  return questions.toSorted((a, b) => (b.mae ?? -1) - (a.mae ?? -1));
}

/** The questions with the largest errors, at most so many. */
export function questionTable({ calibration, language }: CalibrationReport, most: number): TableContent {
  const words = calibrationWords[language];
  return {
    head: [words.question, words.count, words.human, words.machine, 'MAE', 'r'],
    rows: worstFirst(calibration.perQuestion)
      .slice(0, most)
      .map((question) => [
        shorten(question.questionText, longestQuestion),
        String(question.count),
        percent(question.humanMean),
        percent(question.machineMean),
        decimals(question.mae),
        decimals(question.pearson),
      ]),
    align: ['left', 'right', 'right', 'right', 'right', 'right'],
  };
}

/** Two judges' figures on the same answers, with the interval of the difference. */
export function comparisonTable(
  judge: string,
  against: NonNullable<CalibrationReport['against']>,
  language: Language,
): TableContent {
  const words = calibrationWords[language];
  const digits = 3;
  return {
    head: [
      words.figure,
      judgeName(judge),
      judgeName(against.judge),
      words.difference,
      words.interval,
      words.verdict,
    ],
    rows: comparedFigures.map((name) => {
      const { a, b, difference, interval, excludesZero } = against.comparison.figures[name];
      return [
        comparedNames[name][language],
        decimals(a, digits),
        decimals(b, digits),
        signed(difference, digits),
        interval === null ? none : `${signed(interval.low, digits)}…${signed(interval.high, digits)}`,
        interval === null ? words.unknown : excludesZero ? words.clear : words.chance,
      ];
    }),
    align: ['left', 'right', 'right', 'right', 'right', 'left'],
  };
}
