import type { AttemptState } from '../../src/core/current-grades.ts';
import type { Grade } from '../../src/core/grade.ts';
import { type Review, standingGrades, standingWhole } from '../../src/core/review.ts';

/** Whole grades as they stand; what goes in is as for standingGrades. */
export function withReviews(
  current: readonly Grade[],
  history: Iterable<Grade>,
  reviews: readonly Review[],
  attempts: readonly AttemptState[],
): Grade[] {
  return standingGrades(current, history, reviews, attempts).map(standingWhole);
}
