import type { Chapter, ImportWarning } from '../core/chapter.ts';
import { AnswerChapters } from './answer-chapters.ts';
import { type AnswerRow, bodyOfCell } from './answer-row.ts';
import { addModelAnswers } from './apart-model-answers.ts';
import type { Grid, GridRow } from './grid.ts';
import type { LineUses } from './line-uses.ts';
import { memberNames } from './member-names.ts';
import { joinMissingModelAnswers } from './missing-model-answers.ts';
import type { ModelAnswer } from './model-answers.ts';
import { numberCells, type QuestionCell } from './number-cells.ts';
import type { ReadingHints } from './reader.ts';
import type { QuestionPlaces } from './table-questions.ts';

/** A row with all that one member, or the model answer, has to say. */
export interface MemberRow {
  row: GridRow;
  /** null in the row of model answers. */
  member: string | null;
  chapter: string;
  /** When it was handed in, if the table says so. */
  time: number | null;
}

/** A table with one member on each row. */
export interface MemberRows {
  title: string;
  grid: Grid;
  rows: readonly MemberRow[];
  /** The columns with questions. */
  questions: readonly number[];
  /** Whether a blank cell is a question that was not the member's, rather than one left unanswered. */
  blankIsOthers: boolean;
  /** Model answers that stand apart from the table. */
  models: readonly ModelAnswer[];
  /** Of the document, to be marked. */
  uses: LineUses;
  warnings: readonly ImportWarning[];
  hints: ReadingHints;
}

const places: QuestionPlaces = {
  text: { ko: '첫 줄의 칸 이름에 적으세요', en: 'write it into the header' },
  reference: {
    ko: '이름을 "모범답안"으로 적은 줄에 넣거나',
    en: 'give it in a row whose name is "Model answer"',
  },
};

function resubmitted(member: string, kept: MemberRow, dropped: MemberRow, byTime: boolean): ImportWarning {
  const [first, second] = [kept.row.from, dropped.row.from].sort((a, b) => a - b);
  const line = kept.row.from;
  return {
    code: 'resubmitted',
    line,
    message: {
      ko: `${member}: ${first}행과 ${second}행에 두 번 냈습니다. ${byTime ? '시각이 더 늦은' : '표에서 뒤에 있는'} ${line}행의 답을 씁니다.`,
      en: `${member} handed in twice, on lines ${first} and ${second}; line ${line} counts, which is ${byTime ? 'the later by its time stamp' : 'further down'}.`,
    },
  };
}

/** Of several rows of a member the latest, by time where both have one, else by place. */
function latestOf({ rows, hints }: MemberRows): { kept: MemberRow[]; warnings: ImportWarning[] } {
  const names = memberNames(hints);
  const latest = new Map<string, MemberRow>();
  const warnings: ImportWarning[] = [];
  for (const own of rows) {
    const member = own.member === null ? null : (names(own.member) ?? own.member);
    const key = JSON.stringify([own.chapter, member]);
    const other = latest.get(key);
    if (!other) {
      latest.set(key, own);
      continue;
    }
    const byTime = own.time !== null && other.time !== null && own.time !== other.time;
    const isLater = !byTime || (own.time ?? 0) > (other.time ?? 0);
    const [kept, dropped] = isLater ? [own, other] : [other, own];
    latest.set(key, kept);
    warnings.push(resubmitted(member ?? '모범답안', kept, dropped, byTime));
  }
  return { kept: [...latest.values()], warnings };
}

function answersOf(
  { row, member, chapter }: MemberRow,
  columns: readonly number[],
  asked: readonly QuestionCell[],
) {
  return columns.map((column, index): AnswerRow => {
    const cell = row.cells[column] ?? { text: '', from: row.from, to: row.from };
    const text = bodyOfCell(cell.text);
    return {
      line: cell.from,
      lastLine: cell.to,
      chapter,
      member: member ?? '',
      no: asked[index]?.no ?? index + 1,
      id: '',
      question: asked[index]?.text ?? '',
      answer: member === null ? '' : text,
      reference: member === null ? text : '',
      attempt: 'first',
    };
  });
}

function markRow(row: GridRow, member: string | null, answers: readonly AnswerRow[], uses: LineUses): void {
  if (member === null) {
    uses.mark(row, { role: 'model_answer' });
    return;
  }
  const written = answers.filter(({ answer }) => answer !== '');
  // Where all stands on one line, that is no one question's.
  if (row.to > row.from) {
    for (const { line, lastLine, no } of written)
      uses.mark({ from: line, to: lastLine }, { role: 'answer', member, question: no ?? 0 });
  }
  uses.mark(row, { role: written.length > 0 ? 'answer' : 'member', member });
}

/** Reads a table with one member on each row; the text of each question stands in the header. */
export function readMemberRows(table: MemberRows): Chapter[] {
  const { title, grid, rows, questions: columns, hints, uses } = table;
  const cells = columns.map((column) => grid.header.cells[column] ?? { text: '', from: 1, to: 1 });
  const { questions, warnings: doubled } = numberCells(cells);
  const { kept, warnings: twice } = latestOf(table);
  const isKept = new Set(kept);
  const names = memberNames(hints);
  const chapters = new AnswerChapters(title, hints, places);
  uses.mark(grid.header, { role: 'question' });
  for (const own of rows) {
    const member = own.member === null ? null : names(own.member);
    const answers = answersOf(own, columns, questions);
    // What a stranger wrote is left out there, with a warning.
    if (isKept.has(own))
      for (const answer of answers)
        chapters.add(table.blankIsOthers && answer.answer === '' ? { ...answer, member: '' } : answer);
    const isStranger = own.member !== null && member === null;
    if (isStranger || !isKept.has(own)) uses.mark(own.row, { role: 'ignored' });
    else markRow(own.row, member, answers, uses);
  }
  addModelAnswers(table.models, questions, chapters, uses);
  return chapters
    .finish([...table.warnings, ...doubled, ...twice])
    .map((chapter) => joinMissingModelAnswers(chapter, grid.header.from, places));
}
