import { ConfigError, InputError } from '../core/errors.ts';
import type { Reading } from '../core/reading.ts';
import { parseMarkdown } from './markdown.ts';
import { outline } from './outline.ts';
import type {
  ChapterReader,
  NearMatch,
  ReadChapter,
  ReadingHints,
  Recognition,
  SourceDocument,
} from './reader.ts';
import { chapterReaders, tableReaders } from './readers.ts';
import { isTableFile } from './table-file.ts';
import { undoToggleIndentation } from './toggle-indent.ts';
import { unknownTable } from './unknown-table.ts';

export interface ChapterWithReading extends ReadChapter {
  reading: Reading;
  /** The document, the first of several. */
  file: string;
}

/** What a person may say of how to read. */
export interface ReadingOptions {
  /** A reader's name. */
  format?: string | undefined;
  hints?: ReadingHints;
}

/** A reader that can read some documents. */
export interface Candidate extends Recognition {
  reader: ChapterReader;
}

/** Nearer than this, two readings are equally likely. */
export const tooClose = 0.05;

/** Less sure than this, a reading is no more than a guess. */
const leastSure = 0.3;

/** The readers that can read documents, the surest first. @throws ConfigError for an unknown format */
export function candidates(
  documents: readonly SourceDocument[],
  { format, hints = {} }: ReadingOptions,
): Candidate[] {
  return recognised(documents, { format, hints }).filter(
    ({ sureness }) => format !== undefined || sureness >= leastSure,
  );
}

/** The readers that see their form, however unsure, the surest first. */
function recognised(
  documents: readonly SourceDocument[],
  { format, hints = {} }: ReadingOptions,
): Candidate[] {
  return readersFor(documents, format)
    .flatMap((reader) => {
      const recognition = reader.recognise(documents, hints);
      return recognition ? [{ ...recognition, reader }] : [];
    })
    .sort((a, b) => b.sureness - a.sureness);
}

function readersFor([first, ...others]: readonly SourceDocument[], format: string | undefined) {
  if (format !== undefined) return [readerNamed(format)];
  return first && others.length === 0 && isTableFile(first.path) ? tableReaders : chapterReaders;
}

/**
 * The reader of a name.
 * @param file that names it, for messages
 * @throws ConfigError when there is none of that name
 */
export function readerNamed(format: string, file?: string): ChapterReader {
  const found = chapterReaders.find(({ name }) => name === format);
  if (found) return found;
  const names = chapterReaders.map(({ name }) => name).join(', ');
  throw new ConfigError(
    {
      ko: `"${format}"이라는 형식은 없습니다. 있는 형식: ${names}.`,
      en: `there is no format "${format}"; there are ${names}.`,
    },
    file === undefined ? {} : { place: { file } },
  );
}

/** What is said where two readers are as sure. */
export function twoReadings(file: string, first: Candidate, second: Candidate): InputError {
  const [a, b] = [first.reader.name, second.reader.name];
  return new InputError(
    {
      ko: `두 가지로 읽을 수 있습니다. ${a}: ${first.why.ko} ${b}: ${second.why.ko} --format ${a}나 --format ${b}로 정하세요.`,
      en: `this can be read in two ways. ${a}: ${first.why.en} ${b}: ${second.why.en} Choose with --format ${a} or --format ${b}.`,
    },
    { place: { file } },
  );
}

/** What came nearest in a document that nothing can read: a reader that is too unsure, or one that misses something. */
function nearestTo(document: SourceDocument, options: ReadingOptions): NearMatch | null {
  const { format, hints = {} } = options;
  const [unsure] = format === undefined ? recognised([document], options) : [];
  if (unsure) {
    const { reader, why } = unsure;
    const what = {
      ko: `${why.ko.replace(/습니다\.$/u, '지만').replace(/\.$/u, ',')} 그 밖의 글이 많아 누구의 답인지 확실하지 않으니, 맞으면 --format ${reader.name}로 읽고 아니면 import.yaml의 members에 멤버 이름을 적으세요.`,
      en: `${why.en.replace(/\.$/u, '')}, but too much stands beside them to be sure whose it is; if that is right, read it with --format ${reader.name}, else list the members’ names under members in import.yaml.`,
    };
    return { what, line: reader.nearly?.(document, hints)?.line ?? 1 };
  }
  for (const reader of readersFor([document], format)) {
    const found = reader.nearly?.(document, hints);
    if (found) return found;
  }
  return null;
}

/** What is said of a document that nothing can read. */
export function notUnderstood(document: SourceDocument, options: ReadingOptions = {}): InputError {
  const { file, text, pageLines } = document;
  if (isTableFile(document.path)) return unknownTable(document, options.hints ?? {});
  const nearest = nearestTo(document, options);
  if (nearest) {
    const line = pageLines?.[nearest.line - 1] ?? nearest.line;
    return new InputError(nearest.what, { place: { file, line } });
  }
  const source = undoToggleIndentation(text.split('\n'));
  const titles = outline(parseMarkdown(source.join('\n')).children, source)
    .map((section) => section.title)
    .filter((title) => title !== '');
  const seen = titles.slice(0, 4).join(', ');
  return new InputError(
    {
      ko: `멤버 이름 제목 아래에 질문 항목(- 질문)이 있는 구역을 찾지 못했습니다${seen ? ` (본 제목: ${seen})` : ''}. Notion에서 Markdown으로 내보낸 단원 페이지가 맞는지 확인하세요.`,
      en: `no heading with a member's name and question bullets (- question) under it was found${seen ? ` (headings seen: ${seen})` : ''}; check that this is a chapter page exported from Notion as Markdown.`,
    },
    { place: { file, line: pageLines?.[0] } },
  );
}

/** What is told of a reader that was chosen, by its sureness or by a person. */
export function readingBy({ reader, sureness, why }: Candidate, format: string | undefined): Reading {
  return { reader: reader.name, sureness: format === undefined ? sureness : 1, why };
}

/** Lets a reader read what it recognised. */
export function readAs(candidate: Candidate, format: string | undefined): ChapterWithReading[] {
  const reading = readingBy(candidate, format);
  const file = candidate.files[0] ?? '';
  return candidate.read().map((own) => ({ ...own, reading, file }));
}
