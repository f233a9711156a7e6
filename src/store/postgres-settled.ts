import type { GroupDatabase } from './postgres-group.ts';
import { lockFamily } from './postgres-migrations.ts';
import type { SettledQuestion, SettledQuestions } from './store.ts';

/** Settled questions in PostgreSQL; that a new grade unsettles its question is the database's business. */
export function createPostgresSettled(database: GroupDatabase): SettledQuestions {
  const { schema, group } = database;
  return {
    settledQuestions: (chapterId) =>
      database.rows<SettledQuestion & { run: number }>(
        `SELECT question, basis, run FROM ${schema}.settled_questions WHERE chapter = $1 ORDER BY question`,
        [chapterId],
      ),
    settleQuestions: (run, questions) =>
      database.together(async (session) => {
        // Grades that are just being added are seen once they are there.
        await session.rows('SELECT pg_advisory_xact_lock($1, $2)', [lockFamily, group]);
        await session.change(
          `INSERT INTO ${schema}.settled_questions (chapter, question, basis, run)
            SELECT runs.chapter, settled.question, settled.basis, runs.id
            FROM ${schema}.runs, unnest($2::bigint[], $3::text[]) AS settled (question, basis)
            WHERE runs.id = $1 AND NOT EXISTS (
              SELECT FROM ${schema}.grades WHERE grades.chapter = runs.chapter
                AND grades.question = settled.question AND grades.run <> $1
                AND grades.id > (SELECT min(id) FROM ${schema}.grades WHERE run = $1)
            ) ON CONFLICT (chapter, question) DO UPDATE SET basis = excluded.basis, run = excluded.run`,
          [run, questions.map(({ question }) => question), questions.map(({ basis }) => basis)],
        );
      }),
    async takeOver(run, question, origin) {
      await database.change(
        `INSERT INTO ${schema}.questions_taken_over (run, question, origin) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [run, question, origin],
      );
    },
  };
}
