import type { Chapter } from '../core/chapter.ts';
import type { Localized } from '../core/localized.ts';
import type { CalloutRole } from './callouts.ts';
import type { LineUses } from './line-uses.ts';
import type { ReaderName } from './reader-names.ts';

/** A document of what was handed in. */
export interface SourceDocument {
  /** Where it lies in the folder or archive that was handed in: with `/` between folders, NFC. */
  path: string;
  /** How messages name it. */
  file: string;
  /** Decoded, with LF line ends. */
  text: string;
  /** The line of the chapter's title, where the document is one of several chapters on a page. */
  titleLine?: number;
  /** The lines of the page that the document's lines are; its own where it is left out. */
  pageLines?: readonly number[];
}

/** What a person says of documents that can be read in several ways; everything may be left out. */
export interface ReadingHints {
  /** The members' names. Where given, nobody else is a member. */
  members?: readonly string[];
  /** Other names of members, by the name as written. */
  aliases?: Readonly<Record<string, string>>;
  /** What a callout with an icon holds. */
  icons?: Readonly<Record<string, CalloutRole>>;
  /** Headings of model answers beside the usual ones, and headings to be passed over. */
  headings?: { modelAnswers?: readonly string[]; ignored?: readonly string[] };
  /** Names of a table's columns. */
  columns?: Readonly<Partial<Record<TableColumn, string>>>;
}

/** A column of a table of answers, by what it holds. */
export type TableColumn = 'chapter' | 'member' | 'number' | 'question' | 'answer' | 'reference' | 'attempt';

/** A chapter as a reader read it. */
export interface ReadChapter {
  chapter: Chapter;
  /** What its lines were taken for, by document. */
  uses: ReadonlyMap<string, LineUses>;
}

/** That a reader can read some documents. */
export interface Recognition {
  /** How sure it is that they are what it reads: above 0, up to 1. */
  sureness: number;
  /** What it saw. */
  why: Localized;
  /** The documents it reads, by their files; the others are nobody's. */
  files: readonly string[];
  /** @throws InputError naming file and line when they cannot be read after all */
  read(): ReadChapter[];
}

/** What a reader saw of its form in a document that it cannot read. */
export interface NearMatch {
  /** What was seen, and what is needed, in one sentence. */
  what: Localized;
  line: number;
}

/** One way in which groups hand in their answers. */
export interface ChapterReader {
  name: ReaderName;
  /** What it reads, in a line. */
  about: Localized;
  /** null where the documents are nothing for it. */
  recognise(documents: readonly SourceDocument[], hints: ReadingHints): Recognition | null;
  /** Why it cannot read a document although it saw much of its form; null where it saw little. */
  nearly?(document: SourceDocument, hints: ReadingHints): NearMatch | null;
}
