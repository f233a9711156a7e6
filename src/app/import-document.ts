import type { Chapter } from '../core/chapter.ts';
import type { Language } from '../core/localized.ts';

/** A chapter as `import --json` shows it. */
export function importDocument(chapter: Chapter, language: Language) {
  const { id, title, questions, submissions, warnings } = chapter;
  return {
    chapter: { id, title },
    questions,
    submissions,
    warnings: warnings.map(({ code, line, message }) => ({ code, line, message: message[language] })),
  };
}
