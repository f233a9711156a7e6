import { chapterIdOf } from '../../src/core/chapter.ts';
import type { StoredChapter } from '../../src/store/store.ts';

/** A graded chapter with one question, which Ann answered once; changed as given. */
export function storedChapter(title: string, overrides: Partial<StoredChapter> = {}): StoredChapter {
  return {
    id: chapterIdOf(title),
    title,
    rubricFile: null,
    rubric: null,
    language: 'en',
    attempt: 'first',
    questions: [
      {
        no: 1,
        text: 'What is an index?',
        modelAnswer: 'A sorted structure beside the table.',
        points: 1,
        referenceHash: 'reference',
        criteriaHash: 'criteria',
      },
    ],
    submissions: [
      {
        member: 'Ann',
        question: 1,
        status: 'answered',
        attempts: [{ kind: 'first', text: 'It is sorted.', answerHash: 'hash' }],
      },
    ],
    ...overrides,
  };
}
