/** The names of the readers, as `--format` takes them. */
export const readerNames = [
  'member-sections',
  'question-sections',
  'member-pages',
  'question-pages',
  'notion-database',
  'answer-rows',
  'form-responses',
  'answer-matrix',
] as const;
export type ReaderName = (typeof readerNames)[number];
