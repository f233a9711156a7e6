import { InputError } from '../core/errors.ts';
import { foldLetters } from '../core/fold.ts';
import { bareName, folderOf, pageIdOf } from './document-links.ts';
import { grouped, listedByPath } from './grouped.ts';
import { csvRows } from './marked-rows.ts';
import { type Database, joinRows, plainValue, type RowPage, readPage, valuesOf } from './notion-rows.ts';
import type { ReadingHints, SourceDocument, TableColumn } from './reader.ts';
import { columnNames } from './table-columns.ts';
import { foldedName } from './table-row.ts';

const csv = /\.csv$/iu;

function withoutEnding(path: string): string {
  return path.replace(/(?:_all)?\.csv$/iu, '');
}

/** Its folder's name without Notion's mark, as some programs unpack it. */
function plainFolder(path: string): string {
  const folder = folderOf(path);
  const name = bareName(withoutEnding(path));
  return folder === '' ? name : `${folder}/${name}`;
}

/** The pages of a database's rows: in its folder, else among those beside its table that bear a row's title. */
function pagesOf(
  tables: readonly SourceDocument[],
  columns: readonly string[],
  titles: ReadonlySet<string>,
  pagesIn: (folder: string) => readonly SourceDocument[],
): RowPage[] {
  const read = (documents: readonly SourceDocument[]) =>
    documents.map((document) => readPage(document, columns));
  const isMarked = (path: string) => pageIdOf(path) !== null;
  const marked = new Set(tables.map(({ path }) => withoutEnding(path)).filter(isMarked));
  const inside = read([...marked].flatMap(pagesIn));
  if (inside.length > 0) return inside;
  const plain = read([...new Set(tables.map(({ path }) => plainFolder(path)))].flatMap(pagesIn)).filter(
    ({ title, document }) => titles.has(title) || isMarked(document.path),
  );
  if (plain.some(({ title }) => titles.has(title))) return plain;
  const [first] = tables;
  const beside = first ? pagesIn(folderOf(first.path)).filter(({ path }) => isMarked(path)) : [];
  return read(beside).filter(({ title }) => titles.has(title));
}

function readDatabase(
  tables: readonly SourceDocument[],
  pagesIn: (folder: string) => readonly SourceDocument[],
): Database | null {
  const read = tables
    .map((table) => ({ table, rows: csvRows(table.text, table.file) }))
    .sort(
      (a, b) =>
        Number(/_all\.csv$/iu.test(b.table.path)) - Number(/_all\.csv$/iu.test(a.table.path)) ||
        b.rows.length - a.rows.length,
    );
  const [best] = read;
  const [first] = best?.rows ?? [];
  if (!best || !first) return null;
  const header = [...first.fields.keys()];
  const columns = header.map((name) => foldLetters(name));
  const [titleColumn = ''] = columns;
  const entries = best.rows.map((row) => {
    const values = valuesOf(row);
    return { title: plainValue(values.get(titleColumn) ?? ''), values, line: row.line };
  });
  const titles = new Set(entries.map(({ title }) => title));
  const pages = pagesOf(tables, columns, titles, pagesIn);
  const hasMark = tables.some(({ path }) => pageIdOf(withoutEnding(path)) !== null);
  if (!hasMark && !pages.some(({ title }) => titles.has(title))) return null;
  return {
    ...{ name: bareName(withoutEnding(best.table.path)), table: best.table, columns, header },
    views: tables.filter((table) => table !== best.table),
    ...joinRows(entries, pages, titleColumn),
  };
}

/**
 * The databases among documents: tables with Notion's mark in their names or pages of their rows in a folder of that
 * name, those of one name in a folder as one.
 */
function notionDatabases(documents: readonly SourceDocument[]): Database[] {
  const sorted = listedByPath(documents);
  const pages = grouped(
    sorted.filter(({ path }) => /\.(?:md|markdown)$/iu.test(path)),
    ({ path }) => folderOf(path),
  );
  const tables = sorted.filter(
    ({ path }) => csv.test(path) && (pageIdOf(withoutEnding(path)) !== null || pages.has(plainFolder(path))),
  );
  const byName = grouped(tables, ({ path }) => `${folderOf(path)}/${bareName(withoutEnding(path))}`);
  return [...byName.values()].flatMap((own) => {
    const database = readDatabase(own, (folder) => pages.get(folder) ?? []);
    return database ? [database] : [];
  });
}

function headerOf({ text }: SourceDocument): string {
  return /\S.*/u.exec(text)?.[0] ?? '';
}

/** Tables that show less of what another one holds: Notion writes `X.csv` as it was seen beside `X_all.csv`. */
export function narrowerViews(documents: readonly SourceDocument[]): SourceDocument[] {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  return documents.filter((table) => {
    if (!csv.test(table.path)) return false;
    const whole = byPath.get(table.path.replace(csv, '_all.csv'));
    if (!whole) return false;
    const columns = new Set(headerOf(whole).split(','));
    return headerOf(table)
      .split(',')
      .every((column) => columns.has(column));
  });
}

/** The databases among documents; none where a table is none. */
export function databasesAmong(documents: readonly SourceDocument[]): Database[] {
  try {
    return notionDatabases(documents);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

const moreNames: Readonly<Partial<Record<TableColumn, readonly string[]>>> = {
  member: [
    ...['담당', '담당자', '닉네임', '사람', '생성자', '만든 사람', '제출한 사람'],
    ...['author', 'person', 'assignee', 'assign', 'created by', 'owner', 'writer'],
  ],
};

/** The columns that may hold something, by their names. */
export function columnsFor(
  { columns }: Pick<Database, 'columns'>,
  column: TableColumn,
  hints: ReadingHints,
): string[] {
  const more = hints.columns?.[column] === undefined ? (moreNames[column] ?? []) : [];
  const names = [...columnNames(hints)[column], ...more];
  const wanted = new Set(names.map((name) => foldLetters(foldedName(name))));
  return columns.filter((name) => wanted.has(name));
}

/** The first column that holds something, by its names; null where there is none. */
export function columnFor(
  database: Pick<Database, 'columns'>,
  column: TableColumn,
  hints: ReadingHints,
): string | null {
  return columnsFor(database, column, hints)[0] ?? null;
}
