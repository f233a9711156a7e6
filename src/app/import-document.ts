import type { Chapter, ImportWarning, Submission } from '../core/chapter.ts';
import type { Language } from '../core/localized.ts';

/** Something of a chapter, with the document where the chapter was read from several. */
type Placed<Part> = Omit<Part, 'file'> & { file?: string | undefined };

interface ImportDocument extends Pick<Chapter, 'questions'> {
  chapter: Pick<Chapter, 'id' | 'title'>;
  submissions: Placed<Submission>[];
  warnings: (Placed<Pick<ImportWarning, 'code' | 'line'>> & { message: string })[];
}

/** A chapter as `import --json` shows it. */
export function importDocument(chapter: Chapter, language: Language): ImportDocument {
  const { id, title, questions, submissions, warnings } = chapter;
  return {
    chapter: { id, title },
    questions,
    submissions,
    warnings: warnings.map(({ code, line, file, message }) => ({
      code,
      line,
      ...(file === undefined ? {} : { file }),
      message: message[language],
    })),
  };
}
