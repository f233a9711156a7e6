import { fencedLines } from './fences.ts';
import { cutIndent, indentOf, step } from './indent.ts';

const heading = /^#{1,6}\s+\S/u;
const structure = /^(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|<\/?(?:aside|details)|\*\*|>\s|\|)/u;

/** What opens a block of its own at the very left. */
const opensBlock = /^(?:[-*+]\s|\d{1,9}[.)]\s|>|\||```|~~~)/u;

/** A page's lines, and which of them belong to fenced code. */
interface Fenced {
  lines: readonly string[];
  isCode: readonly boolean[];
}

/** The next line from one on that is not blank, and the next heading at the left or one level in. */
interface Ahead {
  text: number;
  heading: number;
}

function lookAhead({ lines, isCode }: Fenced, from: number, known: Ahead): Ahead {
  let { text, heading: at } = known;
  if (text < from) for (text = from; text < lines.length && (lines[text] ?? '').trim() === ''; ) text += 1;
  if (at < from) {
    const isHeading = (line: string) => indentOf(line) <= step && heading.test(line.trimStart());
    for (at = from; at < lines.length && (isCode[at] || !isHeading(lines[at] ?? '')); ) at += 1;
  }
  return { text, heading: at };
}

/**
 * The line after the block of deeper (or blank) lines that starts at `start`. Lines at the left may be astray in it:
 * the text behind them goes on inside, or a heading does.
 */
function blockEnd(page: Fenced, start: number): number {
  const { lines } = page;
  const isInside = (at: number) =>
    Number.isFinite(indentOf(lines[at] ?? '')) && indentOf(lines[at] ?? '') >= step;
  let ahead: Ahead = { text: -1, heading: -1 };
  let hasText = false;
  let end = start;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    hasText ||= isInside(end);
    if (indentOf(line) >= step) continue;
    if (!hasText || heading.test(line)) break;
    ahead = lookAhead(page, end + 1, ahead);
    if (!isInside(ahead.heading) && (opensBlock.test(line) || !isInside(ahead.text))) break;
  }
  return end;
}

/**
 * Undoes the indentation that Notion gives to the children of toggle headings, which a Markdown parser would
 * read as one block of code. Only blocks that hold structure at exactly one level in are moved, so an indented
 * code block under a heading stays code. Keeps the number of lines. Where every level is four
 * columns (one tab), as Notion writes, undoing twice changes nothing more; after other indentation it may.
 */
export function undoToggleIndentation(source: readonly string[]): string[] {
  const lines = [...source];
  const isCode = fencedLines(lines);
  for (let index = 0; index < lines.length; index += 1) {
    if (isCode[index] || !heading.test(lines[index] ?? '')) continue;

    const end = blockEnd({ lines, isCode }, index + 1);
    const block = lines.slice(index + 1, end);
    const isToggle = block.some(
      (child) => indentOf(child) === step && structure.test(cutIndent(child, step)),
    );
    if (!isToggle) continue;
    for (let child = index + 1; child < end; child += 1) lines[child] = cutIndent(lines[child] ?? '', step);
  }
  return lines;
}
