import { parse } from 'csv-parse';
import { csvError, csvOptions, isTellingBeginning, refuseNoTable, rowCollector } from './csv-rows.ts';
import { isJsonl, jsonlRow, type TableRow } from './table-row.ts';

/** Makes rows of a text that comes in parts. */
interface RowReader {
  read(text: string): Promise<TableRow[]>;
  end(): Promise<TableRow[]>;
}

function jsonlReader(file: string): RowReader {
  let [rest, line] = ['', 0];
  const rowOf = (text: string) => {
    line += 1;
    return jsonlRow(text, line, file) ?? [];
  };
  return {
    async read(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      return lines.flatMap(rowOf);
    },
    end: async () => [rowOf(rest)].flat(),
  };
}

/** @param head the beginning of the text, with the line that names the columns */
function csvReader(head: string, file: string): RowReader {
  refuseNoTable(head, file);
  const rows = rowCollector();
  const parser = parse(csvOptions(head, rows));
  // Errors arrive where the text is written.
  parser.on('error', () => {});
  const done = async (work: (settle: (error?: Error | null) => void) => void) => {
    try {
      await new Promise<void>((resolve, reject) => {
        work((error) => (error ? reject(error) : resolve()));
      });
    } catch (cause) {
      throw csvError(cause, rows, file);
    }
    return rows.take();
  };
  return {
    read: (text) => done((settle) => void parser.write(text, settle)),
    end: () =>
      done((settle) => {
        parser.once('error', settle);
        parser.end(settle);
      }),
  };
}

/**
 * The rows of a table that comes in parts: JSONL when its first sign is a brace, else CSV. Only what is not yet
 * read is held.
 * @param texts with LF line ends, together the text of the file
 * @throws InputError with the line that is not JSON or not CSV
 */
export async function* streamedRows(texts: AsyncIterable<string>, file: string): AsyncGenerator<TableRow[]> {
  let reader: RowReader | null = null;
  const parts: string[] = [];
  let isBlank = true;
  const open = (head: string) => (isJsonl(head) ? jsonlReader(file) : csvReader(head, file));
  for await (const text of texts) {
    if (reader) {
      yield await reader.read(text);
      continue;
    }
    parts.push(text);
    // The first line tells what the table is, and of CSV the first records how it is written.
    const from: number = isBlank ? text.search(/\S/u) : 0;
    isBlank &&= from < 0;
    if (from < 0 || !text.includes('\n', from)) continue;
    const head = parts.join('');
    if (!isJsonl(head) && !isTellingBeginning(head)) continue;
    reader = open(head);
    yield await reader.read(head);
  }
  if (!reader) {
    const head = parts.join('');
    reader = open(head);
    yield await reader.read(head);
  }
  yield await reader.end();
}
