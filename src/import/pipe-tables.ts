import type { Grid, GridRow } from './grid.ts';
import { parseMarkdown } from './markdown.ts';
import { outline, type Section } from './outline.ts';
import { linesOf } from './slice.ts';
import { undoToggleIndentation } from './toggle-indent.ts';

/** A table of a page with the section it stands in. */
export interface PageTable {
  grid: Grid;
  section: Section;
}

/** A page with its tables. */
export interface TablePage {
  source: readonly string[];
  sections: readonly Section[];
  tables: PageTable[];
}

const lineBreak = /<br\s*\/?>/giu;

/** The cells of a line; a table has no other way to write a line end or a bar than `<br>` and `\|`. */
function pipeRow(line: string, no: number): GridRow {
  const bare = line
    .trim()
    .replace(/^\|/u, '')
    .replace(/(?<!\\)\|$/u, '');
  const texts = bare
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.replaceAll('\\|', '|').replace(lineBreak, '\n').trim());
  return { cells: texts.map((text) => ({ text, from: no, to: no })), from: no, to: no };
}

/** The tables at the top level of a Markdown page. */
export function pipeTables(text: string): TablePage {
  const source = undoToggleIndentation(text.split('\n'));
  const sections = outline(parseMarkdown(source.join('\n')).children, source);
  const tables = sections.flatMap((section) =>
    section.content
      .filter((node) => node.type === 'table')
      .map((node): PageTable => {
        const { from, to } = linesOf(node);
        const row = (no: number) => pipeRow(source[no - 1] ?? '', no);
        const header = row(from);
        // The line below the header says nothing but that this is a table.
        const rows = Array.from({ length: to - from - 1 }, (_, index) => row(from + 2 + index));
        return {
          section,
          grid: {
            header: { ...header, to: from + 1 },
            rows: rows.filter(({ cells }) => cells.some((cell) => cell.text !== '')),
          },
        };
      }),
  );
  return { source, sections, tables };
}
