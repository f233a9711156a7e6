import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import { decodeDocument } from '../import/decode.ts';
import { followLinks } from '../import/follow-links.ts';
import { withModelAnswersBeside } from '../import/model-answers-beside.ts';
import { type ChapterWithReading, readAlone, readTogether } from '../import/read-documents.ts';
import { readTable, type TableOptions } from '../import/read-table.ts';
import type { SourceDocument } from '../import/reader.ts';
import { isTableFile } from '../import/table-file.ts';
import { largestTogether, mostHandedIn } from './archive.ts';
import { type ContainedDocument, hasNoEnding } from './container.ts';

export interface LoadedChapters {
  chapters: ChapterWithReading[];
  /** Documents that are no chapters (with the line, where one is at fault), with why. */
  skipped: { file: string; why: Localized }[];
}

/** What was decoded, and what could not be. */
interface Decoded {
  sources: SourceDocument[];
  faults: Map<string, InputError>;
}

const tooMuch: Localized = {
  ko: '글이 너무 많습니다. 단원이 든 부분만 넣거나 단원마다 따로 넣으세요.',
  en: 'this is too much text; hand in only the part with the chapters, or one chapter at a time.',
};

async function wholeOf({ chunks, file }: ContainedDocument, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of chunks()) {
    size += part.length;
    if (size > most) throw new InputError(tooMuch, { place: { file } });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What is longer and blank is an accident, not an empty answer. */
const longestBlank = 4096;

/** Blank documents count: where an answer should stand, they are one that was not given. */
async function decodeAll(documents: readonly ContainedDocument[]): Promise<Decoded> {
  const result: Decoded = { sources: [], faults: new Map() };
  let left = mostHandedIn.wholeBytes;
  for (const document of documents) {
    const { path, file, size } = document;
    if (isTableFile(path) && size > largestTogether) continue;
    const bytes = await wholeOf(document, left);
    left -= bytes.length;
    const isBlank = bytes.length < longestBlank && new TextDecoder().decode(bytes).trim() === '';
    try {
      result.sources.push({ path, file, text: isBlank ? '' : decodeDocument(bytes, file) });
      if (isBlank) decodeDocument(bytes, file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      result.faults.set(file, error);
    }
  }
  return result;
}

/** Chapters and faults, by the document that they are of. */
interface Found {
  chapters: ChapterWithReading[];
  faults: Map<string, InputError>;
}

async function addTables(
  tables: readonly ContainedDocument[],
  options: TableOptions,
  found: Found,
): Promise<void> {
  for (const { chunks, file } of tables) {
    try {
      found.chapters.push(...(await readTable(chunks, file, options)));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      found.faults.set(file, error);
    }
  }
}

/** Gives tables and databases the model answers of pages beside them. */
function addModelAnswersBeside(
  found: Found,
  left: readonly SourceDocument[],
  { hints = {} }: TableOptions,
): void {
  const { chapters, used, unclear } = withModelAnswersBeside(found.chapters, left, hints);
  found.chapters = chapters;
  for (const file of used) found.faults.delete(file);
  for (const [file, why] of unclear) found.faults.set(file, why);
}

/** What a document without an ending holds that nobody understands is an attachment. */
function isAttachment({ file, unreadable }: ContainedDocument): boolean {
  return hasNoEnding(file) && unreadable === undefined;
}

/**
 * Reads the chapters of the documents in a folder or an archive: those that belong together as one, the others
 * alone, large tables in parts.
 * @param name of the folder or archive, for messages
 * @throws InputError when none of them can be read
 */
export async function chaptersIn(
  documents: readonly ContainedDocument[],
  name: string,
  nothing: Localized,
  options: TableOptions,
): Promise<LoadedChapters> {
  const readable = documents.filter(({ unreadable }) => unreadable === undefined);
  const { sources, faults } = await decodeAll(readable);
  for (const { file, unreadable } of documents)
    if (unreadable) faults.set(file, new InputError(unreadable, { place: { file } }));
  const { chapters: together, rest, skipped: twice } = readTogether(sources, options);
  const aloneOptions = together.length > 0 ? { ...options, format: undefined } : options;
  const left = new Set([...rest, ...twice].map(({ file }) => file));
  const taken = new Set(sources.map(({ file }) => file).filter((file) => !left.has(file)));
  const alone = readAlone(
    rest.filter(({ path, file }) => !isTableFile(path) && !faults.has(file)),
    aloneOptions,
  );
  const linked = followLinks([...together, ...alone.chapters], sources);
  for (const { file, why } of [...twice, ...alone.skipped]) faults.set(file, linked.shared.get(file) ?? why);
  const found: Found = { chapters: linked.chapters, faults };
  await addTables(
    readable.filter(({ path, file }) => isTableFile(path) && !taken.has(file) && !faults.has(file)),
    aloneOptions,
    found,
  );
  addModelAnswersBeside(
    found,
    sources.filter(({ file }) => faults.has(file) && !linked.followed.has(file)),
    options,
  );
  const silent = new Set([
    ...taken,
    ...linked.followed,
    ...documents.filter(isAttachment).map(({ file }) => file),
  ]);
  const place = new Map(documents.map(({ file }, index) => [file, index]));
  const placeOf = ({ file }: { file: string }) => place.get(file) ?? 0;
  const skipped = [...found.faults]
    .map(([file, why]) => ({ file, why }))
    .filter(({ file }) => !silent.has(file))
    .sort((a, b) => placeOf(a) - placeOf(b));
  const [only, ...others] = skipped;
  if (found.chapters.length === 0 && only && (others.length === 0 || readable.length === 0)) throw only.why;
  if (found.chapters.length === 0) throw new InputError(nothing, { place: { file: name } });
  return {
    chapters: found.chapters.sort((a, b) => placeOf(a) - placeOf(b)),
    skipped: skipped.map(({ file, why }) => {
      const { line } = why.place;
      return { file: line === undefined ? file : `${file}:${line}`, why: why.text };
    }),
  };
}
