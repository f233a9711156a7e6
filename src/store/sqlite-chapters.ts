import type { DatabaseSync } from 'node:sqlite';
import type { AtOnce } from '../core/awaitable.ts';
import { type ChapterRecord, completeChapter } from './older-records.ts';
import { byChapterId, type ChapterOutline, type GradeStore, type StoredChapter } from './store.ts';
import { type AttemptRow, submissionsIn } from './submission-rows.ts';
import { together } from './together.ts';

/**
 * Chapters in an SQLite database: what is read often beside what is read seldom, the answers' texts.
 * @param database open, with its tables
 */
export function createSqliteChapters(
  database: DatabaseSync,
): AtOnce<Pick<GradeStore, 'saveChapter' | 'chapterNames' | 'chapter' | 'chapters' | 'answerText'>> {
  const statements = {
    save: database.prepare('INSERT OR REPLACE INTO chapters (id, chapter) VALUES (?, ?)'),
    forgetAttempts: database.prepare('DELETE FROM attempts WHERE chapter = ?'),
    addAttempt: database.prepare('INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    keepText: database.prepare(
      'INSERT INTO answers (chapter, answer_hash, text) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text WHERE text <> excluded.text',
    ),
    forgetTexts: database.prepare(
      'DELETE FROM answers WHERE chapter = :id AND answer_hash NOT IN (SELECT answer_hash FROM attempts WHERE chapter = :id AND answer_hash IS NOT NULL)',
    ),
    names: database.prepare("SELECT id, chapter ->> '$.title' AS title FROM chapters"),
    chapter: database.prepare('SELECT chapter FROM chapters WHERE id = ?'),
    attempts: database.prepare(
      "SELECT submission, member, question, status, attempt = 'first', answer_hash FROM attempts WHERE chapter = ? ORDER BY submission, place",
    ),
    text: database.prepare('SELECT text FROM answers WHERE chapter = ? AND answer_hash = ?'),
  };
  statements.attempts.setReturnArrays(true);

  function addSubmission(chapter: string, index: number, item: StoredChapter['submissions'][number]): void {
    const { member, question, status, attempts } = item;
    if (attempts.length === 0)
      statements.addAttempt.run(chapter, index, 0, member, question, status, null, null);
    for (const [place, { kind, text, answerHash }] of attempts.entries()) {
      statements.addAttempt.run(chapter, index, place, member, question, status, kind, answerHash);
      if (text !== '') statements.keepText.run(chapter, answerHash, text);
    }
  }

  const chapterNames = () =>
    (statements.names.all() as unknown as Pick<StoredChapter, 'id' | 'title'>[])
      .map(({ id, title }) => ({ id, title }))
      .sort(byChapterId);

  function chapter(id: string): ChapterOutline | null {
    const row = statements.chapter.get(id) as { chapter: string } | undefined;
    if (!row) return null;
    const submissions = submissionsIn(statements.attempts.all(id) as unknown as AttemptRow[]);
    return { ...completeChapter(JSON.parse(row.chapter) as ChapterRecord), submissions };
  }

  return {
    saveChapter: ({ submissions, ...record }) =>
      together(database, () => {
        const { id } = record;
        statements.save.run(id, JSON.stringify(record));
        statements.forgetAttempts.run(id);
        for (const [index, item] of submissions.entries()) addSubmission(id, index, item);
        statements.forgetTexts.run({ id });
      }),
    chapterNames,
    chapter,
    chapters: () => chapterNames().flatMap(({ id }) => chapter(id) ?? []),
    answerText: (chapterId, answerHash) =>
      (statements.text.get(chapterId, answerHash) as { text: string } | undefined)?.text ?? '',
  };
}
