import { numbered } from './answer-row.ts';
import { isWithoutHeader } from './first-row.ts';
import { isAside, isMemberName } from './form-columns.ts';
import type { Grid } from './grid.ts';
import { memberNames } from './member-names.ts';
import { isAnswerSection } from './outline.ts';
import { readNumberedText } from './question-text.ts';
import type { ReadingHints } from './reader.ts';
import { columnNames, columnRoles } from './table-columns.ts';
import { foldedName } from './table-row.ts';

/** Questions down the first column, members across. */
export interface MembersAcross {
  members: 'across';
  sureness: number;
  /** Whether a column's name says which holds the questions. */
  isNamed: boolean;
  question: number;
  number: number | null;
  chapter: number | null;
  reference: number | null;
  /** Who has to answer. */
  assigned: number | null;
  columns: number[];
  ignored: number[];
}

/** Members down one column, questions across. */
export interface MembersDown {
  members: 'down';
  sureness: number;
  /** Whether a column's name says which holds the members. */
  isNamed: boolean;
  member: number;
  chapter: number | null;
  columns: number[];
  ignored: number[];
}

const assignedName = /^(?:담당(?:자)?|배정|assign(?:ed|ee)(?:to)?)$/u;
const propertyName =
  /^(?:상태|진행|날짜|일자|마감|비고|메모|링크|태그|난이도|유형|출처|페이지|쪽|우선순위|status|date|due|notes?|memo|link|url|tags?|level|type|source|pages?|priority|comments?|price|amount|count|total)$/u;

/** Whether a text asks for something rather than naming somebody. */
function isAsked(text: string): boolean {
  const plain = text.trim();
  return (
    /(?:[?？]|(?<=\p{Script=Hangul})란)(?:\s*[([（][^()[\]（）]*[)\]）])?$/u.test(plain) ||
    numbered.test(plain) ||
    /^\d{1,3}번\s/u.test(plain) ||
    readNumberedText(plain).no !== null ||
    (/(?:요|오|라|다|까|것|기)\.?$/u.test(plain) && /\s/u.test(plain)) ||
    /^(?:what|why|how|when|which|explain|describe|compare|define)\b/iu.test(plain)
  );
}

const longestName = 24;

function isNameLike(text: string): boolean {
  const plain = text.trim();
  return plain.length <= longestName && /\p{L}/u.test(plain) && !isAsked(plain) && !/[,;:!\n]/u.test(plain);
}

function shareOf(texts: readonly string[], test: (text: string) => boolean): number {
  const written = texts.filter((text) => text.trim() !== '');
  return written.length === 0 ? 0 : written.filter(test).length / written.length;
}

/** Whether most of what stands in some columns is more than a word. */
function holdsSentences({ rows }: Grid, columns: readonly number[]): boolean {
  const texts = rows.flatMap(({ cells }) => columns.map((column) => cells[column]?.text.trim() ?? ''));
  return shareOf(texts, (text) => text.length >= 8 && /\s/u.test(text)) >= 0.5;
}

interface Evidence {
  asked: boolean;
  named: boolean;
  /** A model answer stands among the names. */
  model: boolean;
}

function evidenceOf(texts: readonly string[], hints: ReadingHints): Evidence {
  const others = texts.filter((text) => !isAnswerSection(text));
  const listed = memberNames(hints);
  const isListed = (text: string) => hints.members !== undefined && listed(text) !== null;
  return {
    asked: shareOf(others, (text) => isAsked(text) && !isListed(text)) >= 0.5,
    named: others.some(isListed) || (hints.members === undefined && shareOf(others, isNameLike) >= 0.5),
    model: others.length < texts.length,
  };
}

/** Where the columns of a table lie that have one name each. */
class Header {
  readonly texts: readonly string[];
  readonly #hints: ReadingHints;
  readonly #roles: ReturnType<typeof columnRoles>;

  constructor(texts: readonly string[], hints: ReadingHints) {
    this.texts = texts;
    this.#hints = hints;
    this.#roles = columnRoles(columnNames(hints));
  }

  find(test: (text: string) => boolean): number | null {
    const index = this.texts.findIndex(test);
    return index < 0 ? null : index;
  }

  role(role: ReturnType<ReturnType<typeof columnRoles>>): number | null {
    return this.find((text) => this.#roles(text) === role);
  }

  get member(): number | null {
    const own = this.#hints.columns?.member;
    return this.find((text) =>
      own === undefined ? isMemberName(text, this.#roles) : foldedName(text) === foldedName(own),
    );
  }

  others(taken: readonly (number | null)[]): { columns: number[]; ignored: number[] } {
    const [columns, ignored]: [number[], number[]] = [[], []];
    for (const [index, text] of this.texts.entries()) {
      if (taken.includes(index)) continue;
      const isLeftOut =
        text.trim() === '' || isAside(text, this.#hints) || propertyName.test(foldedName(text));
      (isLeftOut ? ignored : columns).push(index);
    }
    return { columns, ignored };
  }
}

function across(header: Header, question: number, sureness: number): MembersAcross | null {
  const [number, chapter] = [header.role('number'), header.role('chapter')];
  const reference = header.find((text) => isAnswerSection(text)) ?? header.role('reference');
  const assigned = header.find((text) => assignedName.test(foldedName(text)));
  const own = number === question ? null : number;
  const rest = header.others([question, own, chapter, reference, assigned]);
  if (rest.columns.length === 0) return null;
  const isNamed = question === header.role('question');
  return {
    members: 'across',
    sureness,
    isNamed,
    question,
    number: own,
    chapter,
    reference,
    assigned,
    ...rest,
  };
}

function down(header: Header, member: number, sureness: number): MembersDown | null {
  const [chapter, number] = [header.role('chapter'), header.role('number')];
  const numbersRows = number !== null && foldedName(header.texts[number] ?? '') !== '' ? number : null;
  const rest = header.others([member, chapter, numbersRows]);
  if (rest.columns.length === 0) return null;
  const ignored = numbersRows === null ? rest.ignored : [numbersRows, ...rest.ignored];
  return { members: 'down', sureness, isNamed: member === header.member, member, chapter, ...rest, ignored };
}

/**
 * How a matrix of members and questions lies: told by what stands in the header and down the first column, else by
 * the names of the columns. null for a table that is none, or that begins without a header.
 */
export function matrixLayout(grid: Grid, hints: ReadingHints): MembersAcross | MembersDown | null {
  const layout = layoutOf(grid, hints);
  return layout && !isWithoutHeader(grid, layout, hints) ? layout : null;
}

function layoutOf(grid: Grid, hints: ReadingHints): MembersAcross | MembersDown | null {
  const header = new Header(
    grid.header.cells.map((cell) => cell.text),
    hints,
  );
  if (header.texts.length < 2 || header.role('answer') !== null) return null;
  const [member, question] = [header.member, header.role('question')];
  if (hints.columns?.member !== undefined && member !== null) return down(header, member, 0.95);
  if (hints.columns?.question !== undefined && question !== null) return across(header, question, 0.95);
  const corner = member ?? question ?? 0;
  const { columns } = header.others([corner, header.role('number'), header.role('chapter')]);
  const top = evidenceOf(
    columns.map((index) => header.texts[index] ?? ''),
    hints,
  );
  const side = evidenceOf(
    grid.rows.map((row) => row.cells[corner]?.text ?? ''),
    hints,
  );
  if (side.asked && !top.asked && top.named) return across(header, corner, question === corner ? 0.95 : 0.8);
  if (top.asked && !side.asked && (side.named || grid.rows.length === 0))
    return down(header, corner, member === corner ? 0.95 : 0.8);
  if (question !== null && member === null && !top.asked && top.named) return across(header, question, 0.7);
  if (member !== null && question === null) {
    const isText = side.model || holdsSentences(grid, columns);
    return down(header, member, isText ? 0.65 : 0.25);
  }
  if (top.model && !side.model && top.named) return across(header, corner, 0.6);
  return side.model && !top.model && side.named ? down(header, corner, 0.6) : null;
}
