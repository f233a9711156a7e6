import { chaptersOfRows } from './chapters-of-table.ts';
import { decodeChunks } from './decode-chunks.ts';
import { type ChapterWithReading, type ReadingOptions, readDocument, readingOf } from './read-documents.ts';
import { answerRows } from './readers/answer-rows.ts';

/** What may be asked of reading a table. */
export interface TableOptions extends ReadingOptions {
  /** Whether to tell what each line was taken for, for which the whole table has to be held. */
  explain?: boolean;
}

/** Characters that tell which reader a table is for. */
const longestBeginning = 100_000;

/** Texts of which the first parts have been looked at. */
async function* again(parts: readonly string[], rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield* parts;
  yield* rest;
}

/**
 * Reads the chapters of a table, CSV or JSONL: its beginning tells by which reader. One with one answer on each row
 * may be of any length, and only its chapters stay in memory; what its lines were taken for is told if asked.
 * @param open gives the file's bytes from the beginning, each time anew
 * @param file its name, for messages and as title where the table names no chapter
 * @throws InputError naming file and line when it cannot be understood, or two readers are as sure; ConfigError for
 *   an unknown format
 */
export async function readTable(
  open: () => AsyncIterable<Uint8Array>,
  file: string,
  options: TableOptions = {},
): Promise<ChapterWithReading[]> {
  const texts = decodeChunks(open, file);
  const parts: string[] = [];
  for (let length = 0; length < longestBeginning; ) {
    const { value, done } = await texts.next();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  const document = { path: file, file, text: parts.join('') };
  const reading = readingOf(document, options);
  const whole = again(parts, texts);
  if (reading.reader !== answerRows.name || options.explain === true)
    return readDocument({ ...document, text: (await Array.fromAsync(whole)).join('') }, options);
  const chapters = await chaptersOfRows(whole, file, options.hints ?? {});
  return chapters.map((chapter) => ({ chapter, uses: new Map(), reading, file }));
}
