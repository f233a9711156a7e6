import type { ImportWarning, Question } from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import type { Localized } from '../core/localized.ts';
import type { AnswerRow } from './answer-row.ts';

/** A text with the line it was first seen on. */
interface Found {
  text: string;
  line: number;
}

/** A question as the rows give it, bit by bit. */
export interface TableQuestion {
  no: number | null;
  id: string;
  text: Found | null;
  reference: Found | null;
  line: number;
}

function differs(line: number, first: Found, what: 'question' | 'model_answer'): ImportWarning {
  const [ko, en] = what === 'question' ? ['질문의 글', 'question text'] : ['모범답안', 'model answer'];
  return {
    code: what === 'question' ? 'question_text_differs' : 'model_answer_differs',
    line,
    message: {
      ko: `${ko}이 같은 문항의 ${first.line}행과 다릅니다. ${first.line}행의 것을 씁니다.`,
      en: `this ${en} differs from that of the same question on line ${first.line}, which is used.`,
    },
  };
}

/** Where a table of some shape has the texts and the model answers of questions. */
export interface QuestionPlaces {
  text: Localized;
  reference: Localized;
}

/** In a table with one answer on each row. */
export const rowPlaces: QuestionPlaces = {
  text: { ko: 'question 칸에 한 번은 적으세요', en: 'give it once in question' },
  reference: { ko: 'reference 칸에 한 번 적거나', en: 'give it once in reference' },
};

function lacks(
  { no }: Question,
  line: number,
  what: 'text' | 'answer',
  { text, reference }: QuestionPlaces,
): ImportWarning {
  return what === 'text'
    ? {
        code: 'question_without_text',
        line,
        message: {
          ko: `${no}번 문항의 질문이 어느 줄에도 없습니다. ${text.ko}.`,
          en: `no row gives the text of question ${no}; ${text.en}.`,
        },
      }
    : {
        code: 'question_without_model_answer',
        line,
        message: {
          ko: `${no}번 문항의 모범답안이 없습니다. ${reference.ko} 루브릭에 핵심 내용을 적으세요.`,
          en: `question ${no} has no model answer; ${reference.en}, or give key points in the rubric.`,
        },
      };
}

/** The questions of one chapter, gathered from the rows of a table. */
export class TableQuestions {
  readonly warnings: ImportWarning[] = [];
  readonly #byNumber = new Map<number, TableQuestion>();
  readonly #byId = new Map<string, TableQuestion>();
  readonly #byText = new Map<string, TableQuestion>();
  readonly #all: TableQuestion[] = [];
  readonly #places: QuestionPlaces;

  constructor(places: QuestionPlaces) {
    this.#places = places;
  }

  /** The question that a row is about, with what the row says of it. */
  of(row: AnswerRow): TableQuestion {
    const question = this.#find(row) ?? this.#make(row);
    question.text = this.#keep(question.text, row.question, row.line, 'question');
    question.reference = this.#keep(question.reference, row.reference, row.line, 'model_answer');
    return question;
  }

  #find({ no, id, question }: AnswerRow): TableQuestion | undefined {
    if (no !== null) return this.#byNumber.get(no);
    return id === '' ? this.#byText.get(question) : this.#byId.get(id);
  }

  #make({ no, id, question, line }: AnswerRow): TableQuestion {
    const made: TableQuestion = { no, id, text: null, reference: null, line };
    if (no !== null) this.#byNumber.set(no, made);
    else if (id !== '') this.#byId.set(id, made);
    else this.#byText.set(question, made);
    this.#all.push(made);
    return made;
  }

  #keep(known: Found | null, text: string, line: number, what: 'question' | 'model_answer'): Found | null {
    if (text === '' || text === known?.text) return known;
    if (known === null) return { text, line };
    if (foldLetters(text) !== foldLetters(known.text)) this.warnings.push(differs(line, known, what));
    return known;
  }

  /**
   * Gives every question its number, once all rows are known. One known by its text alone is the one with a
   * number or name and the same text; those without a number get the next ones in the order of the rows.
   * @returns the questions by number, and for each gathered one its number
   */
  numbered(): { questions: Question[]; numbers: Map<TableQuestion, number> } {
    const byLetters = new Map<string, TableQuestion>();
    const isBare = (item: TableQuestion) => item.no === null && item.id === '';
    for (const item of [...this.#all.filter((it) => !isBare(it)), ...this.#all.filter(isBare)]) {
      const letters = foldLetters(item.text?.text ?? '');
      if (letters !== '' && !byLetters.has(letters)) byLetters.set(letters, item);
    }
    const sameAs = (item: TableQuestion) =>
      isBare(item) ? (byLetters.get(foldLetters(item.text?.text ?? '')) ?? item) : item;

    const numbers = new Map<TableQuestion, number>();
    let last = [...this.#byNumber.keys()].reduce((most, no) => Math.max(most, no), 0);
    for (const item of this.#all) {
      const real = sameAs(item);
      if (real !== item)
        real.reference = this.#keep(
          real.reference,
          item.reference?.text ?? '',
          item.reference?.line ?? 0,
          'model_answer',
        );
      const no = numbers.get(real) ?? real.no ?? last + 1;
      last = Math.max(last, no);
      numbers.set(real, no).set(item, no);
    }
    const questions = this.#all
      .filter((item) => sameAs(item) === item)
      .map((item) => this.#finish(item, numbers.get(item) ?? 0))
      .sort((a, b) => a.no - b.no);
    return { questions, numbers };
  }

  #finish(item: TableQuestion, no: number): Question {
    const question: Question = {
      no,
      text: item.text?.text ?? (item.id || String(no)),
      modelAnswer: item.reference?.text ?? null,
    };
    if (!item.text) this.warnings.push(lacks(question, item.line, 'text', this.#places));
    if (!item.reference) this.warnings.push(lacks(question, item.line, 'answer', this.#places));
    return question;
  }
}
