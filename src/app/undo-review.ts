import { ConflictError } from '../core/errors.ts';
import type { Review } from '../core/review.ts';
import type { GradeStore } from '../store/store.ts';
import type { FoundAttempt } from './find-attempt.ts';
import { clearingReview, reviewHistory } from './review.ts';

/** A decision that somebody wants back: whose it is, and when it was made. */
export type UndoneDecision = Pick<Review, 'by' | 'at'>;

function decidedSince(): ConflictError {
  return new ConflictError({
    ko: '그 결정은 이미 바뀌었거나 되돌려졌습니다. 지금의 점수를 다시 보세요.',
    en: 'that decision has been changed or taken back since; look at the grade as it is now.',
  });
}

/**
 * Undoes the decision that stands: the one before stands again, or the machine's grade where there was none. The
 * history stays.
 * @throws ConflictError when it is another decision that stands, or none
 */
export async function undoReview(
  store: Pick<GradeStore, 'reviewsOf' | 'addReviewsAfter'>,
  found: FoundAttempt,
  undone: UndoneDecision,
  at: Date,
): Promise<void> {
  const history = await reviewHistory(store, found);
  const [before, last] = [history.at(-2), history.at(-1)];
  if (last?.action !== 'set' || last.by !== undone.by || last.at !== undone.at) throw decidedSince();
  const cleared = clearingReview(found, { by: undone.by, reason: '', at });
  const restored = before?.action === 'set' ? [before] : [];
  // Somebody on another machine may decide at this very moment.
  if (!(await store.addReviewsAfter(undone, [cleared, ...restored]))) throw decidedSince();
}
