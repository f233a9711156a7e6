/** Notion writes four columns per level; a toggle heading's children are one level in. */
export const step = 4;

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
