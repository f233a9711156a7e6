import { CsvError, type InfoRecord } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import { foldedName, type TableRow } from './table-row.ts';

/** Characters at the beginning of a table that tell how it is written. */
export const longestBeginning = 64_000;

/** The line end behind the names, which may hold line ends in quotes; -1 where the text ends before. */
function endOfHeader(text: string): number {
  let isQuoted = false;
  for (let at = Math.max(0, text.search(/\S/u)); at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === '\n' && !isQuoted) return at;
  }
  return -1;
}

/** The record that names the columns; only its first line where a quote in it is never closed. */
function headerOf(text: string): string {
  const beginning = text.slice(0, longestBeginning);
  const end = endOfHeader(beginning);
  if (end >= 0) return beginning.slice(0, end).trimStart();
  const header = beginning.trimStart();
  return header.split('"').length % 2 === 1 ? header : (header.split('\n')[0] ?? '');
}

/** Records that tell whether a sign separates fields. */
const tellingRecords = 20;

/** Whether a sign makes as many fields of each of the first records. */
function isEven(text: string, delimiter: string): boolean {
  const beginning = text.slice(0, longestBeginning);
  const lengths: number[] = [];
  const onRecord = (record: string[]) => {
    lengths.push(record.length);
    return null;
  };
  try {
    parse(beginning, {
      ...recordOptions(delimiter, onRecord),
      relax_column_count: true,
      to: tellingRecords,
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    return false;
  }
  // The last record may have been cut.
  if (beginning.length < text.length && lengths.length < tellingRecords) lengths.pop();
  return new Set(lengths).size <= 1;
}

/** The signs in the header, outside quotes, that may separate fields; the most frequent first. */
function separatorsIn(text: string): string[] {
  const bare = headerOf(text).replace(/"[^"]*"/gu, '');
  const count = (sign: string) => bare.split(sign).length - 1;
  return [',', ';', '\t', '|'].filter((sign) => count(sign) > 0).sort((a, b) => count(b) - count(a));
}

/**
 * The sign that separates fields: of those in the header the most frequent that makes as many fields of each record,
 * since the names of columns may hold the others.
 */
function delimiterOf(text: string): string {
  const [first = ',', ...others] = separatorsIn(text);
  return [first, ...others].find((sign) => others.length === 0 || isEven(text, sign)) ?? first;
}

/** Whether a beginning of a table tells how it is written, whatever follows. */
export function isTellingBeginning(text: string): boolean {
  if (text.length >= longestBeginning) return true;
  return endOfHeader(text) >= 0 && separatorsIn(text).length <= 1;
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
 * Makes sure that a text may be a table: its header names more than one column.
 * @throws InputError
 */
export function refuseNoTable(text: string, file: string): void {
  if (text.trim() === '' || /[,;\t|]/u.test(headerOf(text))) return;
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

/** A record's values by name; of two columns of one name the first with a value counts. */
function fieldsOf(names: readonly string[], record: readonly string[]): Map<string, string | undefined> {
  const fields = new Map<string, string | undefined>();
  for (const [index, name] of names.entries())
    if ((fields.get(name) ?? '').trim() === '') fields.set(name, record[index]);
  return fields;
}

/** Collects the rows of one table, whose first record names the columns. */
export function rowCollector(): RowCollector {
  let header: { written: string[]; names: string[]; line: number } | null = null;
  let rows: TableRow[] = [];
  let readTo = 0;
  return {
    onRecord(record, { lines }) {
      readTo = lines;
      const inside = record.reduce((sum, field) => sum + field.split('\n').length - 1, 0);
      const line = lines - inside;
      if (header) {
        const { names, written, line: namesLine } = header;
        rows.push({ namesLine, names: written, line, lastLine: lines, fields: fieldsOf(names, record) });
      } else header = { written: record, names: record.map(foldedName), line };
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

function recordOptions(delimiter: string, onRecord: RowCollector['onRecord']) {
  return {
    delimiter,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    on_record: onRecord,
  };
}

/** How a table is parsed that begins with a text: the whole of it, or as much as tells how it is written. */
export function csvOptions(text: string, { onRecord }: Pick<RowCollector, 'onRecord'>) {
  return recordOptions(delimiterOf(text), onRecord);
}

/** What to say of an error of the parser; other errors are given back as they are. */
export function csvError(cause: unknown, rows: Pick<RowCollector, 'readTo'>, file: string): unknown {
  if (!(cause instanceof CsvError)) return cause;
  // The parser notices an open quote at the end of the file.
  const line = cause.code === 'CSV_QUOTE_NOT_CLOSED' ? rows.readTo() + 1 : Number(cause['lines']);
  return new InputError(csvFaults[cause.code] ?? csvFault, { place: { file, line }, cause });
}
