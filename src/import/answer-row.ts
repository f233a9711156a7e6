import type { AttemptKind } from '../core/chapter.ts';
import { isAnswerSection } from './outline.ts';
import { readNumberedText } from './question-text.ts';
import type { TableColumn } from './reader.ts';
import { textOfLines } from './slice.ts';
import type { ColumnNames } from './table-columns.ts';
import { type FieldReader, requireField, rowError, textField } from './table-fields.ts';
import type { TableRow } from './table-row.ts';

type AnswerReader = FieldReader<TableColumn>;

/** One row of a table of answers: a member's answer, or with no member a question and its model answer. */
export interface AnswerRow {
  line: number;
  /** The line that it ends on. */
  lastLine: number;
  /** Blank where the row names none. */
  chapter: string;
  /** Blank in a row that only gives a question or its model answer. */
  member: string;
  no: number | null;
  /** What stands for a number that is none, such as `db-7`; blank otherwise. */
  id: string;
  /** Blank where the row does not repeat it. */
  question: string;
  /** Blank where nothing was handed in. */
  answer: string;
  reference: string;
  attempt: AttemptKind;
}

/** A text as a page would hold it: LF line ends, nothing blank around it. */
export function bodyOfCell(text: string): string {
  return /[\r\n]/u.test(text) ? textOfLines(text.replace(/\r\n?/gu, '\n').split('\n'), 0) : text.trim();
}

/** A word or name without surplus white space. */
export function wordOfCell(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().normalize('NFC');
}

function bodyOf(reader: AnswerReader, field: TableColumn): string {
  return bodyOfCell(textField(reader, field) ?? '');
}

function wordOf(reader: AnswerReader, field: TableColumn): string {
  return wordOfCell(textField(reader, field) ?? '');
}

/** `3`, `3.0`, `Q3`, `문항 3`, `3번`. */
export const numbered = /^(?:Q|문제|질문|문항)?\s*(-?\d{1,9}(?:\.\d+)?)\s*(?:번|[.)])?$/iu;

function numberOf(reader: AnswerReader, written: string): number | null {
  const digits = numbered.exec(written)?.[1];
  if (digits === undefined) return null;
  const no = Number(digits);
  if (Number.isInteger(no) && no > 0) return no;
  throw rowError(reader, {
    ko: `문항 번호 ${written}은(는) 쓸 수 없습니다. 1부터 시작하는 정수로 적으세요.`,
    en: `the question number ${written} cannot be used; write a whole number from 1 up.`,
  });
}

const attempts = new Map<string, AttemptKind>([
  ...(['', 'first', '처음', '1차'] as const).map((name) => [name, 'first'] as const),
  ...(['revised', '수정', '2차'] as const).map((name) => [name, 'revised'] as const),
]);

function attemptOf(reader: AnswerReader): AttemptKind {
  const written = wordOf(reader, 'attempt').toLowerCase();
  const attempt = attempts.get(written);
  if (attempt) return attempt;
  throw rowError(reader, {
    ko: `attempt 칸의 "${written}"을(를) 알 수 없습니다. first나 revised로 적으세요.`,
    en: `the attempt "${written}" is not known; write first or revised.`,
  });
}

function refuseIncomplete(reader: AnswerReader, row: AnswerRow): void {
  const hasQuestion = row.no !== null || row.id !== '' || row.question !== '';
  if (row.member !== '') requireField(reader, 'answer');
  else if (row.answer !== '') requireField(reader, 'member');
  if (row.member === '' && !hasQuestion) {
    requireField(reader, 'member');
    throw rowError(reader, {
      ko: '멤버도 문항도 없는 줄입니다. 누가 어느 문항에 쓴 답인지 member와 question_id(또는 question) 칸에 적으세요.',
      en: 'this row has neither a member nor a question; say in member and question_id (or question) whose answer to what it is.',
    });
  }
  if (!hasQuestion) {
    throw rowError(reader, {
      ko: `${row.member}의 답에 문항이 없습니다. question_id나 question 칸에 적으세요.`,
      en: `the answer of ${row.member} has no question; give it in question_id or question.`,
    });
  }
  if (row.member === '' && row.answer !== '') {
    throw rowError(reader, {
      ko: '답은 있는데 멤버가 비어 있습니다. 누가 쓴 답인지 member 칸에 적으세요.',
      en: 'there is an answer, but the member is blank; say in member who wrote it.',
    });
  }
}

/** The row as what it says of its question, where a name of model answers stands in place of a member's. */
function withoutModel(row: AnswerRow): AnswerRow {
  if (!isAnswerSection(row.member)) return row;
  return { ...row, member: '', answer: '', reference: row.answer || row.reference };
}

/**
 * Reads a row of a table of answers. A number may also stand before the question's text (`3. …`) or in its place.
 * @param names of all columns
 * @param present those of them that the row has: most rows of a table have the same
 * @throws InputError naming file and line when it does not say whose answer to what it is, or a field is malformed
 */
export function readAnswerRow(
  row: TableRow,
  file: string,
  names: ColumnNames,
  present: ColumnNames = names,
): AnswerRow {
  const reader: AnswerReader = { file, row, names: present };
  const id = wordOf(reader, 'number');
  const text = bodyOf(reader, 'question');
  const asked = readNumberedText(text);
  const own = numberOf(reader, id);
  const isNumber = id === '' && numbered.test(text);
  const no = own ?? (id === '' ? (isNumber ? numberOf(reader, text) : asked.no) : null);
  const result: AnswerRow = {
    line: row.line,
    lastLine: row.lastLine,
    chapter: wordOf(reader, 'chapter'),
    member: wordOf(reader, 'member'),
    no,
    id: no === null ? id : '',
    question: isNumber ? '' : asked.no !== null && asked.no === no ? asked.text : text,
    answer: bodyOf(reader, 'answer'),
    reference: bodyOf(reader, 'reference'),
    attempt: attemptOf(reader),
  };
  refuseIncomplete({ ...reader, names }, result);
  return withoutModel(result);
}
