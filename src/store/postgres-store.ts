import type { Review } from '../core/review.ts';
import { createPostgresChapters } from './postgres-chapters.ts';
import { createPostgresClaims } from './postgres-claims.ts';
import { createPostgresGrades } from './postgres-grades.ts';
import type { GroupDatabase } from './postgres-group.ts';
import { createPostgresReplies } from './postgres-replies.ts';
import { createPostgresSettled } from './postgres-settled.ts';
import { createPostgresSummaries } from './postgres-summaries.ts';
import type { GradeStore } from './store.ts';

/** Reviews in PostgreSQL. */
function createPostgresReviews(database: GroupDatabase): Pick<GradeStore, 'addReview' | 'reviewsOf'> {
  const { schema } = database;
  return {
    async addReview(review) {
      await database.together((session) =>
        session.change(`INSERT INTO ${schema}.reviews (chapter, review) VALUES ($1, $2)`, [
          review.chapter,
          JSON.stringify(review),
        ]),
      );
    },
    async reviewsOf(chapterId) {
      const rows = await database.rows<{ review: string }>(
        `SELECT review FROM ${schema}.reviews WHERE chapter = $1 ORDER BY id`,
        [chapterId],
      );
      return rows.map(({ review }) => JSON.parse(review) as Review);
    },
  };
}

/**
 * Adapter: everything in the tables of a group in PostgreSQL. What is written is safe when the call is done.
 * @param database is closed with the store
 * @throws StoreError from every call, when the database cannot be reached or used
 */
export function createPostgresStore(database: GroupDatabase): GradeStore {
  return {
    ...createPostgresChapters(database),
    ...createPostgresGrades(database),
    ...createPostgresSummaries(database),
    ...createPostgresReplies(database),
    ...createPostgresReviews(database),
    ...createPostgresClaims(database),
    ...createPostgresSettled(database),
    close: () => database.close(),
  };
}
