/** Notion writes four columns per level; a toggle heading's children are one level in. */
const step = 4;
const heading = /^#{1,6}\s+\S/u;
const structure = /^(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|<\/?(?:aside|details)|\*\*|>\s|\|)/u;
/** What follows backticks that open a fence holds no backtick: "```x``` text" opens none. */
const fence = /^\s*(?:(`{3,})[^`]*|(~{3,}).*)$/u;

/** Columns of leading white space; infinite for a blank line. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += step - (columns % step);
    else return columns;
  }
  return Number.POSITIVE_INFINITY;
}

/** Cuts up to `columns` columns of leading white space; a tab counts to the next multiple of four. */
export function cutIndent(line: string, columns: number): string {
  let index = 0;
  let column = 0;
  while (column < columns && index < line.length) {
    const character = line[index];
    if (character === ' ') column += 1;
    else if (character === '\t') column += step - (column % step);
    else break;
    index += 1;
  }
  return ' '.repeat(Math.max(0, column - columns)) + line.slice(index);
}

/** The line after the block of deeper (or blank) lines that starts at `start`. */
function blockEnd(lines: readonly string[], start: number): number {
  let end = start;
  while (end < lines.length && indentOf(lines[end] ?? '') >= step) end += 1;
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
  let openFence: string | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const match = fence.exec(line);
    const mark = match?.[1] ?? match?.[2];
    if (mark && openFence === null) openFence = mark;
    else if (mark && openFence !== null && mark.startsWith(openFence)) openFence = null;
    if (openFence !== null || !heading.test(line)) continue;

    const end = blockEnd(lines, index + 1);
    const block = lines.slice(index + 1, end);
    const isToggle = block.some(
      (child) => indentOf(child) === step && structure.test(cutIndent(child, step)),
    );
    if (!isToggle) continue;
    for (let child = index + 1; child < end; child += 1) lines[child] = cutIndent(lines[child] ?? '', step);
  }
  return lines;
}
