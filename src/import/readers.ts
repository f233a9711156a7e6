import type { ChapterReader } from './reader.ts';
import { answerMatrix } from './readers/answer-matrix.ts';
import { answerRows } from './readers/answer-rows.ts';
import { formResponses } from './readers/form-responses.ts';
import { memberPages } from './readers/member-pages.ts';
import { memberSections } from './readers/member-sections.ts';
import { notionDatabase } from './readers/notion-database.ts';
import { questionPages } from './readers/question-pages.ts';
import { questionSections } from './readers/question-sections.ts';

/** Those that read tables: a table's texts may look like pages to the others. */
export const tableReaders: readonly ChapterReader[] = [answerRows, formResponses, answerMatrix];

/** Every way in which answers are handed in that can be read; where several are as sure, the first one counts. */
export const chapterReaders: readonly ChapterReader[] = [
  memberSections,
  questionSections,
  memberPages,
  questionPages,
  notionDatabase,
  ...tableReaders,
];
