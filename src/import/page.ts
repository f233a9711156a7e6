import { calloutsIntoBullets } from './callout-notation.ts';
import { parsePage } from './markdown.ts';
import { plainNotation } from './notation.ts';
import { outline, type Section } from './outline.ts';
import { plainHeadings } from './page-headings.ts';
import { type PageWords, pageWords } from './page-words.ts';
import type { ReadingHints, SourceDocument } from './reader.ts';
import { type Parts, splitSections } from './split-sections.ts';

/** A page in the notation of Notion's exporter, cut at its headings. */
export interface Page {
  file: string;
  words: PageWords;
  /** As many lines as the document has. */
  source: readonly string[];
  sections: readonly Section[];
  parts: Parts;
}

function cut(source: readonly string[], { file, titleLine }: SourceDocument, words: PageWords): Page {
  const sections = outline(parsePage(source).children, source);
  return {
    file,
    words,
    source,
    sections,
    parts: splitSections(sections, { file, titleLine }, words, source),
  };
}

function read(document: SourceDocument, hints: ReadingHints): Page {
  const words = pageWords(hints);
  const page = cut(plainHeadings(plainNotation(document.text.split('\n')), words), document, words);
  const moved = calloutsIntoBullets(page.source, page.parts.members);
  return moved ? cut(moved, document, words) : page;
}

/** Several readers look at the same page. */
const pages = new WeakMap<SourceDocument, { hints: ReadingHints; page: Page }>();

/** The page that a document is. */
export function pageOf(document: SourceDocument, hints: ReadingHints): Page {
  const known = pages.get(document);
  if (known?.hints === hints) return known.page;
  const page = read(document, hints);
  pages.set(document, { hints, page });
  return page;
}
