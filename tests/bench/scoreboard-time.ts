import { DatabaseSync } from 'node:sqlite';
import { scoreboardFrom } from '../../src/app/show-scoreboard.ts';
import { files, openStore, rubricPlaces } from '../../src/compose.ts';
import { gradeChapter } from '../../src/index.ts';
import type { ChapterOutline, GradeStore, StoredChapter } from '../../src/store/store.ts';
import { type Bench, newDatabase, scaled } from './bench.ts';
import { atMost, type Figure, figure } from './figure.ts';
import { benchChapter, benchRubric } from './material.ts';

const grades = 100_000;
const gradesPerChapter = 10_000;
/** Grades made by grading; all others are copies with other names. */
const gradesMade = 1000;

/** The chapter with further members, copies of those it has. */
function withMembers(chapter: StoredChapter, id: string, suffixes: readonly string[]): StoredChapter {
  const submissions = suffixes.flatMap((suffix) =>
    chapter.submissions.map((submission) => ({ ...submission, member: submission.member + suffix })),
  );
  return { ...chapter, id, title: id, submissions };
}

/** The chapter with the texts of its answers. */
async function withTexts(chapter: ChapterOutline, store: GradeStore): Promise<StoredChapter> {
  const withText = async <A extends { answerHash: string }>(made: A) => ({
    ...made,
    text: await store.answerText(chapter.id, made.answerHash),
  });
  const submissions = await Promise.all(
    chapter.submissions.map(async ({ attempts, ...submission }) => ({
      ...submission,
      attempts: await Promise.all(attempts.map(withText)),
    })),
  );
  return { ...chapter, submissions };
}

/** Copies every grade of a chapter to another one, for members with a suffix to their names. */
function copyGrades(database: DatabaseSync, from: string, to: string, suffix: string): void {
  const columns = database
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all('grades')
    .map((row) => String(row['name']))
    .filter((name) => name !== 'id');
  const changed: Record<string, string> = {
    chapter: ':to',
    member: 'member || :suffix',
    grade: "json_set(grade, '$.chapter', :to, '$.member', member || :suffix)",
  };
  const values = columns.map((name) => changed[name] ?? name);
  database
    .prepare(
      `INSERT INTO grades (${columns.join(', ')}) SELECT ${values.join(', ')} FROM grades WHERE chapter = :from`,
    )
    .run({ from, to, suffix });
}

/** Fills a database with chapters; beside them stays the small one that was graded. */
async function fill(store: GradeStore, file: string, total: number): Promise<string[]> {
  const made = Math.min(gradesMade, total);
  await gradeChapter(benchChapter(made), { judge: 'offline', rubric: benchRubric(), store });
  const [graded] = await store.chapters();
  if (!graded) throw new Error('the graded chapter is not in the database');
  const suffixes = Array.from(
    { length: Math.min(gradesPerChapter, total) / made },
    (_, index) => `-${index}`,
  );
  const ids = Array.from({ length: Math.ceil(total / gradesPerChapter) }, (_, index) => `chapter-${index}`);
  using database = new DatabaseSync(file);
  database.exec('BEGIN');
  for (const id of ids) for (const suffix of suffixes) copyGrades(database, graded.id, id, suffix);
  database.exec('COMMIT');
  const chapter = await withTexts(graded, store);
  for (const id of ids) await store.saveChapter(withMembers(chapter, id, suffixes));
  return ids;
}

/** (f) The scoreboard over many grades. */
export async function measureScoreboard(bench: Bench): Promise<Figure[]> {
  const file = newDatabase(bench);
  const total = scaled(bench, grades / gradesMade) * gradesMade;
  const store = await openStore(file);
  try {
    const ids = await fill(store, file, total);
    const from = performance.now();
    const { rows } = await scoreboardFrom(store, ids, files, rubricPlaces());
    const ms = performance.now() - from;
    const counted = rows.reduce((sum, row) => sum + row.graded, 0);
    if (counted !== total) throw new Error(`the scoreboard counts ${counted} grades of ${total}`);
    return [figure('f', `scoreboard over ${total} grades`, 'ms', { ours: ms, target: atMost(300) })];
  } finally {
    await store.close();
  }
}
