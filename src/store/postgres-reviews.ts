import { isLastReview, type Review } from '../core/review.ts';
import type { Session } from './postgres-database.ts';
import type { GroupDatabase } from './postgres-group.ts';
import type { GradeStore } from './store.ts';

/** Reviews in PostgreSQL. */
export function createPostgresReviews(
  database: GroupDatabase,
): Pick<GradeStore, 'addReview' | 'addReviewsAfter' | 'reviewsOf'> {
  const { schema } = database;

  async function add(session: Session, reviews: readonly Review[]): Promise<void> {
    for (const review of reviews)
      await session.change(`INSERT INTO ${schema}.reviews (chapter, review) VALUES ($1, $2)`, [
        review.chapter,
        JSON.stringify(review),
      ]);
  }

  async function reviewsIn(session: Session, chapterId: string): Promise<Review[]> {
    const rows = await session.rows<{ review: string }>(
      `SELECT review FROM ${schema}.reviews WHERE chapter = $1 ORDER BY id`,
      [chapterId],
    );
    return rows.map(({ review }) => JSON.parse(review) as Review);
  }

  return {
    addReview: (review) => database.together((session) => add(session, [review])),
    addReviewsAfter: (last, reviews) =>
      database.together(async (session) => {
        // Others read meanwhile, and wait to add theirs.
        await session.change(`LOCK TABLE ${schema}.reviews IN SHARE ROW EXCLUSIVE MODE`);
        const [first] = reviews;
        if (!isLastReview(last, await reviewsIn(session, first.chapter), first)) return false;
        await add(session, reviews);
        return true;
      }),
    reviewsOf: (chapterId) => reviewsIn(database, chapterId),
  };
}
