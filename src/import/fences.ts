import { indentOf, step } from './indent.ts';

/** What follows backticks that open a fence holds no backtick: "```x``` text" opens none. */
const fence = /^\s*(?:(`{3,})([^`]*)|(~{3,})(.*))$/u;
const heading = /^\s*#{1,6}\s+\S/u;

interface Fence {
  mark: string;
  /** A fence with words behind it opens code and closes none. */
  hasWords: boolean;
}

function fenceOf(line: string): Fence | null {
  const match = fence.exec(line);
  const mark = match?.[1] ?? match?.[3];
  return mark ? { mark, hasWords: (match?.[2] ?? match?.[4] ?? '').trim() !== '' } : null;
}

/** The line behind the code that a fence opens; null where nothing closes it, `never` where nothing further down does. */
function codeEnd(lines: readonly string[], start: number, { mark }: Fence): number | null | 'never' {
  const indent = indentOf(lines[start] ?? '');
  let hasHeading = false;
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    // Code in a list item ends with the item.
    if (indentOf(line) <= indent - step) return at;
    const other = fenceOf(line);
    if (other?.mark.startsWith(mark) && !other.hasWords) return at + 1;
    // Behind a heading, code that begins anew is somebody else's.
    if (other && hasHeading && other.mark[0] === mark[0] && indentOf(line) <= indent) return null;
    hasHeading ||= heading.test(line);
  }
  return 'never';
}

interface FencedCode {
  isCode: boolean[];
  /** Indexes of fences that nothing closes. */
  unclosed: number[];
}

function findCode(lines: readonly string[]): FencedCode {
  const isCode = new Array<boolean>(lines.length).fill(false);
  const unclosed: number[] = [];
  // What nothing closes once, nothing closes further down.
  const hopeless = new Map<string, number>();
  for (let index = 0; index < lines.length; index += 1) {
    const opening = fenceOf(lines[index] ?? '');
    if (!opening) continue;
    const [sign = ''] = opening.mark;
    const isOutside = indentOf(lines[index] ?? '') < step;
    const isHopeless = opening.mark.length >= (hopeless.get(sign) ?? Number.POSITIVE_INFINITY);
    const end = isHopeless && isOutside ? null : codeEnd(lines, index, opening);
    if (typeof end !== 'number') {
      if (end === 'never' && isOutside) hopeless.set(sign, opening.mark.length);
      unclosed.push(index);
      continue;
    }
    isCode.fill(true, index, end);
    index = end - 1;
  }
  return { isCode, unclosed };
}

/**
 * Which lines belong to fenced code, its fences included. A fence that nothing closes is text: it would take with it
 * whatever follows, also what others wrote.
 */
export function fencedLines(lines: readonly string[]): boolean[] {
  return findCode(lines).isCode;
}

/** The lines, counted from 1, with fences that nothing closes. */
export function unclosedFences(lines: readonly string[]): number[] {
  return findCode(lines).unclosed.map((index) => index + 1);
}

/** Lines for a parser, to which fences that nothing closes are words. */
export function withoutOpenFences(lines: readonly string[]): readonly string[] {
  const open = new Set(unclosedFences(lines));
  if (open.size === 0) return lines;
  return lines.map((line, index) => (open.has(index + 1) ? line.replace(/[`~]/gu, 'x') : line));
}
