import type { Node } from 'mdast';
import { cutIndent } from './indent.ts';

/** A run of source lines, first and last counted from 1. */
export interface LineRange {
  from: number;
  to: number;
}

/** The lines a node covers. */
export function linesOf(node: Node): LineRange {
  return { from: node.position?.start.line ?? 1, to: node.position?.end.line ?? 1 };
}

function isIgnorableEdge(line: string): boolean {
  return line.trim() === '' || /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/u.test(line);
}

/** A range without the blank lines and rules at its edges; `to` < `from` when nothing is left. */
export function trimRange(range: LineRange, source: readonly string[]): LineRange {
  let { from, to } = range;
  while (from <= to && isIgnorableEdge(source[from - 1] ?? '')) from += 1;
  while (to >= from && isIgnorableEdge(source[to - 1] ?? '')) to -= 1;
  return { from, to };
}

/**
 * Lines as a text: indentation of the surrounding structure removed, right-trimmed, without blank lines and
 * rules at the edges. Nothing inside is rewritten.
 */
export function textOfLines(lines: readonly string[], indent: number): string {
  const cut = lines.map((line) => cutIndent(line, indent).trimEnd());
  const { from, to } = trimRange({ from: 1, to: cut.length }, cut);
  return cut.slice(from - 1, to).join('\n');
}

/** The text of a run of source lines. */
export function sliceLines(source: readonly string[], range: LineRange, indent: number): string {
  return textOfLines(source.slice(range.from - 1, range.to), indent);
}
