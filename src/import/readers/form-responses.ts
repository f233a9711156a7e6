import type { ImportWarning } from '../../core/chapter.ts';
import { InputError } from '../../core/errors.ts';
import { counted } from '../../core/plural.ts';
import { wordOfCell } from '../answer-row.ts';
import { type FormColumns, formColumns } from '../form-columns.ts';
import { beginningOfCsv, csvGrid, type Grid, type GridRow } from '../grid.ts';
import { LineUses } from '../line-uses.ts';
import { type MemberRow, readMemberRows } from '../member-rows.ts';
import { isAnswerSection } from '../outline.ts';
import type { ChapterReader, ReadChapter, ReadingHints, Recognition, SourceDocument } from '../reader.ts';
import { isAddress, nameOf, type Respondent, Respondents } from '../respondents.ts';
import { titleOfFile } from '../split-sections.ts';
import {
  columnNames,
  columnRoles,
  ignoredColumns,
  refuseMissingColumns,
  shownColumn,
} from '../table-columns.ts';
import { isTableFile } from '../table-file.ts';
import { isJsonl } from '../table-row.ts';
import { withUses } from '../table-uses.ts';
import { readTimestamps } from '../timestamps.ts';

/** Rows that tell what the columns hold. */
const tellingRows = 20;

function textAt({ cells }: GridRow, column: number | null): string {
  return column === null ? '' : (cells[column]?.text ?? '');
}

function withoutNames(header: readonly string[], file: string, line: number): InputError {
  const seen = header.map(shownColumn).join(', ');
  return new InputError(
    {
      ko: `누구의 응답인지 알 수 있는 칸이 없습니다. 본 칸: ${seen}. 이름이나 이메일 주소 칸이 있어야 합니다. 이름이 든 칸을 import.yaml의 columns:에 member로 적으세요.`,
      en: `no column says whose responses these are; there are ${seen}. A column with names or e-mail addresses is needed; name it as member under columns: in import.yaml.`,
    },
    { place: { file, line } },
  );
}

function namelessRow(file: string, line: number): InputError {
  return new InputError(
    {
      ko: '이름도 이메일 주소도 없는 응답입니다. 누구의 답인지 이름 칸에 적으세요.',
      en: 'this response has neither a name nor an e-mail address; write into the column of names whose it is.',
    },
    { place: { file, line } },
  );
}

function namedByAddress(line: number, isAll: boolean): ImportWarning {
  return {
    code: 'member_from_email',
    line,
    message: {
      ko: isAll
        ? '이름 칸이 없어 이메일 주소(사용자 이름)의 @ 앞부분을 멤버의 이름으로 씁니다. 이름으로 바꾸려면 import.yaml의 aliases:에 적으세요.'
        : '이름이 비어 있어 이메일 주소(사용자 이름)의 @ 앞부분을 멤버의 이름으로 씁니다.',
      en: isAll
        ? 'there is no column of names, so the part of the e-mail address (or user name) before the @ is taken as the name; aliases: in import.yaml can give names.'
        : 'the name is blank, so the part of the e-mail address (or user name) before the @ is taken as the name.',
    },
  };
}

/** Whose each row is. */
function rowsOf({ header, rows }: Grid, columns: FormColumns, file: string) {
  const respondents = new Respondents();
  const warnings: ImportWarning[] = [];
  const times = readTimestamps(rows.map((row) => textAt(row, columns.time)));
  if (columns.member === null) warnings.push(namedByAddress(header.from, true));
  const read = rows.map((row, index): MemberRow => {
    const respondent: Respondent = {
      name: textAt(row, columns.member),
      email: textAt(row, columns.email),
      username: textAt(row, columns.username),
      line: row.from,
    };
    const base = { row, chapter: wordOfCell(textAt(row, columns.chapter)), time: times[index] ?? null };
    if (isAnswerSection(respondent.name)) return { ...base, member: null };
    if (nameOf(respondent) === '') throw namelessRow(file, row.from);
    if (columns.member !== null && respondent.name.trim() === '')
      warnings.push(namedByAddress(row.from, false));
    return { ...base, member: respondents.of(respondent) };
  });
  return { rows: read, warnings: [...warnings, ...respondents.warnings] };
}

/** The lines as they may be shown: without addresses in any column but those of questions. */
function withoutAddresses(lines: string[], { rows }: Grid, { questions }: FormColumns): string[] {
  const asked = new Set(questions);
  for (const { cells } of rows)
    for (const [column, { text, from }] of cells.entries())
      if (!asked.has(column) && isAddress(text))
        lines[from - 1] = (lines[from - 1] ?? '').replaceAll(text.trim(), '…');
  return lines;
}

function readForm({ text, file }: SourceDocument, hints: ReadingHints): ReadChapter[] {
  const grid = csvGrid(text, file);
  if (!grid) return [];
  const header = grid.header.cells.map((cell) => cell.text);
  refuseMissingColumns(header, hints, file);
  const columns = formColumns(grid, hints);
  if (columns.member === null && columns.email === null && columns.username === null)
    throw withoutNames(header, file, grid.header.from);
  const { rows, warnings } = rowsOf(grid, columns, file);
  const lines = withoutAddresses(text.split('\n'), grid, columns);
  const uses = new LineUses(lines);
  const chapters = readMemberRows({
    title: titleOfFile(file),
    grid,
    rows,
    questions: columns.questions,
    // Who sends a form has seen all of it.
    blankIsOthers: false,
    warnings: [
      ...ignoredColumns(
        columns.ignored.map((index) => shownColumn(header[index] ?? '', index)),
        grid.header.from,
      ),
      ...warnings,
    ],
    models: [],
    uses,
    hints,
  });
  if (chapters.length > 0) return withUses(chapters, file, lines, uses);
  throw new InputError(
    {
      ko: '응답이 하나도 없는 표입니다. 응답이 들어온 뒤에 다시 내려받으세요.',
      en: 'this sheet has no responses; download it again once there are some.',
    },
    { place: { file } },
  );
}

/** How sure the columns make it; next to nothing without a time stamp or an address. */
function surenessOf(columns: FormColumns, header: readonly string[], hints: ReadingHints): number {
  if (columns.questions.length === 0) return 0;
  const roleOf = columnRoles(columnNames(hints));
  const roles = new Set(header.map(roleOf));
  // As likely one answer on each row, where nothing but an address says whose.
  if (roles.has('answer') && (roles.has('question') || roles.has('number'))) return 0.4;
  if (columns.time !== null) return 0.95;
  // An address in the first row is a respondent's: the sheet has no header.
  if (header.some(isAddress)) return 0;
  if (columns.email !== null) return 0.75;
  return columns.member === null ? 0 : 0.2;
}

/** Responses to a form: one response on each row, one question in each column, with time stamps or addresses. */
export const formResponses: ChapterReader = {
  name: 'form-responses',
  about: {
    ko: '설문(Google Forms 등) 응답 시트(CSV): 한 줄에 응답 하나, 질문마다 한 칸',
    en: 'responses to a form such as Google Forms (CSV): one on each row, one column for each question',
  },
  recognise(documents, hints): Recognition | null {
    const [document, ...others] = documents;
    if (!document || others.length > 0 || !isTableFile(document.path) || isJsonl(document.text)) return null;
    const grid = beginningOfCsv(document.text, tellingRows);
    if (!grid) return null;
    const columns = formColumns(grid, hints);
    const header = grid.header.cells.map((cell) => cell.text);
    const sureness = surenessOf(columns, header, hints);
    if (sureness === 0) return null;
    const count = columns.questions.length;
    return {
      sureness,
      why: {
        ko: `응답 한 줄에 질문 ${count}개가 칸으로 있습니다${columns.time === null ? '' : '(제출 시각도 있습니다)'}.`,
        en: `${counted(count, 'question')} in the columns${columns.time === null ? '' : ', and a time stamp for each response'}.`,
      },
      files: [document.file],
      read: () => readForm(document, hints),
    };
  },
};
