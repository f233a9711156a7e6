import type { GroupDatabase } from './postgres-group.ts';
import type { GradeStore, StoredSummary } from './store.ts';
import { createSummaryReader, type SummaryRow } from './summary-rows.ts';

/** Rows read at a time: a statement has to end in time. */
const rowsAtATime = 10_000;

/** Summaries of the grades in PostgreSQL, all read when they are given. */
export function createPostgresSummaries(
  database: GroupDatabase,
): Pick<GradeStore, 'summariesOf' | 'summariesOfAnswer' | 'summariesOfRun'> {
  const { schema } = database;

  /** @param condition names its values from $1 on */
  async function read(condition: string, values: unknown[]): Promise<StoredSummary[]> {
    const summaryIn = createSummaryReader();
    const summaries: StoredSummary[] = [];
    const [last, most] = [`$${values.length + 1}`, `$${values.length + 2}`];
    for (let before = 0; ; ) {
      const rows = await database.lines<SummaryRow>(
        `SELECT id, chapter, member, question, (attempt = 'first')::int, answer_hash, score, rest
          FROM ${schema}.grades WHERE ${condition} AND id > ${last} ORDER BY id LIMIT ${most}`,
        [...values, before, rowsAtATime],
      );
      for (const row of rows) summaries.push(summaryIn(row));
      before = rows.at(-1)?.[0] ?? before;
      if (rows.length < rowsAtATime) return summaries;
    }
  }

  async function ofTakenOver(run: number): Promise<StoredSummary[]> {
    const origins = await database.rows<{ origin: number }>(
      `SELECT DISTINCT origin FROM ${schema}.questions_taken_over WHERE run = $1 ORDER BY origin`,
      [run],
    );
    const questions = `SELECT question FROM ${schema}.questions_taken_over WHERE run = $2 AND origin = $1`;
    const summaries: StoredSummary[] = [];
    for (const { origin } of origins)
      summaries.push(...(await read(`run = $1 AND question IN (${questions})`, [origin, run])));
    return summaries;
  }

  return {
    summariesOf: (chapter) => read('chapter = $1', [chapter]),
    summariesOfAnswer: (chapter, member, question) =>
      read('chapter = $1 AND member = $2 AND question = $3', [chapter, member, question]),
    summariesOfRun: async (run) => [...(await read('run = $1', [run])), ...(await ofTakenOver(run))],
  };
}
