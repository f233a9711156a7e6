import { askedBy } from './answer-headings.ts';
import { nameOfPage, roleOfName } from './document-roles.ts';
import { withoutOpenFences } from './fences.ts';
import { LineUses } from './line-uses.ts';
import { parseMarkdown } from './markdown.ts';
import type { ModelAnswer } from './model-answers.ts';
import { outline } from './outline.ts';
import { pageWords } from './page-words.ts';
import { readAnswerSections } from './read-answers.ts';
import type { ReadingHints, SourceDocument } from './reader.ts';
import { isTableFile } from './table-file.ts';
import { undoToggleIndentation } from './toggle-indent.ts';

/** Whether a page, by its name, holds nothing but model answers. */
export function isAnswersPage(document: SourceDocument): boolean {
  const isPage = !isTableFile(document.path) && document.text.trim() !== '';
  return isPage && roleOfName(nameOfPage(document)) === 'answers';
}

/**
 * The model answers on a page of their own, below its title; none where it has no title.
 * @param asked the texts of the questions that members were asked
 * @returns with the uses of its lines, of which those of the answers are still to be marked
 */
export function readAnswersPage(
  { file, text }: SourceDocument,
  asked: readonly string[],
  hints: ReadingHints,
): { models: ModelAnswer[]; uses: LineUses } {
  const lines = text.split('\n');
  const uses = new LineUses(lines);
  const source = undoToggleIndentation(lines);
  const sections = outline(parseMarkdown(withoutOpenFences(source).join('\n')).children, source);
  if ((sections[0]?.title ?? '') === '') return { models: [], uses };
  const page = { source, file, words: pageWords(hints) };
  const { answers, headings } = readAnswerSections(
    [sections],
    page,
    askedBy(asked.map((question) => ({ no: null, text: question }))),
  );
  for (const range of headings) uses.mark(range, { role: 'heading' });
  return { models: answers.filter((answer) => answer.text !== ''), uses };
}
