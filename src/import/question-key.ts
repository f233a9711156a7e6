import { foldLetters } from '../core/fold.ts';
import { readNumberedText } from './question-text.ts';
import { textIndex } from './text-index.ts';

/** A question that documents are about. */
export interface KeyQuestion {
  no: number | null;
  text: string;
}

/** The questions that may stand in members' documents; what is not among them is text. */
export interface QuestionKey {
  questions: readonly KeyQuestion[];
  /** The question that a heading or a bullet is; null where it is none. */
  find(written: string): KeyQuestion | null;
  /** The question that a line says word for word; null where it is none. */
  same(written: string): KeyQuestion | null;
}

const likeEnough = 0.85;
const clearlyAhead = 0.05;
const numberOnly = /^(?:Q|문제|질문|문항|question)?\s*(\d{1,3})\s*(?:번|[.)])?$/iu;
/** No name ends so: 은가 and 나요, not 가 and 나. */
const askedEnding = /(?:[?？]|(?:세요|시오|하라|쓰라|까요?|[는은인던]가요?|나요|보자)\.?)$/u;

/** Whether a text ends as a question. */
export function endsAsked(written: string): boolean {
  return askedEnding.test(written.replace(/[*_\s]+$/u, ''));
}

/** Whether a text, by its look alone, is a question: numbered, or ending as one. */
export function isAsked(written: string): boolean {
  return readNumberedText(written).no !== null || endsAsked(written);
}

/** Whether a text is nothing but a question's number. */
export function isOnlyNumber(written: string): boolean {
  return numberOnly.test(written.replace(/[*_]/gu, '').trim());
}

/** A key whose questions all count: where none bears a number, by their places. */
export function numberedKey(key: QuestionKey): QuestionKey {
  if (key.questions.some(({ no }) => no !== null)) return key;
  return questionKey(key.questions.map(({ text }, index) => ({ no: index + 1, text })));
}

/** Makes a key of questions; of several with the same letters the first one counts. */
export function questionKey(questions: readonly KeyQuestion[]): QuestionKey {
  const seen = new Set<string>();
  const own = questions.filter(({ text }) => {
    const letters = foldLetters(text);
    const isNew = letters !== '' && !seen.has(letters);
    seen.add(letters);
    return isNew;
  });
  const index = textIndex(own.map(({ text }) => text));
  const byNumber = new Map(own.map((question) => [question.no, question]));
  const same = (written: string) => own[index.same(readNumberedText(written).text) ?? -1] ?? null;
  return {
    questions: own,
    same,
    find(written) {
      const bare = numberOnly.exec(written.replace(/[*_]/gu, '').trim())?.[1];
      if (bare !== undefined) return byNumber.get(Number(bare)) ?? null;
      const asWritten = same(written);
      if (asWritten) return asWritten;
      const { text } = readNumberedText(written);
      const closest = index.closest(text);
      const isClear =
        closest && closest.likeness >= likeEnough && closest.likeness - closest.second >= clearlyAhead;
      return isClear ? (own[closest.position] ?? null) : null;
    },
  };
}

/** The numbers that questions bear where each bears one of its own; else their places. */
export function numbersOf(questions: readonly Pick<KeyQuestion, 'no'>[]): number[] {
  const own = questions.flatMap(({ no }) => no ?? []);
  return new Set(own).size === questions.length ? own : questions.map((_, index) => index + 1);
}
