import type { LineRange } from './slice.ts';

/** A row of a Markdown table. */
export interface TableLine {
  line: number;
  cells: string[];
}

/** The cells of a table's row as written; `\|` is no border. */
function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/u, '')
    .replace(/(?<!\\)\|$/u, '');
  return inner.split(/(?<!\\)\|/u).map((cell) => cell.trim().replace(/\\\|/gu, '|'));
}

/** The rows of a Markdown table below its head and delimiter. */
export function rowsIn(source: readonly string[], { from, to }: LineRange): TableLine[] {
  const rows: TableLine[] = [];
  for (let line = from + 2; line <= to; line += 1)
    rows.push({ line, cells: cellsOf(source[line - 1] ?? '') });
  return rows;
}
