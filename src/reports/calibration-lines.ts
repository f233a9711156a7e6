import type { Calibration, GradedResult } from '../core/calibration.ts';
import { baselineNames } from '../core/calibration-baselines.ts';
import type { Language } from '../core/localized.ts';
import { shorten } from '../core/sentences.ts';
import { type CalibrationReport, decimals, judgeName, percent } from './calibration-tables.ts';
import { baselineLabels, calibrationWords } from './calibration-words.ts';
import { remarkLabel } from './labels.ts';

const fewAnswers = 30;
/** With fewer answers than this, which of two agrees better is chance. */
const fewestToCompare = 10;

function beatenBy(calibration: Calibration, language: Language): string[] {
  const { pearson, rmse, count } = calibration.judge.agreement;
  const words = calibrationWords[language];
  const sides = (other: number | null, own: number | null) =>
    `${decimals(other, 3)} ${words.versus} ${decimals(own, 3)}`;
  return baselineNames.flatMap((name) => {
    const baseline = calibration.baselines[name];
    // On other answers another r proves nothing.
    if (baseline.count !== count || count < fewestToCompare) return [];
    const better = [
      (baseline.pearson ?? -1) > (pearson ?? 1) && `r ${sides(baseline.pearson, pearson)}`,
      (baseline.rmse ?? 1) < (rmse ?? 0) && `RMSE ${sides(baseline.rmse, rmse)}`,
    ].filter((text) => text !== false);
    const label = baselineLabels[name][language];
    return better.length === 0 ? [] : [words.beaten(label, better.join(', '))];
  });
}

/** What a reader must know before believing the figures. */
export function warningsOf({ calibration, language }: CalibrationReport): string[] {
  const words = calibrationWords[language];
  const { graded } = calibration;
  if (graded === 0) return [words.nothing];
  return [...(graded < fewAnswers ? [words.few(graded)] : []), ...beatenBy(calibration, language)];
}

function coverageLine(calibration: Calibration, language: Language): string {
  const words = calibrationWords[language];
  const { graded, count, coverage, ungradedReasons, review } = calibration;
  const reasons = Object.entries(ungradedReasons).map(
    ([reason, times]) =>
      `${reason === 'unknown' ? words.unknownReason : remarkLabel(reason, language)} (${times})`,
  );
  const parts = [
    words.coverage(graded, count, percent(coverage)),
    ...(reasons.length > 0 ? [words.ungraded(reasons.join(', '))] : []),
    ...(review > 0 ? [words.reviewed(review)] : []),
  ];
  return parts.join('; ');
}

/** How much was graded (by either judge), and whether the judge errs where it was unsure. */
export function coverageLines({ judge, calibration, against, language }: CalibrationReport): string[] {
  const { unsure } = calibration;
  const own = coverageLine(calibration, language);
  return [
    ...(against
      ? [
          `${judgeName(judge)}: ${own}`,
          `${judgeName(against.judge)}: ${coverageLine(against.calibration, language)}`,
        ]
      : [own]),
    ...(unsure
      ? [
          calibrationWords[language].unsure(
            decimals(unsure.review.mae),
            unsure.review.count,
            decimals(unsure.rest.mae),
            unsure.rest.count,
          ),
        ]
      : []),
  ];
}

/** Whose marks are closer to the people's. */
export function closerLine(
  judge: string,
  against: NonNullable<CalibrationReport['against']>,
  language: Language,
): string {
  const { a, b, equal } = against.comparison.closer;
  return calibrationWords[language].closer(judgeName(judge), a, judgeName(against.judge), b, equal);
}

/** A disagreement as labelled lines; texts are cut to so many characters. */
export interface DisagreementLines {
  head: string;
  marks: string;
  details: { label: string; text: string }[];
}

/** One disagreement: the question, both marks, the answer and both reasons. */
export function disagreementLines(
  result: GradedResult,
  longest: number,
  language: Language,
): DisagreementLines {
  const words = calibrationWords[language];
  const cut = (text: string | null, missing: string) =>
    text === null || text.trim() === '' ? missing : shorten(text, longest);
  const marks = `${words.human} ${percent(result.human)}, ${words.machine} ${percent(result.machine)}`;
  return {
    head: `${shorten(result.questionText, longest)} (${result.id})`,
    marks: result.needsReview ? `${marks} (${words.review})` : marks,
    details: [
      { label: words.answer, text: cut(result.answer, words.blank) },
      { label: words.humanReason, text: cut(result.humanReason, words.noReason) },
      { label: words.machineReason, text: cut(result.machineReason, words.noReason) },
    ],
  };
}
