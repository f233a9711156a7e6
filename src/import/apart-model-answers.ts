import type { AnswerChapters } from './answer-chapters.ts';
import type { LineUses } from './line-uses.ts';
import type { ModelAnswer } from './model-answers.ts';
import { sameQuestionIn, textIndex } from './text-index.ts';

/**
 * Adds model answers that stand apart from a table: to the question with the text, else to the one with the number,
 * else as a question that nobody answered.
 * @param asked the questions of the table
 */
export function addModelAnswers(
  models: readonly ModelAnswer[],
  asked: readonly { no: number; text: string }[],
  chapters: AnswerChapters,
  uses: LineUses,
): void {
  const index = textIndex(asked.map(({ text }) => text));
  const numbers = new Set(asked.map(({ no }) => no));
  for (const { no: written, question, text, line, body } of models) {
    const position = sameQuestionIn(index, question) ?? -1;
    const no = asked[position]?.no ?? written;
    const isKnown = no !== null && numbers.has(no);
    chapters.add({
      line,
      lastLine: line,
      chapter: '',
      member: '',
      no,
      id: '',
      question: position >= 0 && isKnown ? '' : question,
      answer: '',
      reference: text,
      attempt: 'first',
    });
    const of = no === null ? {} : { question: no };
    uses.mark({ from: line, to: line }, { role: 'question', ...of });
    uses.mark(body, { role: 'model_answer', ...of });
  }
}
