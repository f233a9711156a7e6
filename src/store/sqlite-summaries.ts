import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { AtOnce } from '../core/awaitable.ts';
import type { GradeStore, StoredSummary } from './store.ts';
import { createSummaryReader, type SummaryRow } from './summary-rows.ts';

/** Rows read at a time: no more are held, and no cursor stays open between them. */
const rowsAtATime = 2000;

/** These very words are in the index `grades_summary`, so that no grade is parsed to read them. */
const columns = `id, chapter, member, question, attempt = 'first', grade ->> '$.answerHash', grade ->> '$.score',
  json_extract(
    grade, '$.state', '$.ungradedReason', '$.flags', '$.needsReview', '$.reviewReasons', '$.similarTo', '$.judge',
    '$.referenceHash', '$.criteriaHash'
  )`;

/** The index begins with the chapter, so it is named although the run alone would do. */
const inRun = 'chapter = (SELECT chapter FROM runs WHERE id = :run) AND run = :run';

type Values = Record<string, SQLInputValue>;

/** Starts anew each time it is gone through. */
function anew(start: () => Generator<StoredSummary>): Iterable<StoredSummary> {
  return { [Symbol.iterator]: start };
}

/**
 * Summaries of the grades in an SQLite database.
 * @param database open, with its tables
 * @param guarded runs database work
 */
export function createSqliteSummaries(
  database: DatabaseSync,
  guarded: <T>(work: () => T) => T,
): AtOnce<Pick<GradeStore, 'summariesOf' | 'summariesOfAnswer' | 'summariesOfRun'>> {
  const select = (condition: string, from = 'grades') => {
    const statement = database.prepare(
      `SELECT ${columns} FROM ${from} WHERE ${condition} AND id > :last ORDER BY id LIMIT ${rowsAtATime}`,
    );
    statement.setReturnArrays(true);
    return statement;
  };
  const statements = {
    ofChapter: select('chapter = :chapter'),
    ofAnswer: select(
      'chapter = :chapter AND member = :member AND question = :question',
      'grades INDEXED BY grades_by_answer',
    ),
    ofRun: select(inRun, 'grades INDEXED BY grades_summary'),
    ofRunTakenOver: select(
      `${inRun} AND question IN (SELECT question FROM questions_taken_over WHERE run = :by AND origin = :run)`,
      'grades INDEXED BY grades_summary',
    ),
    firstOfRun: database.prepare('SELECT min(id) AS first FROM grades WHERE run = ?'),
    takenOver: database.prepare(
      'SELECT DISTINCT origin FROM questions_taken_over WHERE run = ? ORDER BY origin',
    ),
  };

  /** @param last the grade before the first one to be read */
  function* read(statement: StatementSync, values: Values, last = 0): Generator<StoredSummary> {
    const summaryIn = createSummaryReader();
    for (let before = last; ; ) {
      const rows = guarded(() => statement.all({ ...values, last: before }) as unknown as SummaryRow[]);
      for (const row of rows) yield summaryIn(row);
      before = rows.at(-1)?.[0] ?? before;
      if (rows.length < rowsAtATime) return;
    }
  }

  function* readRun(run: number): Generator<StoredSummary> {
    const before = (origin: number) => {
      const { first } = guarded(() => statements.firstOfRun.get(origin)) as { first: number | null };
      return (first ?? 1) - 1;
    };
    yield* read(statements.ofRun, { run }, before(run));
    const origins = guarded(() => statements.takenOver.all(run)) as { origin: number }[];
    for (const { origin } of origins)
      yield* read(statements.ofRunTakenOver, { run: origin, by: run }, before(origin));
  }

  return {
    summariesOf: (chapter) => anew(() => read(statements.ofChapter, { chapter })),
    summariesOfAnswer: (chapter, member, question) =>
      anew(() => read(statements.ofAnswer, { chapter, member, question })),
    summariesOfRun: (run) => anew(() => readRun(run)),
  };
}
