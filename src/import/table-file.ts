const table = /\.(?:csv|tsv|jsonl|ndjson)$/iu;

/** Whether a file's name says that it holds a table: CSV, with any separator, or JSONL. */
export function isTableFile(file: string): boolean {
  return table.test(file);
}
