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
  member: string;
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

type Guess = 'number' | 'order';

function guessed(item: WrittenQuestion, no: number, by: Guess): ImportWarning {
  return {
    code: by === 'number' ? 'question_matched_by_number' : 'question_matched_by_order',
    line: item.line,
    message: {
      ko: `질문의 글이 모범답안의 질문과 달라 ${by === 'number' ? '번호' : '순서'}로 ${no}번에 맞추었습니다. 맞는지 확인하세요.`,
      en: `the question's text is not among the model answers; matched to ${no} by its ${by === 'number' ? 'number' : 'place'}. Check it.`,
    },
  };
}

function withoutModelAnswer(item: WrittenQuestion, no: number): ImportWarning {
  return {
    code: 'question_without_model_answer',
    line: item.line,
    message: {
      ko: `이 질문의 모범답안을 찾지 못했습니다(${no}번으로 셉니다). 모범답안 구역에 넣거나 루브릭에 핵심 내용을 적으세요.`,
      en: `no model answer was found for this question (counted as ${no}); add one, or give key points in the rubric.`,
    },
  };
}

/** The number that a question's place gives it: between two that were found, or at either end of the chapter. */
function numberByPlace(
  index: number,
  numbers: readonly (number | null)[],
  questions: readonly Question[],
): number | null {
  const free = questions.map((question) => question.no).filter((no) => !numbers.includes(no));
  const previous = index === 0 ? 0 : numbers[index - 1];
  if (typeof previous !== 'number' || !free.includes(previous + 1)) return null;
  const no = previous + 1;
  const isLast = index === numbers.length - 1 && no === questions.at(-1)?.no && free.length === 1;
  return numbers[index + 1] === no + 1 || isLast ? no : null;
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
  questions.sort((a, b) => a.no - b.no);
  const numbers: (number | null)[] = written.map((item) => matchByText(item.text, questions)?.no ?? null);
  const hasIt = (member: string, no: number) =>
    written.some((other, index) => other.member === member && numbers[index] === no);
  const guess = (find: (item: WrittenQuestion, index: number) => number | null, by: Guess) =>
    written.forEach((item, index) => {
      if (numbers[index] !== null) return;
      const no = find(item, index);
      if (no === null) return;
      numbers[index] = no;
      warnings.push(guessed(item, no, by));
    });
  const exists = (no: number) => questions.some((question) => question.no === no);
  guess(({ no, member }) => (no !== null && exists(no) && !hasIt(member, no) ? no : null), 'number');
  guess((_, index) => numberByPlace(index, numbers, questions), 'order');

  const addQuestion = (item: WrittenQuestion, index: number) => {
    if (numbers[index] !== null) return;
    const same = matchByText(item.text, questions);
    const next = Math.max(0, ...questions.map((question) => question.no)) + 1;
    const no = same?.no ?? (item.no !== null && item.no > 0 && !exists(item.no) ? item.no : next);
    numbers[index] = no;
    if (same) return;
    questions.push({ no, text: item.text, modelAnswer: null });
    if (answers.length > 0) warnings.push(withoutModelAnswer(item, no));
  };
  // Those with a number of their own first, so that none without takes it.
  written.forEach((item, index) => {
    if (item.no !== null) addQuestion(item, index);
  });
  written.forEach(addQuestion);

  questions.sort((a, b) => a.no - b.no);
  return { questions, numbers: numbers.map((no) => no ?? 0), warnings };
}
