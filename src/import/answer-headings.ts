import { foldLetters } from '../core/fold.ts';
import type { Section } from './outline.ts';
import { isQuestionLine, type NumberedText, readNumberedText } from './question-text.ts';
import { linesOf } from './slice.ts';

/** What somebody was asked. */
export interface AskedQuestions {
  /** Folded letters of the questions. */
  letters: ReadonlySet<string>;
  /** Numbers they were written with. */
  numbers: ReadonlySet<number>;
}

interface HeadingLine {
  line: number;
  written: string;
}

/** What members were asked, by the questions as they wrote them. */
export function askedBy(questions: readonly NumberedText[]): AskedQuestions {
  // What stands below the first line may be choices, which the model answers need not repeat.
  const texts = questions.flatMap(({ text }) => [text, text.split('\n')[0] ?? '']);
  return {
    letters: new Set(texts.map(foldLetters)),
    numbers: new Set(questions.flatMap(({ no }) => no ?? [])),
  };
}

export const nothingAsked: AskedQuestions = { letters: new Set(), numbers: new Set() };

/** Nobody's question is longer. */
const longestQuestion = 400;

/** Whether a line in bold is a question that somebody was asked. */
function isAskedInBold(line: string, asked: ReadonlySet<string>): boolean {
  const written = line.trim();
  const isShort = written.length <= longestQuestion;
  return isShort && /^\*\*.+\*\*$/u.test(written) && asked.has(foldLetters(readNumberedText(written).text));
}

const questionWord = /^(?:Q|문제|질문|문항)\s*\d/iu;

/** Whether a line with a label and no marks of bold is a question that somebody was asked. */
function isAskedPlainly(line: string, { letters, numbers }: AskedQuestions): boolean {
  const { no, text } = readNumberedText(line);
  if (no === null || line.trim().length > longestQuestion) return false;
  return letters.has(foldLetters(text)) || (questionWord.test(line.trim()) && numbers.has(no));
}

/** The lines of a section on which a heading may stand: an answer may follow its own without a blank line. */
function* linesWithText({ content }: Section, source: readonly string[]): Generator<HeadingLine> {
  for (const node of content) {
    const parts =
      node.type === 'list' ? node.children.map(linesOf).map(({ from }) => ({ from, to: from })) : [];
    for (const { from, to } of node.type === 'paragraph' ? [linesOf(node)] : parts)
      for (let line = from; line <= to; line += 1) yield { line, written: source[line - 1] ?? '' };
  }
}

/**
 * The lines that head model answers: headings and lines in bold with a number, or with a question that somebody was
 * asked. Beside these, lines with no more than a label, where they hold what somebody was asked.
 */
export function headingLines(
  sections: readonly Section[],
  source: readonly string[],
  asked: AskedQuestions,
): HeadingLine[] {
  const found: HeadingLine[] = [];
  const plain: HeadingLine[] = [];
  for (const section of sections) {
    const { title, line } = section;
    if (readNumberedText(title).no !== null || asked.letters.has(foldLetters(title)))
      found.push({ line, written: title });
    for (const own of linesWithText(section, source)) {
      if (isQuestionLine(own.written) || isAskedInBold(own.written, asked.letters)) found.push(own);
      else if (isAskedPlainly(own.written, asked)) plain.push(own);
    }
  }
  // Lines without bold alone are another way of writing, which is read elsewhere.
  if (found.length === 0) return found;
  const seen = new Set(found.map(({ written }) => readNumberedText(written).no));
  for (const own of plain) {
    const { no } = readNumberedText(own.written);
    if (!seen.has(no)) found.push(own);
    seen.add(no);
  }
  return found.sort((a, b) => a.line - b.line);
}
