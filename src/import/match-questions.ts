import type { ImportWarning, Question } from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import { textLikeness } from '../core/similarity.ts';
import type { ModelAnswer } from './model-answers.ts';
import type { NumberedText } from './question-text.ts';

const likeEnough = 0.85;
const clearlyAhead = 0.05;

/** A member's question as written, with its line. */
export interface WrittenQuestion extends NumberedText {
  line: number;
}

export interface MatchedQuestions {
  questions: Question[];
  /** The number for each written question, in the order given. */
  numbers: number[];
  warnings: ImportWarning[];
}

function matchByText(text: string, questions: readonly Question[]): Question | null {
  const letters = foldLetters(text);
  const same = questions.find((question) => foldLetters(question.text) === letters);
  if (same) return same;
  const ranked = questions
    .map((question) => ({ question, likeness: textLikeness(question.text, text) }))
    .sort((a, b) => b.likeness - a.likeness);
  const [best, second] = ranked;
  const isClear =
    best && best.likeness >= likeEnough && best.likeness - (second?.likeness ?? 0) >= clearlyAhead;
  return isClear ? best.question : null;
}

/** Numbers every model answer; those written without number, or with one already taken, get the next free. */
function numberAnswers(answers: readonly ModelAnswer[]): {
  questions: Question[];
  warnings: ImportWarning[];
} {
  const taken = new Set<number>();
  const warnings: ImportWarning[] = [];
  let last = 0;
  const questions = answers.map((answer): Question => {
    let no = answer.no ?? last + 1;
    if (taken.has(no)) {
      const doubled = no;
      while (taken.has(no)) no += 1;
      warnings.push({
        code: 'number_doubled',
        line: answer.line,
        message: {
          ko: `모범답안 ${doubled}번이 두 번 나옵니다. 이쪽을 ${no}번으로 셉니다.`,
          en: `model answer ${doubled} appears twice; this one is counted as ${no}.`,
        },
      });
    }
    taken.add(no);
    last = no;
    return { no, text: answer.question, modelAnswer: answer.text === '' ? null : answer.text };
  });
  return { questions, warnings };
}

/**
 * Finds the number of every written question: by its text, else by its own number, else by its place between
 * two questions that were found. One that has no model answer becomes a question of its own.
 */
export function matchQuestions(
  written: readonly WrittenQuestion[],
  answers: readonly ModelAnswer[],
): MatchedQuestions {
  const { questions, warnings } = numberAnswers(answers);
  const numbers: (number | null)[] = written.map((item) => matchByText(item.text, questions)?.no ?? null);
  const isFree = (no: number) => questions.some((question) => question.no === no) && !numbers.includes(no);

  written.forEach((item, index) => {
    if (numbers[index] !== null) return;
    const previous = index === 0 ? 0 : numbers[index - 1];
    const byOrder = typeof previous === 'number' ? previous + 1 : null;
    const guess =
      item.no !== null && isFree(item.no) ? item.no : byOrder !== null && isFree(byOrder) ? byOrder : null;
    if (guess !== null) {
      numbers[index] = guess;
      warnings.push({
        code: item.no === guess ? 'question_matched_by_number' : 'question_matched_by_order',
        line: item.line,
        message: {
          ko: `질문의 글이 모범답안의 질문과 달라 ${item.no === guess ? '번호' : '순서'}로 ${guess}번에 맞추었습니다. 맞는지 확인하세요.`,
          en: `the question's text is not among the model answers; matched to ${guess} by its ${item.no === guess ? 'number' : 'place'}. Check it.`,
        },
      });
      return;
    }
    const same = matchByText(item.text, questions);
    const no = same?.no ?? Math.max(0, ...questions.map((question) => question.no)) + 1;
    if (!same) {
      questions.push({ no, text: item.text, modelAnswer: null });
      if (answers.length > 0) {
        warnings.push({
          code: 'question_without_model_answer',
          line: item.line,
          message: {
            ko: `이 질문의 모범답안을 찾지 못했습니다(${no}번으로 셉니다). 모범답안 구역에 넣거나 루브릭에 핵심 내용을 적으세요.`,
            en: `no model answer was found for this question (counted as ${no}); add one, or give key points in the rubric.`,
          },
        });
      }
    }
    numbers[index] = no;
  });

  questions.sort((a, b) => a.no - b.no);
  return { questions, numbers: numbers.map((no) => no ?? 0), warnings };
}
