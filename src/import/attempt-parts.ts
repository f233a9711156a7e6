import { isTemplateLine } from '../core/answer-text.ts';
import type { LineRange } from './slice.ts';

/** A run of lines with its text, which holds one line for each of them but those at the edges. */
export interface TextPart extends LineRange {
  text: string;
}

const revision =
  '(?:수정(?:\\s*답변|본|안)?|추가(?:\\s*답변)?|보완|정정|(?:2|두)\\s*(?:차|번째)\\s*(?:답변|답안|답|시도)|edit(?:ed)?|revised(?: answer)?|second attempt)';
const original =
  '(?:(?:1|첫)\\s*(?:차|번째)\\s*(?:답변|답안|답|시도)|처음\\s*(?:쓴\\s*)?(?:답변|답안|답)|first (?:attempt|answer))';
/** In brackets, before a colon, in bold, or alone on its line. */
function labelOf(words: string): RegExp {
  return new RegExp(
    `^\\s*(?:[-*+]\\s+|#{1,6}\\s+)?(?:[([]${words}[)\\]]\\s*[:：]?|\\*\\*[([]?${words}[)\\]]?\\s*[:：]?\\*\\*\\s*[:：]?|${words}\\s*(?:[:：]|$))[ \\t]*`,
    'iu',
  );
}
const revisionLabel = labelOf(revision);
const originalLabel = labelOf(original);
/** A struck word or two are a slip of the pen in a sentence that goes on. */
const shortestStruck = 8;
const struck = /^\s*~~((?:[^~]|~(?!~))+)~~\s*(\S[\s\S]*)$/u;

/** The line on which a part's text begins. */
function firstLineOf({ from, to, text }: TextPart, source: readonly string[]): number {
  const [first = ''] = text.split('\n');
  for (let line = from; line <= to; line += 1) if (source[line - 1]?.includes(first.trim())) return line;
  return from;
}

function trimmed(lines: readonly string[], from: number): TextPart | null {
  const isEdge = (line: string | undefined) =>
    line === undefined || line.trim() === '' || isTemplateLine(line);
  let [start, end] = [0, lines.length];
  while (start < end && isEdge(lines[start])) start += 1;
  while (end > start && isEdge(lines[end - 1])) end -= 1;
  if (start === end) return null;
  return { from: from + start, to: from + end - 1, text: lines.slice(start, end).join('\n') };
}

/** Where later attempts begin; lines of code are none. */
function bordersIn(lines: readonly string[]): number[] {
  let isCode = false;
  const found = [0];
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:```|~~~)/u.test(line)) isCode = !isCode;
    else if (!isCode && index > 0 && revisionLabel.test(line)) found.push(index);
  }
  return [...found, lines.length];
}

/**
 * Takes a part of an answer apart: what was written first, and what is marked as written later (`수정:`, `(추가)`,
 * `2차 답변`, or behind struck words that begin it). Lines of a template at the edges are left out.
 */
export function attemptsIn(
  part: TextPart,
  source: readonly string[],
): { first: TextPart | null; later: TextPart[] } {
  const start = firstLineOf(part, source);
  const lines = part.text.split('\n');
  const borders = bordersIn(lines);
  const cut = borders.slice(0, -1).map((from, index) => {
    const own = lines.slice(from, borders[index + 1]);
    own[0] = (own[0] ?? '').replace(index === 0 ? originalLabel : revisionLabel, '');
    return trimmed(own, start + from);
  });
  const [first = null, ...later] = cut;
  const [, old = '', anew = ''] = struck.exec(first?.text ?? '') ?? [];
  const revised = later.filter((item) => item !== null);
  if (!first || old.trim().length < shortestStruck) return { first, later: revised };
  return { first: { ...first, text: old.trim() }, later: [{ ...first, text: anew.trim() }, ...revised] };
}
