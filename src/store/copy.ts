import { StoreError } from '../core/errors.ts';
import { type CopiedTable, copiedTables, type Row } from './copied-tables.ts';

/** Reads a store as it was at one moment. */
export interface CopyReader {
  count(table: CopiedTable): Promise<number>;
  /** All rows of a table, a portion at a time. */
  portions(table: CopiedTable): AsyncIterable<readonly Row[]>;
}

/** Adds to a store what another one held. */
export interface CopyWriter {
  count(table: CopiedTable): Promise<number>;
  add(table: CopiedTable, rows: readonly Row[]): Promise<void>;
  /** Lets the numbers that are given from now on follow those that were added. */
  numberOn(table: CopiedTable): Promise<void>;
}

/** Port: a store that everything can be copied out of or into, row by row. */
export interface CopyPlace {
  /** What others change meanwhile is not seen. */
  read<T>(work: (reader: CopyReader) => Promise<T>): Promise<T>;
  /** All of it or nothing, and nobody else adds anything meanwhile; it may be begun again. */
  write<T>(work: (writer: CopyWriter) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** How many rows of a table were copied. */
interface TableCopied {
  name: string;
  copied: number;
}

async function refuseFull(writer: CopyWriter): Promise<void> {
  for (const table of copiedTables) {
    if ((await writer.count(table)) === 0) continue;
    throw new StoreError({
      ko: '복사할 곳에 이미 저장된 것이 있어 아무것도 복사하지 않았습니다. 새 파일이나 빈 그룹을 지정하세요.',
      en: 'the place to copy to holds something already, so nothing was copied; name a new file or an empty group.',
    });
  }
}

/** What was copied out of a store. */
export interface Copied {
  tables: TableCopied[];
  /** Runs among it that have not ended: whoever works on either place goes on with them. */
  openRuns: number;
}

function openRunsIn({ name }: CopiedTable, rows: readonly Row[]): number {
  if (name !== 'requested_runs') return 0;
  return rows.filter(({ state }) => state === 'queued' || state === 'running').length;
}

/** @returns how many runs that have not ended were copied */
async function copyTable(table: CopiedTable, reader: CopyReader, writer: CopyWriter): Promise<number> {
  let openRuns = 0;
  for await (const rows of reader.portions(table)) {
    await writer.add(table, rows);
    openRuns += openRunsIn(table, rows);
  }
  return openRuns;
}

function differing(name: string, there: number, copied: number): StoreError {
  return new StoreError({
    ko: `"${name}" 표의 행은 ${there}개인데 ${copied}개가 복사되어, 복사를 모두 취소했습니다. 원본이 손상되지 않았는지 확인하세요.`,
    en: `the table "${name}" has ${there} rows, of which ${copied} were copied, so nothing was copied; check whether the original is damaged.`,
  });
}

async function compared(table: CopiedTable, reader: CopyReader, writer: CopyWriter): Promise<TableCopied> {
  const [there, copied] = [await reader.count(table), await writer.count(table)];
  if (there !== copied) throw differing(table.name, there, copied);
  return { name: table.name, copied };
}

/**
 * Copies everything from one store into an empty one, under the same numbers; only who works on it at the moment is
 * left out.
 * @returns how many rows of each table were copied, as counted in both stores, and how many runs go on in both
 * @throws StoreError where the other store holds anything, a store cannot be read or written, or the counts differ;
 * nothing is copied then
 */
export function copyStore(from: CopyPlace, to: CopyPlace): Promise<Copied> {
  return to.write(async (writer) => {
    await refuseFull(writer);
    return from.read(async (reader) => {
      let openRuns = 0;
      for (const table of copiedTables) openRuns += await copyTable(table, reader, writer);
      const tables: TableCopied[] = [];
      for (const table of copiedTables) tables.push(await compared(table, reader, writer));
      for (const table of copiedTables) if (table.isNumbered) await writer.numberOn(table);
      return { tables, openRuns };
    });
  });
}
