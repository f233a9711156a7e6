import { type AttemptName, createAttemptMap } from './attempt-map.ts';
import type { GradeSummary } from './grade-summary.ts';

/** An attempt that exists now, with the fingerprint of its text. */
export interface KnownAttempt extends AttemptName {
  answerHash: string;
}

/** An attempt with everything a grade of it rests on, by fingerprint. */
export interface AttemptState extends KnownAttempt {
  referenceHash: string;
  criteriaHash: string;
}

/**
 * A newer grade replaces an older one, but the baseline never replaces a model's grade, nor a failure a grade
 * of its own kind. A failed run of a model does replace a grade of the baseline: whoever asks for a model
 * should see that it did not grade, not a number that it did not give.
 */
function replaces(newer: GradeSummary, older: GradeSummary): boolean {
  const isBaseline = newer.judge.kind === 'offline';
  if (older.judge.kind === 'llm' && isBaseline) return older.state === 'ungraded';
  if (newer.state === 'ungraded' && older.state === 'graded')
    return older.judge.kind === 'offline' && !isBaseline;
  return true;
}

/**
 * The last grade of each attempt, whatever text it was made on.
 * @param history grades of the chapter, oldest first; gone through once
 */
export function latestGrades<G extends GradeSummary>(history: Iterable<G>): G[] {
  const latest: { grade: G }[] = [];
  const places = createAttemptMap<{ grade: G }>();
  for (const grade of history) {
    const place = places.get(grade);
    if (!place) {
      const added = { grade };
      latest.push(added);
      places.set(grade, added);
    } else if (replaces(grade, place.grade)) place.grade = grade;
  }
  return latest.map(({ grade }) => grade);
}

/**
 * The grades that count now: for each attempt that exists, the latest one made on this very text.
 * @param history grades of the chapter, oldest first; gone through once
 */
export function currentGrades<G extends GradeSummary>(
  history: Iterable<G>,
  attempts: readonly KnownAttempt[],
): G[] {
  const places = createAttemptMap<{ answerHash: string; grade: G | undefined }>();
  for (const attempt of attempts) places.set(attempt, { answerHash: attempt.answerHash, grade: undefined });
  for (const grade of history) {
    const place = places.get(grade);
    if (!place || place.answerHash !== grade.answerHash) continue;
    if (!place.grade || replaces(grade, place.grade)) place.grade = grade;
  }
  return attempts.flatMap((attempt) => places.get(attempt)?.grade ?? []);
}
