import type { ImportWarning } from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import { bodyOfCell, numbered, wordOfCell } from './answer-row.ts';
import type { Cell } from './grid.ts';
import { type NumberedText, readNumberedText } from './question-text.ts';

/** A cell with a question. */
export interface QuestionCell {
  no: number;
  /** Blank where the cell holds a number alone. */
  text: string;
  cell: Cell;
}

/** A number as a cell by itself: `3`, `Q3`, `3번`, `3번 문제`; null for anything else. */
export function numberInCell(text: string): number | null {
  const word = wordOfCell(text).replace(/(?<=^\d{1,3}번) ?(?:문제|질문|문항)$/u, '');
  const no = Number(numbered.exec(word)?.[1]);
  return Number.isInteger(no) && no > 0 ? no : null;
}

function readCell(text: string): NumberedText {
  const no = numberInCell(text);
  if (no !== null) return { no, text: '' };
  const asked = readNumberedText(bodyOfCell(text).replace(/^(\d{1,3})\s*번\s*[.):]?\s+/u, '$1. '));
  return asked.no === 0 ? { ...asked, no: null } : asked;
}

function doubled(written: number, no: number, line: number): ImportWarning {
  return {
    code: 'number_doubled',
    line,
    message: {
      ko: `${written}번 질문이 두 번 나옵니다. 이쪽을 ${no}번으로 셉니다.`,
      en: `question ${written} appears twice; this one is counted as ${no}.`,
    },
  };
}

function sameText(text: string, first: number, no: number, line: number): ImportWarning {
  const shown = text.replace(/\s+/gu, ' ');
  return {
    code: 'question_text_twice',
    line,
    message: {
      ko: `"${shown}"이라는 질문이 두 번 있습니다. ${first}번과 ${no}번, 다른 질문으로 읽습니다.`,
      en: `the question "${shown}" is there twice; they are read as two questions, ${first} and ${no}.`,
    },
  };
}

/**
 * Numbers the questions of a header or a column: by the number written with each, else the next free one. Two of one
 * text stay two questions.
 * @param given numbers that stand in cells of their own, by position
 */
export function numberCells(
  cells: readonly Cell[],
  given: readonly (number | null)[] = [],
): { questions: QuestionCell[]; warnings: ImportWarning[] } {
  const warnings: ImportWarning[] = [];
  const written = cells.map((cell, index) => {
    const own = readCell(cell.text);
    const apart = given[index] ?? null;
    return apart === null ? own : { no: apart, text: own.text };
  });
  const reserved = new Set(written.map(({ no }) => no));
  const taken = new Set<number>();
  const byText = new Map<string, number>();
  let last = 0;
  const questions = written.map(({ no: wanted, text }, index): QuestionCell => {
    const cell = cells[index] ?? { text, from: 1, to: 1 };
    let no = wanted ?? last + 1;
    while (taken.has(no) || (no !== wanted && reserved.has(no))) no += 1;
    if (wanted !== null && no !== wanted) warnings.push(doubled(wanted, no, cell.from));
    taken.add(no);
    last = no;
    const letters = foldLetters(text);
    const first = byText.get(letters);
    if (letters !== '' && first !== undefined) warnings.push(sameText(text, first, no, cell.from));
    else byText.set(letters, no);
    return { no, text, cell };
  });
  return { questions, warnings };
}
