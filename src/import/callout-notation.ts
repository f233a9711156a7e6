import { fencedLines } from './fences.ts';
import { cutIndent, indentOf } from './indent.ts';
import { isAnswerSection } from './outline.ts';
import { readNumberedText } from './question-text.ts';
import type { LineRange } from './slice.ts';

const opening = /^\s*(?::{3,}\s*callout\b|<callout\b)(.*)$/iu;
const closing = /^\s*(?::{3,}|<\/callout\s*>)\s*$/iu;
const iconOf = /\bicon="([^"]*)"/iu;
const quoted = /^(\s*)>\s?(.*)$/u;
const quotedIcon = /^(?:\p{Extended_Pictographic}|\[!\w+\])/u;

function spaces(count: number): string {
  return ' '.repeat(count);
}

/** Where the block closes that opens on a line; null when it never does. */
function closingLines(lines: readonly string[]): Map<number, number> {
  const isCode = fencedLines(lines);
  const open: number[] = [];
  const ends = new Map<number, number>();
  for (const [index, line] of lines.entries()) {
    if (isCode[index]) continue;
    if (opening.test(line)) open.push(index);
    else if (closing.test(line)) {
      const start = open.pop();
      if (start !== undefined && open.length === 0) ends.set(start, index);
    }
  }
  return ends;
}

/** Blocks of `::: callout {icon="💡"}` and `<callout icon="💡">`, whose content stands one level in. */
function plainBlocks(lines: readonly string[]): string[] {
  const ends = closingLines(lines);
  if (ends.size === 0) return [...lines];
  const result = [...lines];
  for (const [start, end] of ends) {
    const head = lines[start] ?? '';
    const indent = indentOf(head);
    const inside = lines.slice(start + 1, end);
    const depth = Math.max(indent, indentOf(inside.find((line) => line.trim() !== '') ?? head));
    result[start] = `${spaces(indent)}<aside>${iconOf.exec(head)?.[1] ?? ''}`;
    for (const [index, line] of inside.entries())
      result[start + 1 + index] = line.trim() === '' ? line : spaces(indent) + cutIndent(line, depth);
    result[end] = `${spaces(indent)}</aside>`;
  }
  return result;
}

/** The line after the quotation that begins on a line. */
function quotationEnd(lines: readonly string[], start: number): number {
  let end = start;
  while (quoted.test(lines[end] ?? '')) end += 1;
  return end;
}

/** Keeps track of whether lines stand among the model answers, whose text stays as it is. */
class AnswerSections {
  #level: number | null = null;

  holds(line: string): boolean {
    const [, signs, title = ''] = /^(#{1,6})\s+(.*)$/u.exec(line) ?? [];
    if (signs === undefined) return this.#level !== null;
    const goesOn =
      this.#level !== null && (signs.length > this.#level || readNumberedText(title).no !== null);
    if (isAnswerSection(title)) this.#level = signs.length;
    else if (!goesOn) this.#level = null;
    return this.#level !== null;
  }
}

/** Quotations with an icon, and alerts: `> 💡 …`, `> [!NOTE]`. A plain quotation stays one. */
function plainQuotations(lines: readonly string[]): string[] {
  const result = [...lines];
  const isCode = fencedLines(lines);
  const answers = new AnswerSections();
  let depth = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (isCode[index] || answers.holds(line)) continue;
    const opened = line.match(/<aside\b/giu)?.length ?? 0;
    const closed = line.match(/<\/aside\b/giu)?.length ?? 0;
    // No callout reaches over a heading, and tags may be astray.
    depth = /^#{1,6}\s/u.test(line) ? 0 : Math.max(0, depth + opened - closed);
    const [, indent = '', text = ''] = quoted.exec(line) ?? [];
    if (depth > 0 || !quotedIcon.test(text)) continue;
    const end = quotationEnd(lines, index);
    for (let at = index; at < end; at += 1) result[at] = indent + (quoted.exec(lines[at] ?? '')?.[2] ?? '');
    result[index] = `${indent}<aside>${text}`;
    // A blank line takes the closing tag, so that it stands behind no code.
    if (end < lines.length && lines[end]?.trim() === '') result[end] = `${indent}</aside>`;
    else result[end - 1] = `${result[end - 1]}</aside>`;
    index = end - 1;
  }
  return result;
}

/**
 * Callouts in other notations as `<aside>`s. Keeps the number of lines; what stands inside loses the signs and the
 * indentation of the callout and nothing else.
 */
export function plainCallouts(lines: readonly string[]): string[] {
  return plainQuotations(plainBlocks(lines));
}

/**
 * Moves callouts that stand at the very left below a bullet into it, as Notion would write them. Keeps the number of
 * lines; null where there are none.
 */
export function calloutsIntoBullets(lines: readonly string[], ranges: readonly LineRange[]): string[] | null {
  let result: string[] | null = null;
  for (const range of ranges) {
    for (const { from, to } of calloutsAtLeft(lines, range)) {
      result ??= [...lines];
      for (let line = from; line <= to; line += 1)
        result[line - 1] = lines[line - 1]?.trim() === '' ? '' : `    ${lines[line - 1]}`;
    }
  }
  return result;
}

/** Whole callouts at the very left with a bullet above them; a callout holds no heading. */
function calloutsAtLeft(lines: readonly string[], { from, to }: LineRange): LineRange[] {
  const found: LineRange[] = [];
  const isCode = fencedLines(lines.slice(from - 1, to));
  let [hasBullet, start] = [false, 0];
  for (let line = from; line <= to; line += 1) {
    const written = lines[line - 1] ?? '';
    if (isCode[line - from]) continue;
    if (start === 0 && /^(?:[-*+]|\d{1,9}[.)])\s/u.test(written)) hasBullet = true;
    else if (/^[^\s<]/u.test(written) && start === 0) hasBullet = false;
    // One that is never closed ends where the next one opens, and is left where it is.
    if (hasBullet && /^<aside\b/iu.test(written)) start = line;
    if (start === 0 || !/<\/aside\s*>\s*$/iu.test(written) || indentOf(written) > 0) continue;
    found.push({ from: start, to: line });
    start = 0;
  }
  return found;
}
