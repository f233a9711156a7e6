import type { ImportWarning } from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import type { Localized } from '../core/localized.ts';
import type { AnswerColumns } from './database-columns.ts';
import { folderOf, type LinkedDocuments, linkedDocuments } from './document-links.ts';
import { nameOfFolder } from './document-roles.ts';
import type { MemberNaming } from './member-naming.ts';
import type { ModelAnswer } from './model-answers.ts';
import { type Database, type DatabaseRow, plainValue } from './notion-rows.ts';
import { isAnswerSection } from './outline.ts';
import { readNumberedText } from './question-text.ts';
import type { RawSubmission } from './read-item.ts';
import type { SourceDocument } from './reader.ts';
import { type LineRange, sliceLines, trimRange } from './slice.ts';
import { rawOf } from './whole-answer.ts';

/** A question as rows name it. */
interface Named {
  no: number | null;
  text: string;
}

const bareNumber = /^(?:Q|문제|질문|문항)?\s*(\d{1,6})\s*(?:번|[.)])?$/iu;
const linkInValue = /\(([^()\n]*[0-9a-f]{32}(?:\.md)?)\)/iu;

/** Questions by what rows call them: a number, a text, or a link to a row of another database. */
export class QuestionNames {
  readonly answers: ModelAnswer[] = [];
  readonly #byLetters = new Map<string, ModelAnswer>();
  readonly #byNumber = new Map<number, ModelAnswer>();
  readonly #links: LinkedDocuments;

  constructor(documents: readonly SourceDocument[]) {
    this.#links = linkedDocuments(documents);
  }

  /** The question that a value means, as it stands in a document. */
  named(number: string, question: string, from: string): Named {
    const target = linkInValue.exec(question)?.[1];
    const page = target === undefined ? null : this.#links.find(target, from);
    const title = page ? /^\s*#\s+(.+)$/mu.exec(page.text)?.[1]?.trim() : undefined;
    const written = title ?? plainValue(question);
    const no = Number(bareNumber.exec(plainValue(number))?.[1] ?? Number.NaN);
    const bare = bareNumber.exec(written)?.[1];
    const { no: own, text } = bare === undefined ? readNumberedText(written) : { no: Number(bare), text: '' };
    return { no: Number.isNaN(no) ? own : no, text };
  }

  /** Keeps a question; of what is said of it several times the first counts. @returns what it is known as */
  add({ no, text }: Named, file: string, line: number): ModelAnswer {
    const letters = foldLetters(text);
    const byText = letters === '' ? undefined : this.#byLetters.get(letters);
    const byNumber = no === null ? undefined : this.#byNumber.get(no);
    const known = byText ?? (letters === '' || byNumber?.question === `${no}번` ? byNumber : undefined);
    const answer = known ?? { file, no, question: '', text: '', line, body: { from: line + 1, to: line } };
    if (!known) this.answers.push(answer);
    if (text !== '' && (answer.question === '' || answer.question === `${no}번`)) answer.question = text;
    if (answer.question === '') answer.question = `${no}번`;
    answer.no ??= no;
    if (letters !== '') this.#byLetters.set(letters, answer);
    if (answer.no !== null && !this.#byNumber.has(answer.no)) this.#byNumber.set(answer.no, answer);
    return answer;
  }
}

/** A piece of work, or why there is none. */
export interface RowReading {
  raw: RawSubmission | null;
  warning: ImportWarning | null;
}

function about(code: string, row: DatabaseRow, table: string, message: Localized): ImportWarning {
  const file = row.page?.document.file ?? table;
  return { code, file, line: row.page ? 1 : (row.line ?? 1), message };
}

function bodyOf({ page }: DatabaseRow): LineRange | null {
  if (!page) return null;
  const { taken, propertyLines } = page;
  const body = trimRange(
    { from: Math.max(taken.body.from, propertyLines.to + 1), to: taken.body.to },
    taken.source,
  );
  return body.from <= body.to ? body : null;
}

/** The text of a row: that of its page, else of its cell. */
function textOf(row: DatabaseRow, cell: string, table: string) {
  const body = bodyOf(row);
  if (row.page && body) {
    const { taken } = row.page;
    return { file: taken.file, text: sliceLines(taken.source, body, 0), ...body };
  }
  const line = row.line ?? 1;
  if (cell !== '' || !row.page) return { file: table, text: cell, from: line, to: line };
  return { file: row.page.document.file, text: '', from: 1, to: 1 };
}

/** Reads a row as somebody's answer, or as the model answer to a question. */
export function readRow(
  row: DatabaseRow,
  columns: AnswerColumns,
  table: SourceDocument,
  questions: QuestionNames,
  naming: MemberNaming,
): RowReading {
  const value = (column: string | null) => (column === null ? '' : (row.values.get(column) ?? ''));
  const member = naming.nameOf(plainValue(value(columns.member)));
  const from = row.page?.document.path ?? table.path;
  const named = questions.named(value(columns.number), value(columns.question), from);
  const own = textOf(row, value(columns.answer), table.file);
  if (named.no === null && named.text === '')
    return {
      raw: null,
      warning: about('row_without_question', row, table.file, {
        ko: `"${row.title}" 행에 어느 질문의 답인지 적혀 있지 않아 읽지 않았습니다. 질문이나 번호 속성을 채우세요.`,
        en: `the row "${row.title}" does not say which question it answers, so it was not read; fill in its question or number.`,
      }),
    };
  if (member === '')
    return {
      raw: null,
      warning: about('row_without_member', row, table.file, {
        ko: `"${row.title}" 행에 누구의 답인지 적혀 있지 않아 읽지 않았습니다. 멤버 속성을 채우세요.`,
        en: `the row "${row.title}" does not say whose answer it is, so it was not read; fill in its member.`,
      }),
    };
  if (!isAnswerSection(member) && naming.known?.has(member) === false)
    return {
      raw: null,
      warning: about('not_a_member', row, table.file, {
        ko: `"${member}"은(는) 멤버가 아니어서 읽지 않았습니다.`,
        en: `"${member}" is none of the members, so this was not read.`,
      }),
    };
  const question = questions.add(named, own.file, own.from);
  const body = { from: own.from, to: own.to };
  if (isAnswerSection(member)) {
    if (question.text === '')
      Object.assign(question, { file: own.file, text: own.text, line: own.from, body });
    return { raw: null, warning: null };
  }
  const reference = value(columns.reference);
  if (reference !== '' && question.text === '') question.text = reference;
  const who = { member, question: { no: question.no, text: question.question } };
  const pageBody = bodyOf(row);
  const raw: RawSubmission =
    row.page && pageBody
      ? rawOf(row.page.taken, { ...pageBody, indent: 0 }, who)
      : {
          ...{ ...who, file: own.file, from: own.from, to: own.to, asked: null, notes: [], inline: [] },
          callouts: own.text === '' ? [] : [{ ...body, role: 'answer', text: own.text, closed: true }],
        };
  const warning = row.isGuess
    ? about('row_joined_by_order', row, table.file, {
        ko: `제목이 "${row.title}"인 행이 여럿이어서 순서대로 맞추었습니다. 맞는지 확인하세요.`,
        en: `several rows have the title "${row.title}"; they were told by their order. Check it.`,
      })
    : null;
  return { raw, warning };
}

/** What the chapter of a database is called: the page that it stands on, else the database. */
export function titleOfDatabase({ name, table }: Database): string {
  const isPlain =
    /^(?:답안?|답변|제출|answers?|submissions?|untitled)(?:\s*(?:db|데이터베이스|database|표))?$/iu.test(
      name,
    );
  return isPlain && folderOf(table.path) !== '' ? nameOfFolder(table) : name;
}
