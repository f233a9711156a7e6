import { CsvError, parse } from 'csv-parse/sync';
import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';

/** One record of a file of marked answers: where it begins, and its values by {@link foldedName}. */
export interface MarkedRow {
  /** The line that names the fields: the header of a CSV file, the record itself in JSONL. */
  namesLine: number;
  line: number;
  fields: ReadonlyMap<string, unknown>;
}

/** A field's name without case, spaces, hyphens and underscores. */
export function foldedName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/gu, '');
}

function jsonlRow(text: string, line: number, file: string): MarkedRow {
  const place = { file, line };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      {
        ko: 'JSON이 아닌 줄입니다. 한 줄에 JSON 객체 하나씩 적으세요.',
        en: 'this line is not JSON; write one JSON object on each line.',
      },
      { place, cause },
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(
      {
        ko: 'JSON 객체가 아닙니다. {"question": …}처럼 중괄호로 적으세요.',
        en: 'this is not a JSON object; write it in braces, like {"question": …}.',
      },
      { place },
    );
  }
  const fields = Object.entries(value).map(([name, content]) => [foldedName(name), content] as const);
  return { namesLine: line, line, fields: new Map(fields) };
}

function jsonlRows(text: string, file: string): MarkedRow[] {
  return text
    .split('\n')
    .flatMap((content, index) => (content.trim() === '' ? [] : [jsonlRow(content, index + 1, file)]));
}

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

interface CsvRecord {
  record: string[];
  raw: string;
  info: { lines: number };
}

function csvRecords(text: string, file: string): CsvRecord[] {
  let read = 0;
  try {
    const records: unknown = parse(text, {
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      info: true,
      raw: true,
      on_record: (record: string[], { lines }) => {
        read = lines;
        return record;
      },
    });
    return records as CsvRecord[]; // the types know nothing of what "info" and "raw" add
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    // The parser notices an open quote at the end of the file.
    const line = cause.code === 'CSV_QUOTE_NOT_CLOSED' ? read + 1 : Number(cause['lines']);
    throw new InputError(csvFaults[cause.code] ?? csvFault, { place: { file, line }, cause });
  }
}

function firstLineOf({ raw, info }: CsvRecord): number {
  return info.lines - (raw.trim().match(/\n/gu)?.length ?? 0);
}

function csvRows(text: string, file: string): MarkedRow[] {
  if (text.trim() !== '' && !/[,;\t]/u.test(text.trimStart().split(/\r\n|\n|\r/u)[0] ?? '')) {
    throw new InputError(
      {
        ko: 'JSONL도 CSV도 아닙니다. CSV라면 첫 줄에 칸의 이름을 쉼표로 나누어 적으세요.',
        en: 'this is neither JSONL nor CSV; a CSV file names its columns in the first line, with commas between them.',
      },
      { place: { file, line: 1 } },
    );
  }
  const [header, ...records] = csvRecords(text, file);
  if (!header) return [];
  const names = header.record.map(foldedName);
  const namesLine = firstLineOf(header);
  return records.map((record) => ({
    namesLine,
    line: firstLineOf(record),
    fields: new Map(names.map((name, index) => [name, record.record[index]])),
  }));
}

/**
 * The records of a file: JSONL when its first sign is a brace, else CSV with a header line, separated by the
 * comma, semicolon or tab that the header shows. Blank lines are passed over, line ends become LF.
 * @throws InputError with the line that is not JSON or not CSV, or when there is no record
 */
export function markedRows(text: string, file: string): MarkedRow[] {
  const content = text.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n');
  const rows = content.trimStart().startsWith('{') ? jsonlRows(content, file) : csvRows(content, file);
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
