import type { AttemptKind, Chapter, ImportWarning, Submission } from '../core/chapter.ts';
import { chapterIdOf } from '../core/chapter.ts';
import type { AnswerRow } from './answer-row.ts';
import type { LineUses } from './line-uses.ts';
import type { RawSubmission } from './read-item.ts';
import { readSubmission } from './submissions.ts';
import { type QuestionPlaces, type TableQuestion, TableQuestions } from './table-questions.ts';

interface Written {
  line: number;
  text: string;
}

interface Entry extends Written {
  lastLine: number;
  member: string;
  question: TableQuestion;
  attempt: AttemptKind;
}

/** A member's work on a question. */
interface Work {
  member: string;
  no: number;
  first: Written | null;
  revised: Written | null;
}

function replaced({ member, no }: Work, earlier: Written, later: Written): ImportWarning {
  return {
    code: 'answer_replaced',
    line: later.line,
    message: {
      ko: `${no}번 ${member}: ${earlier.line}행에도 답이 있습니다. 뒤에 있는 이 줄(${later.line}행)의 답을 씁니다.`,
      en: `question ${no}, ${member}: there is an answer on line ${earlier.line} too; the later one on line ${later.line} is used.`,
    },
  };
}

/** A member's work in the form of a question bullet: the first attempt as a callout, the revised one below it. */
function asBullet({ member, no, first, revised }: Work): RawSubmission {
  const lines = [first?.line, revised?.line].filter((line) => line !== undefined);
  const [from, to] = [Math.min(...lines), Math.max(...lines)];
  const part = ({ line, text }: Written) => ({ from: line, to: line, text });
  return {
    file: '',
    member,
    from,
    to,
    question: { no, text: '' },
    asked: null,
    callouts: [{ ...part(first ?? { line: from, text: '' }), role: 'answer', closed: true }],
    notes: revised ? [part(revised)] : [],
    inline: [],
  };
}

function keyOf(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts);
}

/** One chapter of a table of answers, built row by row. Nothing of a row is kept but its texts, each once. */
export class TableChapter {
  readonly #title: string;
  readonly #questions: TableQuestions;
  readonly #entries: Entry[] = [];
  readonly #members = new Map<string, string>();
  #numbers: ReturnType<TableQuestions['numbered']> | null = null;
  /** Rows that only say something of a question. */
  readonly #others: { row: Pick<AnswerRow, 'line' | 'lastLine' | 'reference'>; question: TableQuestion }[] =
    [];

  constructor(title: string, places: QuestionPlaces) {
    this.#title = title;
    this.#questions = new TableQuestions(places);
  }

  add(row: AnswerRow): void {
    const question = this.#questions.of(row);
    if (row.member === '') {
      const { line, lastLine, reference } = row;
      this.#others.push({ row: { line, lastLine, reference }, question });
      return;
    }
    const member = this.#members.get(row.member) ?? row.member;
    this.#members.set(member, member);
    this.#entries.push({
      member,
      question,
      attempt: row.attempt,
      line: row.line,
      lastLine: row.lastLine,
      text: row.answer,
    });
  }

  /** Whether a row has named a member. */
  get hasAnswers(): boolean {
    return this.#entries.length > 0;
  }

  /** The chapter, once all rows are added. */
  finish(): Chapter {
    const { questions, numbers } = this.#numbered();
    const warnings: ImportWarning[] = [...this.#questions.warnings];
    const modelAnswers = new Map(questions.map(({ no, modelAnswer }) => [no, modelAnswer]));
    const submissions: Submission[] = [];
    for (const work of this.#works(numbers, warnings)) {
      const read = readSubmission(asBullet(work), work.no, modelAnswers.get(work.no) ?? null);
      submissions.push(read.submission);
      // The row says itself that it is a revised attempt.
      for (const warning of read.warnings) if (warning.code !== 'revised_attempt') warnings.push(warning);
    }
    return {
      id: chapterIdOf(this.#title),
      title: this.#title,
      questions,
      submissions,
      warnings: warnings.sort((a, b) => a.line - b.line),
    };
  }

  /** Marks the lines of the rows with what they were taken for. */
  markUses(uses: LineUses): void {
    const { numbers } = this.#numbered();
    const works = this.#entries.map((entry) => {
      const question = numbers.get(entry.question) ?? 0;
      return { ...entry, question, key: keyOf(entry.member, question, entry.attempt) };
    });
    const last = new Map(works.map(({ key, line }) => [key, line]));
    for (const { member, question, attempt, line, lastLine, text, key } of works) {
      const used = attempt === 'revised' ? 'revised' : text === '' ? 'question' : 'answer';
      const role = last.get(key) === line ? used : 'ignored';
      uses.mark({ from: line, to: lastLine }, { role, member, question });
    }
    for (const { row, question } of this.#others)
      uses.mark(
        { from: row.line, to: row.lastLine },
        { role: row.reference === '' ? 'question' : 'model_answer', question: numbers.get(question) ?? 0 },
      );
  }

  /** Numbers are given once, since that warns. */
  #numbered() {
    this.#numbers ??= this.#questions.numbered();
    return this.#numbers;
  }

  #works(numbers: ReadonlyMap<TableQuestion, number>, warnings: ImportWarning[]): Work[] {
    const works: Work[] = [];
    const byQuestion = new Map<number, Map<string, Work>>();
    for (const { member, question, attempt, line, text } of this.#entries) {
      const no = numbers.get(question) ?? 0;
      const own = byQuestion.get(no) ?? new Map<string, Work>();
      byQuestion.set(no, own);
      let work = own.get(member);
      if (!work) {
        work = { member, no, first: null, revised: null };
        own.set(member, work);
        works.push(work);
      }
      const earlier = work[attempt];
      work[attempt] = { line, text };
      if (earlier) warnings.push(replaced(work, earlier, { line, text }));
    }
    return works;
  }
}
