import { numbered } from './answer-row.ts';
import { isAside, isMemberName } from './form-columns.ts';
import type { Grid } from './grid.ts';
import type { MembersAcross, MembersDown } from './matrix-layout.ts';
import { nameLikeness } from './names.ts';
import { isAnswerSection } from './outline.ts';
import type { ReadingHints } from './reader.ts';
import { columnNames, columnRoles } from './table-columns.ts';

/** Whether one of the texts is a name that columns usually have, or that a person gave. */
export function hasKnownColumn(header: readonly string[], hints: ReadingHints): boolean {
  const roleOf = columnRoles(columnNames(hints));
  return header.some(
    (text) =>
      roleOf(text) !== null || isMemberName(text, roleOf) || isAside(text, hints) || isAnswerSection(text),
  );
}

const onlyDigits = /^\d+$/u;
const questionMark = /[?？]$/u;

/** A text by its shape, whatever numbers stand in it. */
function shapeOf(text: string): string {
  return text.replace(/\d+/gu, '0');
}

/** Whether a column's name is one more of the questions, or of their numbers, that stand below it. */
function isOneMore(name: string, below: readonly string[], isMixed: boolean): boolean {
  if (below.length === 0) return false;
  if (numbered.test(name)) return below.every((text) => shapeOf(text) === shapeOf(name));
  if (!questionMark.test(name)) return false;
  if (below.every((text) => text === name)) return true;
  return (isMixed || below.length > 1) && below.every((text) => questionMark.test(text));
}

/**
 * Whether the first row of what looks like a matrix names nothing: it is an answer like the rows below, or its names
 * say no more than any letters.
 */
export function isWithoutHeader(
  { header, rows }: Grid,
  layout: MembersAcross | MembersDown,
  hints: ReadingHints,
): boolean {
  const names = header.cells.map(({ text }) => text.trim());
  const corner = layout.members === 'down' ? layout.member : layout.question;
  // Who leaves the corner blank names the others.
  if (names[corner] === '' || hasKnownColumn(names, hints)) return false;
  const nameOf = (column: number) => names[column] ?? '';
  const below = (column: number) =>
    rows.map(({ cells }) => cells[column]?.text.trim() ?? '').filter((text) => text !== '');
  if (layout.members === 'down') {
    const isMixed = layout.columns.some((column) => !questionMark.test(nameOf(column)));
    return layout.columns.some((column) => isOneMore(nameOf(column), below(column), isMixed));
  }
  if (isOneMore(nameOf(corner), below(corner), true)) return true;
  const isListed = hints.members !== undefined;
  const areNumbers = below(corner).every((text) => onlyDigits.test(text));
  return !isListed && areNumbers && layout.columns.every((column) => nameLikeness(nameOf(column)) === 0);
}
