import { isForReview } from '../core/doubt.ts';
import type { Grade } from '../core/grade.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import type { ChapterOutline, GradeStore } from '../store/store.ts';
import { readableStanding } from './standing.ts';

/**
 * The grades of a chapter that a person should look at or has decided on, whole, in the order of its attempts; and
 * who judged any of them.
 */
export async function gradesToReview(
  stored: ChapterOutline,
  store: GradeStore,
): Promise<{ grades: Grade[]; judged: readonly GradeSummary[] }> {
  const standing = await readableStanding(stored, store);
  return { grades: await Array.fromAsync(standing.whole(isForReview)), judged: standing.grades };
}
