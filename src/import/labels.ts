import { fencedLines } from './fences.ts';
import { indentOf } from './indent.ts';
import type { LineRange } from './slice.ts';

/** How a line stands out that may say whose text, or to what, follows. */
export type LabelForm = 'heading' | 'bold' | 'bullet' | 'text';

/** A line that may be a label, taken apart. */
export interface Shape {
  line: number;
  form: LabelForm;
  /** A heading's level; deeper than any where it is none. */
  level: number;
  /** Everything that is written, without the sign of a heading or bullet. */
  whole: string;
  /** What may be the label, and what follows it on the line; several where it can be cut in several ways. */
  cuts: { label: string; rest: string }[];
}

/** Lines that are no headings count as deeper than every heading. */
export const belowHeadings = 7;

/** Whether a line is a heading that cannot stand below another line: of a higher level, or behind plain text. */
export function isAbove(shape: Shape, other: Shape): boolean {
  if (shape.form !== 'heading') return false;
  return other.form === 'text' || (other.form === 'heading' && shape.level < other.level);
}

const heading = /^ {0,3}(#{1,6})\s+(.*)$/u;
const bullet = /^(?:[-*+]|(\d{1,3}[.)]))\s+(?:\[[ xX]\]\s+)?(.*)$/u;
const emphasis = /^(\*{1,2})(?!\s|\*)([^*]{1,300}?)\1\s*(.*)$/u;
const separator = /^(?:[:：]|[-–—](?=\s|$))\s*/u;
const inBrackets = /^\\?\[([^[\]]{1,40})\\?\](?:\([^()]*\))?\s*(?:[:：]|[-–—](?=\s|$))?\s*(.*)$/u;
const atSign = /^(@[^\s:：@]{1,30})\s*(?:[:：]|[-–—](?=\s|$))?\s*(.*)$/u;
const beforeSign = /^([^:：]{1,40}?)\s*(?:[:：]|\s[-–—](?=\s|$))\s*(.*)$/u;
const letterA = /^(A\s?\d{0,3})\s*[.)](?:\s+(.*))?$/u;

function cutsOf(whole: string): Shape['cuts'] {
  const cuts = [{ label: whole, rest: '' }];
  const [, , inner = '', behind = ''] = emphasis.exec(whole) ?? [];
  if (inner !== '') {
    const label = inner.replace(/\s*[:：]\s*$/u, '').replace(/^(A\s?\d{0,3})\s*[.)]$/u, '$1');
    const text = behind.replace(/^님\s*/u, '');
    const isCut = label !== inner || separator.test(text) || text === '';
    if (isCut) cuts.push({ label, rest: text.replace(separator, '') });
  }
  for (const form of [inBrackets, atSign, letterA, beforeSign]) {
    const [, label, rest = ''] = form.exec(whole) ?? [];
    if (label !== undefined) cuts.push({ label, rest });
  }
  return cuts;
}

function shapeOf(written: string, line: number): Shape | null {
  const [, signs, text = ''] = heading.exec(written.trimEnd()) ?? [];
  if (signs !== undefined) {
    const whole = text.replace(/(?<!\s)\s+#+$/u, '');
    return { line, form: 'heading', level: signs.length, whole, cuts: cutsOf(whole) };
  }
  // A line further in belongs to what stands above it.
  if (indentOf(written) > 0) return null;
  const [, number, item] = bullet.exec(written.trimEnd()) ?? [];
  const whole = (item === undefined ? written : number === undefined ? item : `${number} ${item}`).trim();
  if (whole === '' || whole.startsWith('<') || whole.startsWith('|') || whole.startsWith('>')) return null;
  const isBullet = item !== undefined && number === undefined;
  const isBold = !isBullet && /^\*\*/u.test(whole);
  const form = isBullet ? 'bullet' : isBold ? 'bold' : 'text';
  return { line, form, level: belowHeadings, whole, cuts: cutsOf(whole) };
}

const opensCallout = /^\s*<aside\b/iu;
const closesCallout = /^\s*<\/aside\s*>|<\/aside\s*>\s*$/iu;

/** Lines inside of callouts; one that is never closed hides nothing. */
function insideCallouts(lines: readonly string[], { from, to }: LineRange): Set<number> {
  const inside = new Set<number>();
  const isCode = fencedLines(lines.slice(from - 1, to));
  const open: number[] = [];
  for (let line = from; line <= to; line += 1) {
    const written = lines[line - 1] ?? '';
    if (isCode[line - from]) continue;
    if (opensCallout.test(written)) open.push(line);
    if (!closesCallout.test(written)) continue;
    const start = open.pop();
    // Of callouts inside each other, the outer one holds all lines.
    if (start === undefined || open.length > 0) continue;
    for (let own = start; own <= line; own += 1) inside.add(own);
  }
  return inside;
}

/** The lines of a range that may be labels: at the left, outside of code and callouts. */
export function* shapesIn(lines: readonly string[], range: LineRange): Generator<Shape> {
  const hidden = insideCallouts(lines, range);
  const isCode = fencedLines(lines.slice(range.from - 1, range.to));
  for (let line = range.from; line <= range.to; line += 1) {
    const written = lines[line - 1] ?? '';
    if (isCode[line - range.from] || hidden.has(line)) continue;
    const shape = shapeOf(written, line);
    if (shape) yield shape;
  }
}
