import type { ImportWarning } from '../../core/chapter.ts';
import { counted } from '../../core/plural.ts';
import { assembleChapter } from '../chapter-parts.ts';
import { QuestionNames, type RowReading, readRow, titleOfDatabase } from '../database-chapter.ts';
import { type AnswerColumns, aboutColumns, answerColumns } from '../database-columns.ts';
import type { LineUses } from '../line-uses.ts';
import { addListed, markPage, usesOf } from '../listed-rows.ts';
import { memberNaming } from '../member-naming.ts';
import { columnFor, databasesAmong } from '../notion-databases.ts';
import { type Database, type DatabaseRow, plainValue, type RowPage } from '../notion-rows.ts';
import { lackingModelAnswers } from '../page-warnings.ts';
import type { ChapterReader, ReadChapter, ReadingHints, Recognition, SourceDocument } from '../reader.ts';

interface AnswerDatabase {
  database: Database;
  columns: AnswerColumns;
}

function notJoined({ document, title }: RowPage): ImportWarning {
  return {
    code: 'row_not_joined',
    file: document.file,
    line: 1,
    message: {
      ko: `제목이 "${title}"인 행이 표에 여럿이고 이 페이지가 어느 행인지 알 수 없어 읽지 않았습니다. 속성을 함께 내보내세요.`,
      en: `the table has several rows titled "${title}" and which of them this page is cannot be told, so it was not read; export it with its properties.`,
    },
  };
}

function isLeftOut({ raw, warning }: RowReading): boolean {
  return raw === null && warning !== null;
}

function readDatabase(
  { database, columns }: AnswerDatabase,
  others: readonly Database[],
  documents: readonly SourceDocument[],
  hints: ReadingHints,
): ReadChapter[] {
  const chapters = new Map<string, DatabaseRow[]>();
  for (const row of database.rows) {
    const own = columns.chapter === null ? '' : plainValue(row.values.get(columns.chapter) ?? '');
    const title = own === '' ? titleOfDatabase(database) : own;
    const rows = chapters.get(title);
    if (rows) rows.push(row);
    else chapters.set(title, [row]);
  }
  const naming = memberNaming(hints);
  return [...chapters].map(([title, rows], index) => {
    const questions = new QuestionNames(documents);
    const uses = new Map([database.table, ...database.views].map((table) => [table.file, usesOf(table)]));
    const warnings = others.flatMap((other) => addListed(other, questions, hints, uses));
    if (index === 0) warnings.push(...aboutColumns(database, columns, hints));
    const readings = rows.map((row) => readRow(row, columns, database.table, questions, naming));
    warnings.push(...readings.flatMap(({ warning }) => warning ?? []));
    for (const [position, { page }] of rows.entries()) {
      if (!page) continue;
      const own = usesOf(page.document);
      uses.set(page.document.file, own);
      markPage(page, own);
      const reading = readings[position];
      if (reading && isLeftOut(reading))
        own.mark({ from: 1, to: page.taken.source.length }, { role: 'ignored' });
    }
    for (const page of index === 0 ? database.unjoined : []) {
      const own = usesOf(page.document);
      uses.set(page.document.file, own);
      own.mark({ from: 1, to: page.taken.source.length }, { role: 'ignored' });
      warnings.push(notJoined(page));
    }
    const { file } = database.table;
    const raws = readings.flatMap(({ raw }) => raw ?? []);
    for (const { file: place, from, to, member } of raws)
      if (place === file) uses.get(place)?.mark({ from, to }, { role: 'answer', member });
    return assembleChapter({
      title,
      raws,
      answers: questions.answers,
      warnings: [...warnings, ...lackingModelAnswers(questions.answers, file)],
      uses: markTables(uses, [database.table, ...database.views, ...others.map(({ table }) => table)]),
    });
  });
}

/** What a table holds that no answer was taken from are properties of its rows. */
function markTables(uses: Map<string, LineUses>, tables: readonly SourceDocument[]): Map<string, LineUses> {
  for (const table of tables) {
    const own = uses.get(table.file) ?? usesOf(table);
    uses.set(table.file, own);
    own.mark({ from: 1, to: table.text.split('\n').length }, { role: 'property' });
  }
  return uses;
}

function filesOf({ table, views, rows, unjoined }: Database): string[] {
  return [
    table,
    ...views,
    ...[...rows.flatMap(({ page }) => page ?? []), ...unjoined].map(({ document }) => document),
  ].map(({ file }) => file);
}

/** A database of answers as Notion exports it: a table of properties, and the text of each answer on a page. */
export const notionDatabase: ChapterReader = {
  name: 'notion-database',
  about: {
    ko: '답이 한 행씩 들어 있는 Notion 데이터베이스(표와 행마다의 페이지)',
    en: 'a Notion database with a row for each answer (a table, and a page of each row)',
  },
  recognise(documents, hints): Recognition | null {
    if (documents.length < 2) return null;
    const databases = databasesAmong(documents);
    const found = databases.flatMap((database): AnswerDatabase[] => {
      const columns = answerColumns(database, hints);
      const hasPages = database.rows.some(({ page }) => page !== null);
      return columns && hasPages ? [{ database, columns }] : [];
    });
    if (found.length === 0) return null;
    const own = new Set(found.map(({ database }) => database));
    const others = databases.filter(
      (database) => !own.has(database) && columnFor(database, 'member', hints) === null,
    );
    const listing = others.filter((database) => columnFor(database, 'question', hints) !== null);
    const rows = found.reduce((sum, { database }) => sum + database.rows.length, 0);
    return {
      sureness: 0.9,
      why: {
        ko: `Notion 데이터베이스의 행 ${rows}개가 저마다 멤버와 질문을 밝히고 페이지를 가지고 있습니다.`,
        en: `${counted(rows, 'row')} of a Notion database, with member, question and a page of its own.`,
      },
      files: [...new Set([...found.map(({ database }) => database), ...listing].flatMap(filesOf))],
      read: () => found.flatMap((one) => readDatabase(one, listing, documents, hints)),
    };
  },
};
