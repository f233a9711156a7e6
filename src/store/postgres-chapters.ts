import { askedTogether } from '../core/asked-together.ts';
import { type ChapterRecord, completeChapter } from './older-records.ts';
import type { Session } from './postgres-database.ts';
import type { GroupDatabase } from './postgres-group.ts';
import { byChapterId, type ChapterOutline, type GradeStore, type StoredChapter } from './store.ts';
import { type AttemptRow, submissionsIn } from './submission-rows.ts';

type Submissions = StoredChapter['submissions'];

/** The attempts of a chapter as columns, in the order of their table. */
function attemptColumns(submissions: Submissions): unknown[][] {
  const rows = submissions.flatMap(({ member, question, status, attempts }, index) =>
    (attempts.length === 0 ? [null] : attempts).map((attempt, place) => [
      ...[index, place, member, question, status],
      ...[attempt?.kind ?? null, attempt?.answerHash ?? null],
    ]),
  );
  return Array.from({ length: 7 }, (_, column) => rows.map((row) => row[column]));
}

/** What was written, by fingerprint; of several texts with the same one the last. */
function textsIn(submissions: Submissions): Map<string, string> {
  const attempts = submissions.flatMap((submission) => submission.attempts);
  const texts = attempts.filter(({ text }) => text !== '');
  return new Map(texts.map(({ answerHash, text }) => [answerHash, text]));
}

/** Chapters in PostgreSQL: what is read often beside what is read seldom, the answers' texts. */
export function createPostgresChapters(
  database: GroupDatabase,
): Pick<GradeStore, 'saveChapter' | 'chapterNames' | 'chapter' | 'chapters' | 'answerText'> {
  const { schema } = database;

  // Who shows a member's answers asks for all of them at the same moment.
  const answerText = askedTogether(async (wanted: readonly { chapter: string; answerHash: string }[]) => {
    const found = await database.lines<[index: number, text: string]>(
      `SELECT index, text FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (chapter, answer_hash, index)
        JOIN ${schema}.answers USING (chapter, answer_hash)`,
      [wanted.map(({ chapter }) => chapter), wanted.map(({ answerHash }) => answerHash)],
    );
    const texts = new Map(found);
    return wanted.map((_, index) => texts.get(index + 1) ?? '');
  });

  async function save(session: Session, { submissions, ...record }: StoredChapter): Promise<void> {
    const { id, title } = record;
    // Whoever saves the same chapter at this moment waits here for the end of it.
    await session.change(
      `INSERT INTO ${schema}.chapters (id, title, chapter) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, chapter = excluded.chapter`,
      [id, title, JSON.stringify(record)],
    );
    await session.change(`DELETE FROM ${schema}.attempts WHERE chapter = $1`, [id]);
    await session.change(
      `INSERT INTO ${schema}.attempts SELECT $1, * FROM
        unnest($2::int[], $3::int[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[])`,
      [id, ...attemptColumns(submissions)],
    );
    const texts = textsIn(submissions);
    await session.change(
      `INSERT INTO ${schema}.answers SELECT $1, * FROM unnest($2::text[], $3::text[])
        ON CONFLICT (chapter, answer_hash) DO UPDATE SET text = excluded.text WHERE answers.text <> excluded.text`,
      [id, [...texts.keys()], [...texts.values()]],
    );
    await session.change(
      `DELETE FROM ${schema}.answers WHERE chapter = $1 AND NOT EXISTS (
        SELECT FROM ${schema}.attempts WHERE attempts.chapter = $1 AND attempts.answer_hash = answers.answer_hash)`,
      [id],
    );
  }

  async function chapterNames(): Promise<Pick<StoredChapter, 'id' | 'title'>[]> {
    const names = await database.rows<{ id: string; title: string }>(
      `SELECT id, title FROM ${schema}.chapters`,
    );
    return names.sort(byChapterId);
  }

  async function chapter(id: string): Promise<ChapterOutline | null> {
    const [row] = await database.rows<{ chapter: string }>(
      `SELECT chapter FROM ${schema}.chapters WHERE id = $1`,
      [id],
    );
    if (!row) return null;
    const attempts = await database.lines<AttemptRow>(
      `SELECT submission, member, question, status, (attempt = 'first')::int, answer_hash
        FROM ${schema}.attempts WHERE chapter = $1 ORDER BY submission, place`,
      [id],
    );
    const submissions = submissionsIn(attempts);
    return { ...completeChapter(JSON.parse(row.chapter) as ChapterRecord), submissions };
  }

  return {
    saveChapter: (item) => database.together((session) => save(session, item)),
    chapterNames,
    chapter,
    async chapters() {
      const outlines: ChapterOutline[] = [];
      for (const { id } of await chapterNames()) {
        const outline = await chapter(id);
        if (outline) outlines.push(outline);
      }
      return outlines;
    },
    answerText: (chapter, answerHash) => answerText({ chapter, answerHash }),
  };
}
