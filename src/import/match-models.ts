import type { ImportWarning, Question } from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import type { ModelAnswer } from './model-answers.ts';
import { numberInCell } from './number-cells.ts';
import { sameQuestionIn, textIndex } from './text-index.ts';

/** Whether a question is known by its number alone. */
export function isBare({ text }: Question): boolean {
  return numberInCell(text) !== null;
}

function byNumber({ file, line }: ModelAnswer, no: number): ImportWarning {
  return {
    code: 'question_matched_by_number',
    file,
    line,
    message: {
      ko: `모범답안의 질문이 ${no}번 질문의 글과 달라 번호로 맞추었습니다. 맞는지 확인하세요.`,
      en: `the text of this question is not that of question ${no}; they were matched by the number. Check it.`,
    },
  };
}

/** The question with the text of a model answer's. */
function sameText(
  models: readonly ModelAnswer[],
  questions: readonly Question[],
): Map<ModelAnswer, Question> {
  const index = textIndex(questions.map(({ text }) => text));
  const found = new Map<ModelAnswer, Question>();
  for (const model of models) {
    if (foldLetters(model.question) === '') continue;
    const question = questions[sameQuestionIn(index, model.question) ?? -1];
    if (question) found.set(model, question);
  }
  return found;
}

/**
 * Finds the questions of a chapter that model answers apart from it are to: by the text, else by the number. What is
 * to none of them is a question that nobody answered.
 * @returns null where none is to a question of the chapter but by a number that may be another's
 */
export function matchModels(
  models: readonly ModelAnswer[],
  asked: readonly Question[],
): { questions: Map<ModelAnswer, Question>; warnings: ImportWarning[] } | null {
  const questions = sameText(models, asked);
  const warnings: ImportWarning[] = [];
  const taken = new Set([...questions.values()].map(({ no }) => no));
  let isSure = taken.size > 0;
  for (const model of models.filter((own) => !questions.has(own))) {
    const question = asked.find(({ no }) => no === model.no);
    if (!question || taken.has(question.no)) continue;
    taken.add(question.no);
    const isNumber = model.question === '' || isBare(question);
    isSure ||= isNumber;
    if (!isNumber) warnings.push(byNumber(model, question.no));
    const text = isBare(question) && model.question !== '' ? model.question : question.text;
    questions.set(model, { ...question, text });
  }
  if (!isSure) return null;
  const numbers = new Set(asked.map(({ no }) => no));
  for (const model of models.filter((own) => !questions.has(own))) {
    const isFree = model.no !== null && !numbers.has(model.no);
    const no = isFree && model.no !== null ? model.no : Math.max(0, ...numbers) + 1;
    numbers.add(no);
    questions.set(model, { no, text: model.question || `Q${no}`, modelAnswer: null });
  }
  return { questions, warnings };
}
