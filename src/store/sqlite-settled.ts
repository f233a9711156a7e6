import type { DatabaseSync } from 'node:sqlite';
import type { AtOnce } from '../core/awaitable.ts';
import type { SettledQuestion, SettledQuestions } from './store.ts';
import { togetherUnhurried } from './together.ts';

/**
 * Settled questions in an SQLite database; that a new grade unsettles its question is the database's business.
 * @param database open, with its tables
 */
export function createSqliteSettled(database: DatabaseSync): AtOnce<SettledQuestions> {
  const statements = {
    settled: database.prepare(
      'SELECT question, basis, run FROM settled_questions WHERE chapter = ? ORDER BY question',
    ),
    meanwhile: database.prepare(
      `SELECT DISTINCT question FROM grades WHERE chapter = (SELECT chapter FROM runs WHERE id = :run) AND run <> :run
        AND id > (SELECT min(id) FROM grades WHERE run = :run)`,
    ),
    settle: database.prepare(
      'INSERT OR REPLACE INTO settled_questions SELECT chapter, ?, ?, id FROM runs WHERE id = ?',
    ),
    takeOver: database.prepare('INSERT INTO questions_taken_over (run, question, origin) VALUES (?, ?, ?)'),
  };
  return {
    settledQuestions: (chapterId) =>
      statements.settled.all(chapterId) as unknown as (SettledQuestion & { run: number })[],
    settleQuestions: (run, questions) =>
      togetherUnhurried(database, () => {
        const disturbed = new Set(statements.meanwhile.all({ run }).map((row) => row['question']));
        for (const { question, basis } of questions)
          if (!disturbed.has(question)) statements.settle.run(question, basis, run);
      }),
    takeOver: (run, question, origin) => void statements.takeOver.run(run, question, origin),
  };
}
