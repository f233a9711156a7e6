import { foldLetters } from '../core/fold.ts';
import type { IconRoles } from './callouts.ts';
import { modelLabels } from './model-label.ts';
import { type NameBook, nameBook } from './names.ts';
import { isAnswerLabel, isAnswerSection } from './outline.ts';
import type { ReadingHints } from './reader.ts';

/** What the words on a page mean, as far as it is usual or a person said it. */
export interface PageWords {
  names: NameBook;
  icons: IconRoles;
  /** Whether a heading names the section of model answers. */
  isAnswers(title: string): boolean;
  /** Whether a label under a question announces its model answer. */
  isAnswerLabel(label: string): boolean;
  /** What a line leaves of a model answer that it announces; null where it announces none. */
  behindModelLabel(line: string, isCallout: boolean): string | null;
  /** Whether a heading is to be passed over with what stands below. */
  isIgnored(title: string): boolean;
}

/** The words of a page with what a person said of them. */
export function pageWords(hints: ReadingHints): PageWords {
  const answers = new Set((hints.headings?.modelAnswers ?? []).map(foldLetters));
  const ignored = new Set((hints.headings?.ignored ?? []).map(foldLetters));
  return {
    names: nameBook(hints),
    icons: hints.icons ?? {},
    isAnswers: (title) => isAnswerSection(title) || answers.has(foldLetters(title)),
    isAnswerLabel: (label) => isAnswerLabel(label) || answers.has(foldLetters(label)),
    behindModelLabel: modelLabels(hints.headings?.modelAnswers ?? []),
    isIgnored: (title) => ignored.has(foldLetters(title)),
  };
}
