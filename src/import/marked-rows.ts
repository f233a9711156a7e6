import { parse } from 'csv-parse/sync';
import { InputError } from '../core/errors.ts';
import { csvError, csvOptions, refuseNoTable, rowCollector } from './csv-rows.ts';
import { isJsonl, jsonlRow, type TableRow } from './table-row.ts';

function jsonlRows(text: string, file: string): TableRow[] {
  return text.split('\n').flatMap((content, index) => jsonlRow(content, index + 1, file) ?? []);
}

/**
 * The records of a CSV text with LF line ends.
 * @throws InputError with the line that is not CSV
 */
export function csvRows(text: string, file: string): TableRow[] {
  refuseNoTable(text, file);
  const rows = rowCollector();
  try {
    parse(text, csvOptions(text, rows));
  } catch (cause) {
    throw csvError(cause, rows, file);
  }
  return rows.take();
}

/**
 * The records of a table, JSONL or CSV.
 * @param text with LF line ends
 * @throws InputError with the line that is not JSON or not CSV
 */
export function wholeRows(text: string, file: string): TableRow[] {
  return isJsonl(text) ? jsonlRows(text, file) : csvRows(text, file);
}

/**
 * The records of a file: JSONL when its first sign is a brace, else CSV with a header line, separated by the
 * sign that the header shows. Blank lines are passed over, line ends become LF.
 * @throws InputError with the line that is not JSON or not CSV
 */
export function tableRows(text: string, file: string): TableRow[] {
  const content = text.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n');
  return wholeRows(content, file);
}

/**
 * The records of a file of answers; see {@link tableRows}.
 * @throws InputError with the line that is not JSON or not CSV, or when there is no record
 */
export function markedRows(text: string, file: string): TableRow[] {
  const rows = tableRows(text, file);
  if (rows.length === 0) {
    throw new InputError(
      {
        ko: '답이 하나도 없는 파일입니다. 사람이 채점한 답을 한 줄에 하나씩 적은 JSONL이나 CSV를 지정하세요.',
        en: 'the file has no answers; name a JSONL or CSV file with one marked answer on each line.',
      },
      { place: { file } },
    );
  }
  return rows;
}
