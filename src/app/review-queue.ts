import { doubtOf } from '../core/doubt.ts';
import type { Grade } from '../core/grade.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import type { ChapterOutline, GradeStore } from '../store/store.ts';
import { readableStanding } from './standing.ts';

/**
 * The grades of a chapter that a person should look at or has decided on, whole, in the order of its attempts; and
 * who judged any of them.
 */
export function gradesToReview(
  stored: ChapterOutline,
  store: GradeStore,
): { grades: Grade[]; judged: readonly GradeSummary[] } {
  const isMeant = (summary: GradeSummary) => summary.override !== null || doubtOf(summary) > 0;
  const standing = readableStanding(stored, store);
  return { grades: [...standing.whole(isMeant)], judged: standing.grades };
}
