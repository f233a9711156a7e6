import { type Chapter, chapterIdOf } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import { readAnswerRow } from './answer-row.ts';
import { decodeChunks } from './decode-chunks.ts';
import { titleOfFile } from './split-sections.ts';
import { streamedRows } from './streamed-rows.ts';
import { TableChapter } from './table-chapter.ts';

/**
 * Reads chapters from a table of answers, JSONL or CSV, one answer on each row. Only the chapters stay in memory.
 * @param open gives the file's bytes from the beginning, each time anew
 * @param file its name, for messages and as title where a row names no chapter
 * @returns the chapters in the order of their first rows
 * @throws InputError naming file and line when a row cannot be understood, or the file has no answers
 */
export async function chaptersOfTable(
  open: () => AsyncIterable<Uint8Array>,
  file: string,
): Promise<Chapter[]> {
  const chapters = new Map<string, TableChapter>();
  const byTitle = new Map<string, TableChapter>();
  const ownTitle = titleOfFile(file);
  const chapterOf = (title: string) => {
    const id = chapterIdOf(title);
    const chapter = chapters.get(id) ?? new TableChapter(title);
    chapters.set(id, chapter);
    byTitle.set(title, chapter);
    return chapter;
  };
  for await (const rows of streamedRows(decodeChunks(open, file), file)) {
    for (const row of rows) {
      const answer = readAnswerRow(row, file);
      const title = answer.chapter || ownTitle;
      (byTitle.get(title) ?? chapterOf(title)).add(answer);
    }
  }
  const withAnswers = [...chapters.values()].filter((chapter) => chapter.hasAnswers);
  if (withAnswers.length > 0) return withAnswers.map((chapter) => chapter.finish());
  throw new InputError(
    {
      ko: '멤버의 답이 하나도 없는 파일입니다. 한 줄에 답 하나씩, member와 question_id, answer 칸을 적으세요.',
      en: 'the file has no answer of a member; write one answer on each row, with member, question_id and answer.',
    },
    { place: { file } },
  );
}
