import type { Chapter, ImportWarning } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import { bodyOfCell, wordOfCell } from './answer-row.ts';
import { dealtWarning, isDealt } from './dealt-cells.ts';
import type { Grid, GridRow } from './grid.ts';
import type { LineUses } from './line-uses.ts';
import type { MembersAcross, MembersDown } from './matrix-layout.ts';
import { type MemberRow, readMemberRows } from './member-rows.ts';
import type { ModelAnswer } from './model-answers.ts';
import { isAnswerSection } from './outline.ts';
import { readQuestionRows } from './question-rows.ts';
import type { ReadingHints } from './reader.ts';
import { ignoredColumns, refuseMissingColumns, shownColumn } from './table-columns.ts';

/** A matrix of members and questions, and how it lies. */
export interface Matrix {
  file: string;
  title: string;
  grid: Grid;
  layout: MembersAcross | MembersDown;
  /** Model answers that stand apart from the table. */
  models: readonly ModelAnswer[];
  /** Of the document, to be marked. */
  uses: LineUses;
  hints: ReadingHints;
}

function withoutMember(file: string, line: number): InputError {
  return new InputError(
    {
      ko: '답은 있는데 멤버가 비어 있는 줄입니다. 누가 쓴 답인지 이름 칸에 적으세요.',
      en: 'this row has answers but no member; write into the column of names whose they are.',
    },
    { place: { file, line } },
  );
}

function withoutAnswers(file: string): InputError {
  return new InputError(
    {
      ko: '멤버의 답이 하나도 없는 표입니다. 멤버마다 한 칸(또는 한 줄)에 답을 적으세요.',
      en: 'this table has no answer of a member; write the answers into a column (or a row) for each member.',
    },
    { place: { file } },
  );
}

function textAt({ cells }: GridRow, column: number | null): string {
  return column === null ? '' : (cells[column]?.text ?? '');
}

function memberRowsOf({ grid, file }: Matrix, layout: MembersDown): MemberRow[] {
  return grid.rows.map((row) => {
    const member = wordOfCell(textAt(row, layout.member));
    if (member === '') throw withoutMember(file, row.from);
    const chapter = wordOfCell(textAt(row, layout.chapter));
    return { row, member: isAnswerSection(member) ? null : member, chapter, time: null };
  });
}

function readDown(matrix: Matrix, layout: MembersDown, warnings: readonly ImportWarning[]) {
  const rows = memberRowsOf(matrix, layout);
  const filled = layout.columns.map((column) =>
    rows.flatMap(({ row, member }) =>
      member === null || bodyOfCell(textAt(row, column)) === '' ? [] : [member],
    ),
  );
  const blankIsOthers = isDealt(filled);
  const guesses = blankIsOthers ? [dealtWarning(matrix.grid.header.from)] : [];
  return readMemberRows({
    ...matrix,
    rows,
    questions: layout.columns,
    blankIsOthers,
    warnings: [...warnings, ...guesses],
  });
}

/** Says who was taken for a member where no column's name tells. */
function guessedMembers({ grid, layout }: Matrix): ImportWarning[] {
  if (layout.isNamed) return [];
  const names =
    layout.members === 'across'
      ? layout.columns.map((column) => textAt(grid.header, column))
      : grid.rows.map((row) => textAt(row, layout.member));
  const shown = names.slice(0, 5).map((name) => `"${wordOfCell(name)}"`);
  const list = names.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ');
  return [
    {
      code: 'members_guessed',
      line: grid.header.from,
      message: {
        ko: `멤버나 질문이라는 이름의 칸이 없어 ${list}을(를) 멤버로 보고 읽었습니다. 맞는지 확인하고, 아니면 import.yaml의 columns:에 member나 question을 적으세요.`,
        en: `no column is called after members or questions, so ${list} were taken for members; check it, and if not, name the column as member or question under columns: in import.yaml.`,
      },
    },
  ];
}

/** @throws InputError naming the line of a row that does not say whose answers, or answers to what, it holds */
export function readMatrix(matrix: Matrix): Chapter[] {
  const { grid, layout, hints, file } = matrix;
  const header = grid.header.cells.map((cell) => cell.text);
  refuseMissingColumns(header, hints, file);
  const ignored = ignoredColumns(
    layout.ignored.map((index) => shownColumn(header[index] ?? '', index)),
    grid.header.from,
  );
  const warnings = [...guessedMembers(matrix), ...ignored];
  const read =
    layout.members === 'down'
      ? readDown(matrix, layout, warnings)
      : readQuestionRows({ ...matrix, layout, warnings });
  if (read.length === 0) throw withoutAnswers(file);
  return read;
}
