import { CsvError, type InfoRecord } from 'csv-parse';
import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import { foldedName, type TableRow } from './table-row.ts';

/** The sign that separates the names in the first line; the one that occurs most often outside quotes. */
function delimiterOf(text: string): string {
  const header = text.split('\n').find((line) => line.trim() !== '') ?? '';
  const bare = header.replace(/"[^"]*"/gu, '');
  const count = (sign: string) => bare.split(sign).length - 1;
  return [';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}

/** What is wrong with a CSV record, by the parser's code. */
const csvFaults: Readonly<Record<string, Localized>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: {
    ko: '칸의 수가 첫 줄과 다릅니다. 쉼표나 줄바꿈이 든 칸은 "따옴표"로 감싸세요.',
    en: 'this record has more or fewer fields than the header; put a field with separators or line ends into "quotes".',
  },
  CSV_QUOTE_NOT_CLOSED: {
    ko: '이 답에서 연 따옴표가 끝까지 닫히지 않았습니다. 닫는 따옴표(")를 적으세요.',
    en: 'a quote opened in this record is never closed; add the closing quote (").',
  },
};
const csvFault: Localized = {
  ko: 'CSV로 읽을 수 없는 따옴표가 있습니다. 칸 전체를 감싸고, 안의 따옴표는 두 번("") 적으세요.',
  en: 'a quote cannot be read as CSV; put the whole field into quotes and write a quote inside it twice ("").',
};

/**
 * Makes sure that a text may be a table: its first line names more than one column.
 * @throws InputError
 */
export function refuseNoTable(text: string, file: string): void {
  if (text.trim() === '' || /[,;\t]/u.test(text.trimStart().split('\n')[0] ?? '')) return;
  throw new InputError(
    {
      ko: 'JSONL도 CSV도 아닙니다. CSV라면 첫 줄에 칸의 이름을 쉼표로 나누어 적으세요.',
      en: 'this is neither JSONL nor CSV; a CSV file names its columns in the first line, with commas between them.',
    },
    { place: { file, line: 1 } },
  );
}

/** Takes records from the parser and makes rows of them. */
export interface RowCollector {
  /** What the parser is to call; it is told to keep nothing. */
  onRecord(record: string[], info: Pick<InfoRecord, 'lines'>): null;
  /** The rows since the last call. */
  take(): TableRow[];
  /** The line that the last record ends on. */
  readTo(): number;
}

/** Collects the rows of one table, whose first record names the columns. */
export function rowCollector(): RowCollector {
  let header: { names: string[]; line: number } | null = null;
  let rows: TableRow[] = [];
  let readTo = 0;
  return {
    onRecord(record, { lines }) {
      readTo = lines;
      const inside = record.reduce((sum, field) => sum + field.split('\n').length - 1, 0);
      const line = lines - inside;
      if (header) {
        const fields = new Map(header.names.map((name, index) => [name, record[index]]));
        rows.push({ namesLine: header.line, line, fields });
      } else header = { names: record.map(foldedName), line };
      return null;
    },
    take() {
      const taken = rows;
      rows = [];
      return taken;
    },
    readTo: () => readTo,
  };
}

/** How a table is parsed that begins with a text of at least one line. */
export function csvOptions(text: string, { onRecord }: RowCollector) {
  return {
    delimiter: delimiterOf(text),
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    on_record: onRecord,
  };
}

/** What to say of an error of the parser; other errors are given back as they are. */
export function csvError(cause: unknown, rows: RowCollector, file: string): unknown {
  if (!(cause instanceof CsvError)) return cause;
  // The parser notices an open quote at the end of the file.
  const line = cause.code === 'CSV_QUOTE_NOT_CLOSED' ? rows.readTo() + 1 : Number(cause['lines']);
  return new InputError(csvFaults[cause.code] ?? csvFault, { place: { file, line }, cause });
}
