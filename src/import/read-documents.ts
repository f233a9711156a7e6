import type { Chapter } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import type { Reading } from '../core/reading.ts';
import {
  type Candidate,
  type ChapterWithReading,
  candidates,
  notUnderstood,
  type ReadingOptions,
  readAs,
  readingBy,
  tooClose,
  twoReadings,
} from './choose-reader.ts';
import { followLinks } from './follow-links.ts';
import { withModelAnswersBeside } from './model-answers-beside.ts';
import type { SourceDocument } from './reader.ts';
import { withRowTables } from './row-tables.ts';
import { splitChapters } from './split-chapters.ts';

export type { ChapterWithReading, ReadingOptions } from './choose-reader.ts';

function chosen(document: SourceDocument, options: ReadingOptions): Candidate {
  const [best, next] = candidates([document], options);
  if (!best) throw notUnderstood(document, options);
  if (next && best.sureness - next.sureness < tooClose) throw twoReadings(document.file, best, next);
  return best;
}

/**
 * Which reader a document is for.
 * @param document the beginning of a table is enough
 * @throws InputError when nothing can read it, or two readers are as sure; ConfigError for an unknown format
 */
export function readingOf(document: SourceDocument, options: ReadingOptions): Reading {
  return readingBy(chosen(document, options), options.format);
}

/**
 * Reads the chapter, or chapters, of one document.
 * @throws InputError when nothing can read it, or two readers are as sure; ConfigError for an unknown format
 */
export function readDocument(document: SourceDocument, options: ReadingOptions = {}): ChapterWithReading[] {
  return splitChapters(document, options.hints ?? {}).flatMap((part) =>
    readAs(chosen(part, options), options.format),
  );
}

/** A document that no chapter was read from, and why. */
interface SkippedDocument {
  file: string;
  why: InputError;
}

/** The chapters of several documents. */
export interface ReadTogether {
  chapters: ChapterWithReading[];
  skipped: SkippedDocument[];
}

/** Reads documents one by one, as if each had been handed in alone. @throws ConfigError for an unknown format */
export function readAlone(documents: readonly SourceDocument[], options: ReadingOptions): ReadTogether {
  const result: ReadTogether = { chapters: [], skipped: [] };
  for (const document of documents) {
    try {
      result.chapters.push(...readDocument(document, options));
    } catch (why) {
      if (!(why instanceof InputError)) throw why;
      result.skipped.push({ file: document.file, why });
    }
  }
  return result;
}

/** How sure the readers of one document are of documents, on average; each is asked once. */
function surenessAlone(documents: readonly SourceDocument[]): (files: readonly string[]) => number {
  const byFile = new Map(documents.map((document) => [document.file, document]));
  const known = new Map<string, number>();
  const ofFile = (file: string) => {
    const document = byFile.get(file);
    const sureness = known.get(file) ?? (document ? (candidates([document], {})[0]?.sureness ?? 0) : 0);
    known.set(file, sureness);
    return sureness;
  };
  return (files) => files.reduce((sum, file) => sum + ofFile(file), 0) / files.length;
}

function overlaps(files: ReadonlySet<string>, other: Candidate): boolean {
  return other.files.some((file) => files.has(file));
}

/** What several documents are that belong together, and what is left of them. */
export interface Sets {
  chapters: ChapterWithReading[];
  rest: SourceDocument[];
  /** What is in another of the documents as well. */
  skipped: SkippedDocument[];
}

/**
 * Reads together what a reader of several documents is surer of than the readers of one are of each. Different
 * readers may take different parts.
 * @throws InputError when two readers are as sure of the same documents; ConfigError for an unknown format
 */
export function readTogether(documents: readonly SourceDocument[], options: ReadingOptions = {}): Sets {
  const sets: Sets = { chapters: [], rest: [...documents], skipped: [] };
  const alone = surenessAlone(documents);
  const used = new Set<string>();
  while (sets.rest.length > 1) {
    const [best, ...others] = candidates(sets.rest, options)
      .filter(({ reader }) => !used.has(reader.name))
      .filter(({ sureness, files }) => options.format !== undefined || sureness >= alone(files));
    if (!best) break;
    const own = new Set(best.files);
    const rival = others.find((other) => overlaps(own, other));
    if (rival && best.sureness - rival.sureness < tooClose)
      throw twoReadings(best.files[0] ?? '', best, rival);
    used.add(best.reader.name);
    sets.chapters.push(...readAs(best, options.format));
    sets.rest = sets.rest.filter(({ file }) => !own.has(file));
  }
  return withRowTables(sets, documents);
}

/**
 * Reads the chapters of documents that were handed in together: those that belong together as one, the others alone.
 * Where an answer is a link to another of the documents, that one holds the answer; a page of model answers is for the
 * table or database beside it.
 * @throws InputError when two readers of several documents are as sure; ConfigError for an unknown format
 */
export function readDocuments(
  documents: readonly SourceDocument[],
  options: ReadingOptions = {},
): ReadTogether {
  const { chapters, rest, skipped } = readTogether(documents, options);
  const alone = readAlone(rest, chapters.length > 0 ? { ...options, format: undefined } : options);
  const linked = followLinks([...chapters, ...alone.chapters], documents);
  const left = [...skipped, ...alone.skipped].filter(({ file }) => !linked.followed.has(file));
  const files = new Set(left.map(({ file }) => file));
  const pages = documents.filter(({ file }) => files.has(file));
  const beside = withModelAnswersBeside(linked.chapters, pages, options.hints ?? {});
  return {
    chapters: beside.chapters,
    skipped: left
      .filter(({ file }) => !beside.used.has(file))
      .map(({ file, why }) => ({ file, why: linked.shared.get(file) ?? beside.unclear.get(file) ?? why })),
  };
}

/**
 * Reads a chapter from the text of a document; the first one where it holds several.
 * @param text with LF line ends ({@link decodeDocument})
 * @param file its name, for messages and as title when the document has none
 * @throws InputError when nobody's answer to a question can be found
 */
export function importChapter(text: string, file: string): Chapter {
  const [first] = readDocument({ path: file, file, text });
  if (!first) throw notUnderstood({ path: file, file, text });
  return first.chapter;
}
