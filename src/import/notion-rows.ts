import { foldLetters } from '../core/fold.ts';
import { bareName } from './document-links.ts';
import { grouped } from './grouped.ts';
import type { SourceDocument } from './reader.ts';
import type { LineRange } from './slice.ts';
import type { TableRow } from './table-row.ts';
import { propertyLines, type TakenApart, takeDocument } from './take-document.ts';

/** A row of a database: what its table says, and the page that it is. */
export interface DatabaseRow {
  title: string;
  /** Values by the letters of their column. */
  values: ReadonlyMap<string, string>;
  /** In the table; null where only the page is there. */
  line: number | null;
  page: RowPage | null;
  /** Whether several rows of the title differ, and nothing but their order told this page. */
  isGuess: boolean;
}

export interface RowPage {
  document: SourceDocument;
  taken: TakenApart;
  title: string;
  properties: ReadonlyMap<string, string>;
  propertyLines: LineRange;
}

/** A database that Notion exported: its tables, and a page of each row. */
export interface Database {
  name: string;
  table: SourceDocument;
  /** Other tables of the same rows. */
  views: SourceDocument[];
  /** Letters of the columns, the title's first. */
  columns: string[];
  /** The columns as written. */
  header: string[];
  rows: DatabaseRow[];
  /** Pages whose title bears several rows of which none can be told to be theirs. */
  unjoined: RowPage[];
}

/** What a value says, without the links of a relation and surplus space. */
export function plainValue(value: string): string {
  return value
    .replace(/\s*\([^()\n]*[0-9a-f]{32}(?:\.md)?\)/giu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** Reads the page of a row. @param columns letters of the table's columns */
export function readPage(document: SourceDocument, columns: readonly string[]): RowPage {
  const taken = takeDocument(document);
  const range = propertyLines(taken, new Set(columns));
  const properties = new Map<string, string>();
  let last: string | null = null;
  for (const line of taken.source.slice(range.from - 1, range.to)) {
    const colon = /[:：]/u.exec(line)?.index ?? -1;
    const name = foldLetters(line.slice(0, Math.max(0, colon)));
    if (colon > 0 && columns.includes(name)) {
      properties.set(name, line.slice(colon + 1).trim());
      last = name;
    } else if (last !== null) properties.set(last, `${properties.get(last) ?? ''}\n${line}`.trim());
  }
  const title = plainValue(taken.title?.text ?? bareName(document.path));
  return { document, taken, title, properties, propertyLines: range };
}

/** A row's values by the letters of their columns. */
export function valuesOf({ fields }: TableRow): Map<string, string> {
  return new Map([...fields].map(([name, value]) => [foldLetters(name), String(value ?? '').trim()]));
}

/** What tells rows of one title apart: every value that is not blank. */
function signature(title: string, values: ReadonlyMap<string, string>, titleColumn: string): string {
  const said = [...values]
    .filter(([name, value]) => name !== titleColumn && plainValue(value) !== '')
    .map(([name, value]) => [name, plainValue(value)])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return JSON.stringify([title, said]);
}

/** A row of a table. */
export interface TableEntry {
  title: string;
  values: Map<string, string>;
  line: number;
}

/** Joins the rows of a table with their pages: by all they say, else by a title that stands once, else by order. */
export function joinRows(
  entries: readonly TableEntry[],
  pages: readonly RowPage[],
  titleColumn: string,
): Pick<Database, 'rows' | 'unjoined'> {
  const bySignature = grouped(entries, ({ title, values }) => signature(title, values, titleColumn));
  const pageOf = new Map<TableEntry, RowPage>();
  const left = pages.filter((page) => {
    const entry = bySignature.get(signature(page.title, page.properties, titleColumn))?.shift();
    if (entry) pageOf.set(entry, page);
    return !entry;
  });
  const free = grouped(
    entries.filter((entry) => !pageOf.has(entry)),
    ({ title }) => title,
  );
  const guesses = new Set<TableEntry>();
  const unjoined: RowPage[] = [];
  const alone: RowPage[] = [];
  for (const [title, own] of grouped(left, (page) => page.title)) {
    const rows = free.get(title) ?? [];
    if (rows.length === 0 || own.every(({ properties }) => properties.size > 1)) alone.push(...own);
    else if (rows.length !== own.length) unjoined.push(...own);
    else
      for (const [index, page] of own.entries()) {
        const entry = rows[index];
        if (!entry) continue;
        pageOf.set(entry, page);
        if (rows.length > 1) guesses.add(entry);
      }
  }
  const joined = entries.map((entry): DatabaseRow => {
    const page = pageOf.get(entry) ?? null;
    return { ...entry, page, isGuess: guesses.has(entry) };
  });
  // A page that no row of the table is says of itself what it is.
  const told = alone.map((page): DatabaseRow => {
    const values = new Map(page.properties).set(titleColumn, page.title);
    return { title: page.title, values, line: null, page, isGuess: false };
  });
  // The work on a row may be on a page that was not joined, so a row without page says nothing beside such a page.
  const covered = new Set([...told, ...unjoined].map(({ title }) => title));
  return {
    rows: [...joined.filter(({ page, title }) => page !== null || !covered.has(title)), ...told],
    unjoined,
  };
}
