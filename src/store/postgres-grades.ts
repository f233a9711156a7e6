import { askedTogether } from '../core/asked-together.ts';
import type { Grade } from '../core/grade.ts';
import { completeGrade } from './older-records.ts';
import type { GroupDatabase } from './postgres-group.ts';
import type { GradeStore, StoredRun } from './store.ts';
import { restOf } from './summary-rows.ts';

/** Grades read at a time: a statement has to end in time. */
const gradesAtATime = 1000;

const gradeIn = (text: string) => completeGrade(JSON.parse(text) as Grade);

/** Runs and their grades in PostgreSQL. */
export function createPostgresGrades(
  database: GroupDatabase,
): Pick<GradeStore, 'startRun' | 'finishRun' | 'runs' | 'addGrades' | 'gradesOf' | 'grade'> {
  const { schema } = database;
  // Who goes through a chapter asks for some at the same moment.
  const whole = askedTogether(async (ids: readonly number[]) => {
    const rows = await database.lines<[id: number, text: string]>(
      `SELECT grade, text FROM ${schema}.grade_texts WHERE grade = ANY ($1::bigint[])`,
      [ids],
    );
    const texts = new Map(rows);
    return ids.map((id) => {
      const text = texts.get(id);
      return text === undefined ? null : gradeIn(text);
    });
  });
  return {
    async startRun({ chapter, judge, model, startedAt }) {
      const [row] = await database.together((session) =>
        session.rows<{ id: number }>(
          `INSERT INTO ${schema}.runs (chapter, judge, model, started_at) VALUES ($1, $2, $3, $4) RETURNING id`,
          [chapter, judge, model, startedAt],
        ),
      );
      return row?.id ?? 0;
    },
    async finishRun(run, outcome, finishedAt) {
      await database.change(`UPDATE ${schema}.runs SET outcome = $2, finished_at = $3 WHERE id = $1`, [
        run,
        outcome,
        finishedAt,
      ]);
    },
    runs: () =>
      database.rows<StoredRun>(
        `SELECT id, chapter, judge, model, started_at AS "startedAt", finished_at AS "finishedAt", outcome
          FROM ${schema}.runs ORDER BY id`,
      ),
    async addGrades(run, grades) {
      const column = (read: (grade: Grade) => unknown) => grades.map(read);
      // Added twice because an answer got lost, grades do no harm: the later ones count, and are the same.
      await database.change(
        `WITH given AS MATERIALIZED (
          SELECT nextval(pg_get_serial_sequence('${schema}.grades', 'id')) AS id, grade.* FROM unnest(
            $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::double precision[], $8::text[], $9::text[]
          ) AS grade (chapter, member, question, attempt, answer_hash, score, rest, text)
        ), added AS (
          INSERT INTO ${schema}.grades (id, run, chapter, member, question, attempt, answer_hash, score, rest)
            SELECT id, $1, chapter, member, question, attempt, answer_hash, score, rest FROM given
        ) INSERT INTO ${schema}.grade_texts (grade, text) SELECT id, text FROM given`,
        [
          run,
          column(({ chapter }) => chapter),
          column(({ member }) => member),
          column(({ question }) => question),
          column(({ attempt }) => attempt),
          column(({ answerHash }) => answerHash),
          column(({ score }) => score),
          column(restOf),
          column((grade) => JSON.stringify(grade)),
        ],
      );
    },
    async gradesOf(chapterId) {
      const grades: Grade[] = [];
      for (let last = 0; ; ) {
        const rows = await database.lines<[id: number, text: string]>(
          `SELECT id, text FROM ${schema}.grades JOIN ${schema}.grade_texts ON grade = id
            WHERE chapter = $1 AND id > $2 ORDER BY id LIMIT $3`,
          [chapterId, last, gradesAtATime],
        );
        for (const [, text] of rows) grades.push(gradeIn(text));
        last = rows.at(-1)?.[0] ?? last;
        if (rows.length < gradesAtATime) return grades;
      }
    },
    grade: (id) => whole(id),
  };
}
