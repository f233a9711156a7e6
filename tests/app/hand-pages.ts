import { exportPages, type HandExportRequest } from '../../src/app/hand-export.ts';
import type { HandAnswer, HandIndex } from '../../src/app/hand-index.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { later } from '../helpers/later.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { loadedRubric, sampleChapter, verdictFor } from '../helpers/sample-material.ts';

/** Exports the sample chapter: two attempts at question 1, one at question 2. */
export async function exported(overrides: Partial<HandExportRequest> = {}) {
  const files = memoryFiles();
  const replies = createMemoryStore();
  const chapter = sampleChapter();
  const prepared = { chapter, file: 'answers/03.md', rubric: loadedRubric(), language: 'ko' as const };
  const request: HandExportRequest = {
    chapters: [prepared],
    selection: {},
    target: { model: 'judge-1', endpoint: undefined },
    replies: later(replies),
    files,
    folder: '/pages',
    perPage: 1,
    language: 'en',
    ...overrides,
  };
  const result = await exportPages(request);
  const index = JSON.parse(files.written.get('/pages/index.json') ?? 'null') as HandIndex | null;
  const page = (number: number) => files.written.get(`/pages/00${number}.md`) ?? '';
  /** Puts a text below the last line of a page. */
  const paste = (number: number, text: string) => files.write(`/pages/00${number}.md`, page(number) + text);
  return { request, result, files, replies, pages: index?.pages ?? [], page, paste };
}

/** A verdict on an answer with a quote that stands there. */
export function verdictOn({ answer, criteria }: HandAnswer): object {
  return verdictFor(criteria, answer.slice(0, 10));
}
