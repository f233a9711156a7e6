import { normalize } from 'node:path';
import type { Chapter } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import type { Files } from '../files.ts';
import { decodeDocument, isZip } from '../import/decode.ts';
import { type ChapterWithReading, readDocument, readDocuments } from '../import/read-documents.ts';
import { readTable, type TableOptions } from '../import/read-table.ts';
import { isTableFile } from '../import/table-file.ts';
import type { Archive } from './archive.ts';
import { documentsBelow, documentsInArchive, refuseHtml } from './container.ts';
import { type MappingRequest, readingOptionsFor } from './import-mapping.ts';
import { chaptersIn, type LoadedChapters } from './load-documents.ts';
import { isNotionPath, type NotionDocument, notionDocuments } from './notion-documents.ts';
import type { Sources } from './sources.ts';
import { whyUnreadable } from './unreadable.ts';

export type { LoadedChapters } from './load-documents.ts';

/** A chapter and the document it was read from, the first of several. */
export type LoadedChapter = Pick<ChapterWithReading, 'file' | 'chapter'>;

/** How documents are to be read. */
export interface LoadRequest extends MappingRequest {
  /** Whether to tell what each line of a table was taken for too, for which the whole of it has to be held. */
  explain?: boolean | undefined;
}

const emptyFolder: Localized = {
  ko: '이 폴더에는 단원으로 읽을 수 있는 .md, .csv, .jsonl 파일이 없습니다. Notion에서 Markdown으로 내보낸 파일이나 답을 적은 표를 넣으세요.',
  en: 'no .md, .csv or .jsonl file in this folder can be read as a chapter; put a Notion page exported as Markdown or a table of answers here.',
};

const emptyArchive: Localized = {
  ko: '이 압축 파일에는 단원으로 읽을 수 있는 .md, .csv, .jsonl 파일이 없습니다. Notion에서 "Markdown & CSV"로 내보낸 zip을 넣으세요.',
  en: 'no .md, .csv or .jsonl file in this archive can be read as a chapter; hand in a zip that Notion exported as "Markdown & CSV".',
};

/** @throws InputError where a file's name says that it holds neither text nor an export */
function refuseKind(file: string): void {
  refuseHtml(file);
  const why = /\.zip$/iu.test(file) ? null : whyUnreadable(file);
  if (why) throw new InputError(why, { place: { file } });
}

function readPage(bytes: Uint8Array, file: string, options: TableOptions): ChapterWithReading[] {
  return readDocument({ path: file, file, text: decodeDocument(bytes, file) }, options);
}

async function readArchive(bytes: Uint8Array, file: string, archive: Archive, options: TableOptions) {
  return chaptersIn(await documentsInArchive(bytes, file, archive), file, emptyArchive, options);
}

/** Says in a chapter what stands beside it and could not be read. */
function withSkipped([first, ...others]: Chapter[], skipped: LoadedChapters['skipped']): Chapter[] {
  if (!first) return others;
  const said = skipped.map(({ file, why }) => ({ code: 'document_skipped', file, line: 1, message: why }));
  return [{ ...first, warnings: [...first.warnings, ...said] }, ...others];
}

/**
 * The chapters of a document, or of an archive of documents, that is there already.
 * @param file its name, by whose ending a table is told
 * @throws InputError when it cannot be read as a chapter
 */
export async function importBytes(bytes: Uint8Array, file: string, archive: Archive): Promise<Chapter[]> {
  const chaptersOf = (read: readonly ChapterWithReading[]) => read.map(({ chapter }) => chapter);
  if (isTableFile(file)) {
    const chunks = async function* () {
      yield bytes;
    };
    return chaptersOf(await readTable(chunks, file));
  }
  refuseKind(file);
  if (!isZip(bytes)) return chaptersOf(readPage(bytes, file, {}));
  const { chapters, skipped } = await readArchive(bytes, file, archive, {});
  return withSkipped(chaptersOf(chapters), skipped);
}

async function loadFile(
  file: string,
  { files, archive }: Sources,
  options: TableOptions,
): Promise<LoadedChapters> {
  if (isTableFile(file)) {
    return { chapters: await readTable(() => files.chunks(file), file, options), skipped: [] };
  }
  const bytes = await files.read(file);
  refuseKind(file);
  if (isZip(bytes)) return readArchive(bytes, file, archive, options);
  return { chapters: readPage(bytes, file, options), skipped: [] };
}

/** Chapters on pages in Notion, with all pages that were looked at. */
export interface LoadedFromNotion extends LoadedChapters {
  documents: NotionDocument[];
}

async function loadNotion(
  path: string,
  { pages, files }: Sources,
  request: LoadRequest,
): Promise<LoadedFromNotion> {
  const options = await optionsFor('.', request, files);
  const documents = await notionDocuments(pages, path);
  const sources = documents.map(({ file, text }) => ({ path: file, file, text }));
  const { chapters, skipped } = readDocuments(sources, options);
  const [fault] = skipped;
  if (chapters.length === 0 && fault) throw fault.why;
  return { documents, chapters, skipped: skipped.map(({ file, why }) => ({ file, why: why.text })) };
}

async function optionsFor(path: string, request: LoadRequest, files: Files): Promise<TableOptions> {
  return { ...(await readingOptionsFor(path, request, files)), explain: request.explain ?? false };
}

async function loadPath(path: string, sources: Sources, request: LoadRequest): Promise<LoadedChapters> {
  const { files, archive } = sources;
  if (isNotionPath(path)) return loadNotion(path, sources, request);
  const options = await optionsFor(path, request, files);
  if (await files.isFolder(path))
    return chaptersIn(await documentsBelow(path, files, archive), path, emptyFolder, options);
  return loadFile(path, sources, options);
}

function refuseTwins(chapters: readonly LoadedChapter[]): void {
  const byId = new Map<string, LoadedChapter>();
  for (const loaded of chapters) {
    const { chapter, file } = loaded;
    const twin = byId.get(chapter.id);
    byId.set(chapter.id, loaded);
    if (!twin) continue;
    throw new InputError(
      {
        ko: `제목 "${chapter.title}"이(가) ${twin.file}에도 있습니다. 단원마다 제목을 다르게 하세요.`,
        en: `the title "${chapter.title}" is also that of ${twin.file}; give every chapter a title of its own.`,
      },
      { place: { file } },
    );
  }
}

/**
 * Reads chapters from a page in Notion and from those below it, as {@link loadChapters} does.
 * @throws GraderError when the page cannot be read; InputError when no chapter stands there, or two bear the same
 *   title; ConfigError when the mapping file or the format is not valid
 */
export async function loadFromNotion(
  path: string,
  sources: Sources,
  request: LoadRequest = {},
): Promise<LoadedFromNotion> {
  const loaded = await loadNotion(path, sources, request);
  refuseTwins(loaded.chapters);
  return loaded;
}

/**
 * Reads chapters from files, folders and archives, and from pages in Notion (`notion:PAGE`, with those below it). In a
 * folder, those below it and an archive every Markdown page, text and table of answers is read, together where they
 * belong together.
 * @throws InputError when a path cannot be read as a chapter, an archive is not safe to unpack, or two chapters bear
 *   the same title; ConfigError when the mapping file or the format is not valid
 */
export async function loadChapters(
  paths: readonly string[],
  sources: Sources,
  request: LoadRequest = {},
): Promise<LoadedChapters> {
  const all: LoadedChapters = { chapters: [], skipped: [] };
  for (const path of new Set(paths.map((given) => (isNotionPath(given) ? given : normalize(given))))) {
    const loaded = await loadPath(path, sources, request);
    all.chapters.push(...loaded.chapters);
    all.skipped.push(...loaded.skipped);
  }
  refuseTwins(all.chapters);
  return all;
}
