import type { Localized } from './localized.ts';

/** `first`: written before looking; `revised`: the member's own corrected text below it. */
export type AttemptKind = 'first' | 'revised';

export type SubmissionStatus =
  | 'answered'
  | 'unanswered'
  | 'dont_know'
  | 'replaced_by_model_answer'
  | 'not_gradable';

export interface Attempt {
  kind: AttemptKind;
  /** A slice of the source document, in Markdown. */
  text: string;
}

/**
 * Facts about a submission that are not its status:
 * `declared_help` (says that something else found the answer), `hedged` (ends as a guess),
 * `model_answer_copy` (a copy of the model answer stands under the answer; credited to nobody),
 * `undeclared_copy` (the answer itself is the model answer), `own_summary` (the ✅ callout is the member's own).
 */
export type SubmissionFlag =
  | 'declared_help'
  | 'hedged'
  | 'model_answer_copy'
  | 'undeclared_copy'
  | 'own_summary';

/** A member's work on one question. */
export interface Submission {
  member: string;
  question: number;
  status: SubmissionStatus;
  attempts: Attempt[];
  flags: SubmissionFlag[];
  /** First and last line in the source document, counted from 1. */
  lines: [from: number, to: number];
  /** The document, where the chapter was read from several. */
  file?: string;
}

export interface Question {
  no: number;
  text: string;
  /** null when the document holds none. */
  modelAnswer: string | null;
}

/** Something the importer guessed, left out or found odd; a person should read it once. */
export interface ImportWarning {
  code: string;
  line: number;
  /** The document, where the chapter was read from several. */
  file?: string;
  message: Localized;
}

/** One study unit. */
export interface Chapter {
  /** Title made fit for file names: NFC, no separators, `-` for spaces. */
  id: string;
  title: string;
  questions: Question[];
  submissions: Submission[];
  warnings: ImportWarning[];
}

/** The chapter's members in order of appearance. */
export function membersOf({ submissions }: { submissions: readonly Pick<Submission, 'member'>[] }): string[] {
  return [...new Set(submissions.map((submission) => submission.member))];
}

const longestId = 80;
/** Names that Windows keeps for devices, with or without an extension. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

function trimMarks(id: string): string {
  return id.replace(/^[.-]+/u, '').replace(/(?<![.-])[.-]+$/u, '');
}

/** A chapter title as an id that is safe as a file name on every system. */
export function chapterIdOf(title: string): string {
  const id = title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*#%]+/gu, ' ')
    .trim()
    .replace(/\s+/gu, '-');
  const cut = trimMarks([...trimMarks(id)].slice(0, longestId).join(''));
  if (cut === '') return 'chapter';
  return reserved.test(cut) ? `_${cut}` : cut;
}
