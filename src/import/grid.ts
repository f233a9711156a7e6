import { CsvError, type InfoRecord } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { csvError, csvOptions, longestBeginning, refuseNoTable } from './csv-rows.ts';
import type { LineRange } from './slice.ts';

/** What stands at a row and column of a table, with the lines it stands on. */
export interface Cell extends LineRange {
  text: string;
}

export interface GridRow extends LineRange {
  cells: Cell[];
}

/** A table as it is written, whatever its rows and columns mean. */
export interface Grid {
  header: GridRow;
  rows: GridRow[];
}

/** A row of cells that follow each other, each with line ends of its own. */
function gridRow(texts: readonly string[], from: number): GridRow {
  let line = from;
  const cells = texts.map((text): Cell => {
    const cell = { text, from: line, to: line + text.split('\n').length - 1 };
    line = cell.to;
    return cell;
  });
  return { cells, from, to: line };
}

/** Collects records as rows; what the parser calls is told to keep nothing. */
function gridCollector() {
  const rows: GridRow[] = [];
  const onRecord = (record: string[], { lines }: Pick<InfoRecord, 'lines'>) => {
    const inside = record.reduce((sum, field) => sum + field.split('\n').length - 1, 0);
    rows.push(gridRow(record, lines - inside));
    return null;
  };
  return { rows, onRecord, readTo: () => rows.at(-1)?.to ?? 0 };
}

function gridOf([header, ...rows]: readonly GridRow[]): Grid | null {
  return header ? { header, rows } : null;
}

/**
 * The whole of a CSV table; null where it has no record.
 * @param text with LF line ends
 * @throws InputError with the line that is not CSV
 */
export function csvGrid(text: string, file: string): Grid | null {
  refuseNoTable(text, file);
  const collector = gridCollector();
  try {
    parse(text, csvOptions(text, collector));
  } catch (cause) {
    throw csvError(cause, collector, file);
  }
  return gridOf(collector.rows);
}

/** The header and the first rows of a CSV table, up to what is not CSV; null where there is none. */
export function beginningOfCsv(text: string, rows: number): Grid | null {
  const collector = gridCollector();
  try {
    parse(text.slice(0, longestBeginning), { ...csvOptions(text, collector), to: rows + 1 });
  } catch (cause) {
    // What is wrong is said where the table is read.
    if (!(cause instanceof CsvError)) throw cause;
  }
  return gridOf(collector.rows);
}
