import type { ImportWarning } from '../core/chapter.ts';
import { foldText } from '../core/fold.ts';
import { type AskedQuestions, headingLines, nothingAsked } from './answer-headings.ts';
import { indentOf } from './indent.ts';
import { isLetterA } from './label-kinds.ts';
import { shapesIn } from './labels.ts';
import { isOwnLabel, type Section } from './outline.ts';
import { isQuestionLine, readNumberedText } from './question-text.ts';
import { type LineRange, sliceLines, textOfLines } from './slice.ts';

/** One entry of the section of model answers. */
export interface ModelAnswer {
  /** The document that holds it. */
  file: string;
  no: number | null;
  question: string;
  text: string;
  /** The line of its heading. */
  line: number;
  /** The lines of its body. */
  body: { from: number; to: number };
  /** Whether it was told from a member's text by how it begins. */
  isGuess?: boolean;
}

/** A model answer that stands inside a callout under a member's answer, headed by its question. */
export interface InlineModelAnswer {
  no: number;
  question: string;
  text: string;
  line: number;
}

/** The text of an answer without what moves all of it in, and without the label (`A.`, `답:`) that opens it. */
function answerText(source: readonly string[], body: LineRange): string {
  const indent = Math.min(...source.slice(body.from - 1, body.to).map(indentOf));
  const lines = sliceLines(source, body, Number.isFinite(indent) ? indent : 0).split('\n');
  const [shape] = shapesIn(lines, { from: 1, to: 1 });
  const cut =
    shape &&
    shape.form !== 'heading' &&
    shape.cuts.find(({ label }) => isOwnLabel(label) || isLetterA(label, shape, lines));
  return cut ? textOfLines([cut.rest, ...lines.slice(1)], 0) : lines.join('\n');
}

/**
 * The model answers in the answer section: each runs from its numbered heading (a bold line or a heading of
 * its own) to the next one.
 * @param sections the answer section, followed by those of its own headings
 * @param asked questions that somebody was asked, which head an answer without number or without bold too
 */
export function readModelAnswers(
  sections: readonly Section[],
  source: readonly string[],
  file: string,
  asked: AskedQuestions = nothingAsked,
): ModelAnswer[] {
  const headings = headingLines(sections, source, asked);
  const end = sections.at(-1)?.to ?? 0;
  return headings.map(({ line, written }, index) => {
    const body = { from: line + 1, to: (headings[index + 1]?.line ?? end + 1) - 1 };
    const { no, text } = readNumberedText(written);
    return { file, no, question: text, text: answerText(source, body), line, body };
  });
}

/** Reads a callout's text as an inline model answer, or null when no numbered question heads it. */
export function readInlineModelAnswer(text: string, line: number): InlineModelAnswer | null {
  const [head = '', ...rest] = text.split('\n');
  if (!isQuestionLine(head)) return null;
  const { no, text: question } = readNumberedText(head);
  return no === null ? null : { no, question, text: rest.join('\n').trim(), line };
}

function lineOfCopy(answer: ModelAnswer, copy: string, source: readonly string[]): number | null {
  const wanted = copy
    .split('\n')
    .map(foldText)
    .filter((line) => line !== '');
  const lines: { no: number; text: string }[] = [];
  for (let no = answer.body.from; no <= answer.body.to; no += 1) {
    const text = foldText(source[no - 1] ?? '');
    if (text !== '') lines.push({ no, text });
  }
  const start = lines.length - wanted.length;
  const isTail =
    start > 0 && wanted.length > 0 && wanted.every((text, index) => lines[start + index]?.text === text);
  return isTail ? (lines[start]?.no ?? null) : null;
}

/** What {@link recoverMissingHeadings} did. */
export interface Recovery {
  answers: ModelAnswer[];
  warnings: ImportWarning[];
}

/**
 * Gives back headings that the answer section lost. When a callout shows model answer N and the section has no
 * heading N, N's body is looked for, line by line, at the end of another entry and cut off there; a body that
 * is nowhere in the section is taken from the callout.
 */
export function recoverMissingHeadings(
  answers: readonly ModelAnswer[],
  inline: readonly InlineModelAnswer[],
  source: readonly string[],
  file: string,
): Recovery {
  const result = [...answers];
  const warnings: ImportWarning[] = [];
  const numbers = new Set(answers.map((answer) => answer.no));
  for (const copy of inline) {
    if (copy.text === '' || numbers.has(copy.no)) continue;
    numbers.add(copy.no);
    const host = result.find((answer) => lineOfCopy(answer, copy.text, source) !== null);
    const line = host ? lineOfCopy(host, copy.text, source) : null;
    if (host && line !== null) {
      const body = { from: line, to: host.body.to };
      const shortened = { from: host.body.from, to: line - 1 };
      result[result.indexOf(host)] = { ...host, body: shortened, text: answerText(source, shortened) };
      const text = sliceLines(source, body, 0);
      result.push({ file, no: copy.no, question: copy.question, text, line, body });
      warnings.push({
        code: 'model_answer_heading_recovered',
        line,
        message: {
          ko: `모범답안 ${copy.no}번의 제목이 없습니다. ${copy.line}행의 콜아웃에 있는 사본과 똑같으므로 이 줄부터 ${copy.no}번으로 나누었습니다.`,
          en: `the heading of model answer ${copy.no} is missing; the text from here equals the copy in the callout at line ${copy.line}, so it was split off as ${copy.no}.`,
        },
      });
    } else {
      result.push({ ...copy, file, body: { from: copy.line, to: copy.line } });
      warnings.push({
        code: 'model_answer_from_callout',
        line: copy.line,
        message: {
          ko: `모범답안 구역에 ${copy.no}번이 없어 이 콜아웃의 글을 모범답안으로 씁니다. 맞는지 확인하세요.`,
          en: `the section of model answers has no ${copy.no}; the text of this callout is taken as the model answer. Check it.`,
        },
      });
    }
  }
  return { answers: result.sort((a, b) => a.line - b.line), warnings };
}
