import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeDocument } from '../../src/import/decode.ts';
import { type ChapterWithReading, readDocuments } from '../../src/import/read-documents.ts';
import type { ReadingHints, SourceDocument } from '../../src/import/reader.ts';

const root = new URL('./fixtures/', import.meta.url).pathname;

/** What a fixture expects of one chapter; texts as the importer gives them. */
interface ExpectedChapter {
  reader: string;
  chapter: { id: string; title: string };
  questions: unknown[];
  submissions: unknown[];
  warnings: unknown[];
  /** Lines that nobody could read, as `file:line` or `line`. */
  unread?: string[];
}

interface Expected {
  hints?: ReadingHints;
  chapters: ExpectedChapter[];
  skipped?: string[];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]))
    .sort();
}

function documentsOf(folder: string): SourceDocument[] {
  return filesBelow(folder)
    .map((path) => ({ path, file: relative(folder, path) }))
    .filter(({ file }) => file !== 'expected.json')
    .map(({ path, file }) => ({ path: file, file, text: textOf(path, file) }));
}

function textOf(path: string, file: string): string {
  const bytes = readFileSync(path);
  return bytes.length === 0 ? '' : decodeDocument(bytes, file);
}

function unreadOf({ uses }: ChapterWithReading): string[] {
  return [...uses].flatMap(([file, own]) =>
    [...own.entries()]
      .filter(({ use }) => use.role === 'unread')
      .map(({ line }) => (uses.size > 1 ? `${file}:${line}` : String(line))),
  );
}

function shown(read: ChapterWithReading): ExpectedChapter {
  const { id, title, questions, submissions, warnings } = read.chapter;
  const unread = unreadOf(read);
  return {
    reader: read.reading.reader,
    chapter: { id, title },
    questions,
    submissions,
    warnings: warnings.map(({ code, line, file }) => ({
      code,
      line,
      ...(file === undefined ? {} : { file }),
    })),
    ...(unread.length > 0 ? { unread } : {}),
  };
}

const variants = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory());

describe('a group that hands in its answers as', () => {
  test.each(variants)('%s', (variant) => {
    const folder = join(root, variant);
    const expected: Expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
    const { chapters, skipped } = readDocuments(documentsOf(folder), { hints: expected.hints ?? {} });
    expect(chapters.map(shown)).toEqual(expected.chapters);
    expect(skipped.map(({ file }) => file)).toEqual(expected.skipped ?? []);
  });
});
