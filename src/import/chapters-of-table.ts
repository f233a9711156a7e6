import type { Chapter } from '../core/chapter.ts';
import { AnswerTable } from './answer-table.ts';
import { decodeChunks } from './decode-chunks.ts';
import type { ReadingHints } from './reader.ts';
import { streamedRows } from './streamed-rows.ts';

/**
 * Reads chapters from the rows of a table of answers, JSONL or CSV, one answer on each row.
 * @param texts with LF line ends, together the text of the table; only the chapters stay in memory
 * @throws InputError as {@link chaptersOfTable}
 */
export async function chaptersOfRows(
  texts: AsyncIterable<string>,
  file: string,
  hints: ReadingHints,
): Promise<Chapter[]> {
  const table = new AnswerTable(file, hints);
  for await (const rows of streamedRows(texts, file)) for (const row of rows) table.add(row);
  return table.finish();
}

/**
 * Reads chapters from a table of answers, JSONL or CSV, one answer on each row. Only the chapters stay in memory.
 * @param open gives the file's bytes from the beginning, each time anew
 * @param file its name, for messages and as title where a row names no chapter
 * @returns the chapters in the order of their first rows
 * @throws InputError naming file and line when a row cannot be understood, or the file has no answers
 */
export function chaptersOfTable(open: () => AsyncIterable<Uint8Array>, file: string): Promise<Chapter[]> {
  return chaptersOfRows(decodeChunks(open, file), file, {});
}
