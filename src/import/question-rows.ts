import type { Chapter, ImportWarning } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import { AnswerChapters } from './answer-chapters.ts';
import { type AnswerRow, bodyOfCell, wordOfCell } from './answer-row.ts';
import { addModelAnswers } from './apart-model-answers.ts';
import { dealtWarning, isDealt } from './dealt-cells.ts';
import type { Grid, GridRow } from './grid.ts';
import type { LineUses } from './line-uses.ts';
import type { MembersAcross } from './matrix-layout.ts';
import { type MemberNames, memberNames, nameInTable } from './member-names.ts';
import { joinMissingModelAnswers } from './missing-model-answers.ts';
import type { ModelAnswer } from './model-answers.ts';
import { numberCells, numberInCell, type QuestionCell } from './number-cells.ts';
import type { ReadingHints } from './reader.ts';
import type { QuestionPlaces } from './table-questions.ts';

/** A table with one question on each row. */
export interface QuestionRows {
  file: string;
  title: string;
  grid: Grid;
  layout: MembersAcross;
  /** Model answers that stand apart from the table. */
  models: readonly ModelAnswer[];
  /** Of the document, to be marked. */
  uses: LineUses;
  warnings: readonly ImportWarning[];
  hints: ReadingHints;
}

const places: QuestionPlaces = {
  text: { ko: '질문 칸에 적으세요', en: 'write it into the column of questions' },
  reference: {
    ko: '"모범답안"이라는 칸에 적거나',
    en: 'give it in a column "Model answer"',
  },
};

function textAt({ cells }: GridRow, column: number | null): string {
  return column === null ? '' : bodyOfCell(cells[column]?.text ?? '');
}

/** The members by their columns. */
function membersOf({ grid: { header }, layout, file, hints }: QuestionRows): Map<number, string> {
  const names = memberNames(hints);
  const byName = new Map<string, number>();
  for (const column of layout.columns) {
    const written = wordOfCell(header.cells[column]?.text ?? '');
    const name = names(written) ?? nameInTable(written);
    if (byName.has(name)) throw sameMember(name, file, header.from);
    byName.set(name, column);
  }
  return new Map([...byName].map(([name, column]) => [column, name]));
}

function sameMember(name: string, file: string, line: number): InputError {
  return new InputError(
    {
      ko: `멤버 "${name}"의 칸이 두 개입니다. 다른 사람이면 이름을 다르게 적고, 같은 사람이면 한 칸으로 합치세요.`,
      en: `there are two columns for the member "${name}"; give two people different names, or make one column of one person's.`,
    },
    { place: { file, line } },
  );
}

function withoutQuestion(file: string, line: number): InputError {
  return new InputError(
    {
      ko: '답은 있는데 질문이 비어 있는 줄입니다. 어느 질문의 답인지 질문 칸에 적으세요.',
      en: 'this row has answers but no question; write into the column of questions what they answer.',
    },
    { place: { file, line } },
  );
}

/** The rows with their questions; numbers are each chapter's own. */
function askedIn({ grid, layout, file }: QuestionRows) {
  const warnings: ImportWarning[] = [];
  const asked = new Map<GridRow, QuestionCell>();
  const byChapter = new Map<string, GridRow[]>();
  for (const row of grid.rows) {
    const chapter = wordOfCell(textAt(row, layout.chapter));
    if (textAt(row, layout.question) === '' && textAt(row, layout.number) === '')
      throw withoutQuestion(file, row.from);
    const own = byChapter.get(chapter);
    if (own) own.push(row);
    else byChapter.set(chapter, [row]);
  }
  for (const rows of byChapter.values()) {
    const cells = rows.map((row) => row.cells[layout.question] ?? { text: '', from: row.from, to: row.from });
    const given = rows.map((row) => numberInCell(textAt(row, layout.number)));
    const numbered = numberCells(cells, given);
    warnings.push(...numbered.warnings);
    for (const [index, row] of rows.entries()) {
      const question = numbered.questions[index];
      if (question) asked.set(row, question);
    }
  }
  return { asked, warnings };
}

/** Those who have to answer a row; null where the table does not say. */
function assignedIn(row: GridRow, layout: MembersAcross, names: MemberNames): Set<string> | null {
  const written = textAt(row, layout.assigned)
    .split(/[,，、/·&\n]/u)
    .filter((name) => name.trim() !== '');
  return written.length === 0 ? null : new Set(written.map((name) => names(name) ?? nameInTable(name)));
}

function unknownAssigned(name: string, line: number): ImportWarning {
  return {
    code: 'assigned_unknown',
    line,
    message: {
      ko: `담당으로 적힌 "${name}"의 칸이 이 표에 없습니다. 이름이 같은지 확인하세요.`,
      en: `"${name}" is assigned to this question, but has no column in this table; check the name.`,
    },
  };
}

/** Reads a table with one question on each row and a column for each member. */
export function readQuestionRows(table: QuestionRows): Chapter[] {
  const { grid, layout, hints, title, uses } = table;
  const members = membersOf(table);
  const { asked, warnings } = askedIn(table);
  const filledIn = (row: GridRow) => [...members].filter(([column]) => textAt(row, column) !== '');
  const isOthers =
    layout.assigned === null && isDealt(grid.rows.map((row) => filledIn(row).map(([, name]) => name)));
  const names = memberNames(hints);
  const known = new Set(members.values());
  const chapters = new AnswerChapters(title, hints, places);
  uses.mark(grid.header, { role: 'property' });
  for (const [row, { no, text }] of asked) {
    const chapter = wordOfCell(textAt(row, layout.chapter));
    const reference = textAt(row, layout.reference);
    const base: AnswerRow = {
      line: row.from,
      lastLine: row.to,
      chapter,
      member: '',
      no,
      id: '',
      question: text,
      answer: '',
      reference,
      attempt: 'first',
    };
    chapters.add(base);
    const assigned = assignedIn(row, layout, names);
    for (const name of assigned ?? []) if (!known.has(name)) warnings.push(unknownAssigned(name, row.from));
    for (const [column, member] of members) {
      const answer = textAt(row, column);
      if (answer === '' && (isOthers || (assigned && !assigned.has(member)))) continue;
      const { from: line, to: lastLine } = row.cells[column] ?? row;
      chapters.add({ ...base, line, lastLine, member, answer, question: '', reference: '' });
    }
    const role = filledIn(row).length > 0 ? 'answer' : reference === '' ? 'question' : 'model_answer';
    uses.mark(row, { role, question: no });
  }
  const guesses = isOthers ? [dealtWarning(grid.header.from)] : [];
  addModelAnswers(table.models, [...asked.values()], chapters, uses);
  return chapters
    .finish([...table.warnings, ...warnings, ...guesses])
    .map((chapter) => joinMissingModelAnswers(chapter, grid.header.from, places));
}
