import type { ImportWarning, Question } from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import type { ModelAnswer } from './model-answers.ts';
import { isNumberAlone, type NumberedText } from './question-text.ts';
import { type TextIndex, textIndex } from './text-index.ts';

const likeEnough = 0.85;
const clearlyAhead = 0.05;

/** A member's question as written, with its line. */
export interface WrittenQuestion extends NumberedText {
  file: string;
  line: number;
  member: string;
}

export interface MatchedQuestions {
  questions: Question[];
  /** The number for each written question, in the order given. */
  numbers: number[];
  warnings: ImportWarning[];
}

/** The position of the question that a text is: with the same letters, or clearly the most alike. */
function positionOf(text: string, index: TextIndex): number | null {
  const same = index.same(text);
  if (same !== null) return same;
  const closest = index.closest(text);
  const isClear =
    closest && closest.likeness >= likeEnough && closest.likeness - closest.second >= clearlyAhead;
  return isClear ? closest.position : null;
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
        file: answer.file,
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
    file: item.file,
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
    file: item.file,
    line: item.line,
    message: {
      ko: `이 질문의 모범답안을 찾지 못했습니다(${no}번으로 셉니다). 모범답안 구역에 넣거나 루브릭에 핵심 내용을 적으세요.`,
      en: `no model answer was found for this question (counted as ${no}); add one, or give key points in the rubric.`,
    },
  };
}

/** What is known while numbers are looked for. */
class Numbers {
  readonly ofItems: (number | null)[];
  readonly #written: readonly WrittenQuestion[];
  readonly #taken = new Set<number>();
  readonly #takenBy = new Map<string, Set<number>>();

  constructor(written: readonly WrittenQuestion[]) {
    this.#written = written;
    this.ofItems = written.map(() => null);
  }

  give(index: number, no: number): void {
    this.ofItems[index] = no;
    this.#taken.add(no);
    const member = this.#written[index]?.member ?? '';
    const own = this.#takenBy.get(member) ?? new Set();
    this.#takenBy.set(member, own.add(no));
  }

  isTaken(no: number): boolean {
    return this.#taken.has(no);
  }

  isTakenBy(member: string, no: number): boolean {
    return this.#takenBy.get(member)?.has(no) ?? false;
  }

  /** The number that a question's place gives it: between two that were found, or at either end of the chapter. */
  byPlace(index: number, questions: ReadonlySet<number>): number | null {
    const previous = index === 0 ? 0 : this.ofItems[index - 1];
    const no = typeof previous === 'number' ? previous + 1 : 0;
    if (!questions.has(no) || this.isTaken(no)) return null;
    if (this.ofItems[index + 1] === no + 1) return no;
    const isLast = index === this.ofItems.length - 1 && no === Math.max(...questions);
    return isLast && [...questions].every((other) => other === no || this.isTaken(other)) ? no : null;
  }
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
  const index = textIndex(questions.map(({ text }) => text));
  const known = new Set(questions.map(({ no }) => no));
  const numberOf = (text: string) => questions[positionOf(text, index) ?? -1]?.no ?? null;
  const numbers = new Numbers(written);
  written.forEach((item, position) => {
    const no = numberOf(item.text);
    if (no !== null) numbers.give(position, no);
  });

  const byNumber = new Map(questions.map((question) => [question.no, question]));
  const filled = new Map<string, number>();
  const guess = (find: (item: WrittenQuestion, position: number) => number | null, by: Guess) =>
    written.forEach((item, position) => {
      if (numbers.ofItems[position] !== null) return;
      const no = find(item, position);
      if (no === null) return;
      numbers.give(position, no);
      const question = byNumber.get(no);
      // Model answers may have nothing but numbers; then the first to write the question gives its text.
      if (question && (question.text === '' || isNumberAlone(question.text))) {
        if (question.text !== '' && isNumberAlone(item.text)) return;
        question.text = item.text;
        filled.set(foldLetters(item.text), no);
      } else if (foldLetters(question?.text ?? '') !== foldLetters(item.text))
        warnings.push(guessed(item, no, by));
    });
  // Who counts in a way of one's own says nothing by it.
  const countsAnew = new Set(
    written
      .filter(({ no }, position) => no !== null && (numbers.ofItems[position] ?? no) !== no)
      .map(({ member }) => member),
  );
  guess(
    ({ no, member }) =>
      no !== null && known.has(no) && !countsAnew.has(member) && !numbers.isTakenBy(member, no) ? no : null,
    'number',
  );
  written.forEach((item, position) => {
    const no = filled.get(foldLetters(item.text));
    if (numbers.ofItems[position] === null && no !== undefined) numbers.give(position, no);
  });
  guess((_, position) => numbers.byPlace(position, known), 'order');

  let last = Math.max(0, ...known);
  const addQuestion = (item: WrittenQuestion, position: number) => {
    if (numbers.ofItems[position] !== null) return;
    const isSameNumber = item.no !== null && known.has(item.no) && isNumberAlone(item.text);
    const same = numberOf(item.text) ?? (isSameNumber ? item.no : null);
    const no = same ?? (item.no !== null && item.no > 0 && !known.has(item.no) ? item.no : last + 1);
    numbers.give(position, no);
    if (same !== null) return;
    questions.push({ no, text: item.text, modelAnswer: null });
    index.add(item.text);
    known.add(no);
    last = Math.max(last, no);
    if (answers.length > 0) warnings.push(withoutModelAnswer(item, no));
  };
  // Those with a number of their own first, so that none without takes it.
  written.forEach((item, position) => {
    if (item.no !== null) addQuestion(item, position);
  });
  written.forEach(addQuestion);

  // Nobody was asked what only a number is known of.
  for (const question of questions) if (question.text === '') question.text = `Q${question.no}`;
  questions.sort((a, b) => a.no - b.no);
  return { questions, numbers: numbers.ofItems.map((no) => no ?? 0), warnings };
}
