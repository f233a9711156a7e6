import { createPostgresChapters } from './postgres-chapters.ts';
import { createPostgresClaims } from './postgres-claims.ts';
import { createPostgresGrades } from './postgres-grades.ts';
import type { GroupDatabase } from './postgres-group.ts';
import { createPostgresReplies } from './postgres-replies.ts';
import { createPostgresReviews } from './postgres-reviews.ts';
import { createPostgresSettled } from './postgres-settled.ts';
import { createPostgresSummaries } from './postgres-summaries.ts';
import type { GradeStore } from './store.ts';

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
