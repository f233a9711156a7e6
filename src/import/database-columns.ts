import type { ImportWarning } from '../core/chapter.ts';
import { columnFor, columnsFor } from './notion-databases.ts';
import { type Database, plainValue } from './notion-rows.ts';
import type { ReadingHints } from './reader.ts';
import { ignoredColumns } from './table-columns.ts';

/** What the columns of a database of answers hold. */
export interface AnswerColumns {
  member: string;
  question: string | null;
  number: string | null;
  answer: string | null;
  reference: string | null;
  chapter: string | null;
}

function valuesIn({ rows }: Database, column: string): string[] {
  return rows.map(({ values }) => plainValue(values.get(column) ?? '')).filter((value) => value !== '');
}

/** How well a column names members: those stand on several rows, and more than one of them. */
function fitness(database: Database, column: string): number {
  const values = valuesIn(database, column);
  const different = new Set(values).size;
  if (different < 2) return values.length > 1 || different === 0 ? 0 : 1;
  const isTitle = column === database.columns[0];
  return (different < values.length ? 2 : 0) + (isTitle ? 1 : 2);
}

/** Of the columns that may name members the one that does so best; Notion calls a row's title "Name" by itself. */
function memberColumn(database: Database, hints: ReadingHints): string | null {
  const [first, ...others] = columnsFor(database, 'member', hints);
  if (first === undefined) return null;
  return others.reduce(
    (best, column) => (fitness(database, column) > fitness(database, best) ? column : best),
    first,
  );
}

/** The columns of a database that holds members' answers; null for any other. */
export function answerColumns(database: Database, hints: ReadingHints): AnswerColumns | null {
  const own = (column: Parameters<typeof columnFor>[1]) => columnFor(database, column, hints);
  const [member, question, number] = [memberColumn(database, hints), own('question'), own('number')];
  if (member === null || (question === null && number === null)) return null;
  // Where rows are pages, their titles are what the pages are called.
  const [title] = database.columns;
  const answers = columnsFor(database, 'answer', hints).filter((column) => column !== title);
  return {
    member,
    question,
    number,
    answer: answers[0] ?? null,
    reference: own('reference'),
    chapter: own('chapter'),
  };
}

/** Says which column was taken for the members where it is a guess, and which columns say nothing then. */
export function aboutColumns(
  database: Database,
  columns: AnswerColumns,
  hints: ReadingHints,
): ImportWarning[] {
  const values = valuesIn(database, columns.member);
  const isSure = columnsFor(database, 'member', hints).length === 1;
  const isTitle = columns.member === database.columns[0];
  const isOddTitle = isTitle && values.length > 2 && new Set(values).size === values.length;
  if (hints.columns?.member !== undefined || (isSure && !isOddTitle)) return [];
  const { file } = database.table;
  const used = new Set(Object.values(columns));
  const shown = database.columns.flatMap((column, index) =>
    used.has(column) ? [] : [`"${database.header[index] ?? column}"`],
  );
  const name = database.header[database.columns.indexOf(columns.member)] ?? columns.member;
  const names = [...new Set(values)].slice(0, 5).join(', ');
  return [
    {
      code: 'members_guessed',
      file,
      line: 1,
      message: {
        ko: `"${name}" 칸의 값을 멤버로 읽었습니다: ${names}. 다른 칸이면 import.yaml의 columns: member:에 그 이름을 적으세요.`,
        en: `the values of the column "${name}" are read as members: ${names}. If it is another column, name it as member under columns: in import.yaml.`,
      },
    },
    ...ignoredColumns(shown, 1).map((warning) => ({ ...warning, file })),
  ];
}
