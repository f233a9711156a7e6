import type { Submission } from '../core/chapter.ts';
import type { ChapterWithReading } from '../import/read-documents.ts';
import {
  type LoadedChapter,
  type LoadedChapters,
  type LoadRequest,
  loadFromNotion,
} from './load-chapters.ts';
import type { NotionDocument } from './notion-documents.ts';
import type { NotionPage } from './notion-pages.ts';
import { type ReadPage, readPage } from './publish-owners.ts';
import type { Sources } from './sources.ts';

/** A chapter that stands on a page in Notion, or on several. */
export interface NotionChapter extends LoadedChapter {
  /** By the names of their documents; pages that share a name are left out, for which is meant cannot be told. */
  pages: ReadonlyMap<string, ReadPage>;
  /** The page of its scoreboard: it, or the pages below it, hold all of the chapter. */
  home: NotionPage;
  /** Whether the scoreboards of other chapters stand there too. */
  isHomeShared: boolean;
}

/** The chapters on a page in Notion and on those below it. */
export interface NotionChapters {
  chapters: NotionChapter[];
  /** Pages that are not chapters, with why. */
  skipped: LoadedChapters['skipped'];
}

/** The document that a submission was read from. */
export function documentOf({ file }: Submission, chapter: Pick<LoadedChapter, 'file'>): string {
  return file ?? chapter.file;
}

function submissionsIn(file: string, chapters: readonly LoadedChapter[]): Submission[] {
  return chapters.flatMap((loaded) =>
    loaded.chapter.submissions.filter((submission) => documentOf(submission, loaded) === file),
  );
}

function readPages(documents: readonly NotionDocument[], chapters: readonly LoadedChapter[]) {
  const pages = new Map<string, ReadPage>();
  const twins = new Set<string>();
  for (const { file, page } of documents) {
    if (pages.has(file)) twins.add(file);
    pages.set(file, readPage(page, submissionsIn(file, chapters)));
  }
  for (const file of twins) pages.delete(file);
  return pages;
}

function isWithin(page: NotionPage, outer: NotionPage): boolean {
  return page === outer || outer.subPages.some((sub) => isWithin(page, sub));
}

/** The innermost page that holds all of some pages, itself or below it. */
function homeOf(pages: readonly NotionPage[], outer: NotionPage): NotionPage {
  const inner = outer.subPages.find((sub) => pages.every((page) => isWithin(page, sub)));
  return inner ? homeOf(pages, inner) : outer;
}

/** The pages that a chapter was read from. */
function pagesOf({ uses }: ChapterWithReading, documents: readonly NotionDocument[]): NotionPage[] {
  return documents.filter(({ file }) => uses.has(file)).map(({ page }) => page);
}

/**
 * Reads the chapters that a path such as `notion:PAGE` means, as they are read to be graded.
 * @throws GraderError when the page cannot be read; InputError when no chapter stands there; ConfigError when the
 *   mapping file is not valid
 */
export async function notionChapters(
  path: string,
  sources: Sources,
  request: LoadRequest = {},
): Promise<NotionChapters> {
  const { documents, chapters, skipped } = await loadFromNotion(path, sources, request);
  const [root] = documents;
  if (!root) return { chapters: [], skipped };
  const pages = readPages(documents, chapters);
  const homes = chapters.map((loaded) => homeOf(pagesOf(loaded, documents), root.page));
  return {
    chapters: chapters.flatMap(({ file, chapter }, index) => {
      const home = homes[index];
      const isHomeShared = homes.filter((other) => other === home).length > 1;
      return home ? [{ file, chapter, pages, home, isHomeShared }] : [];
    }),
    skipped,
  };
}
