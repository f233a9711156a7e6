import type { ImportWarning } from '../core/chapter.ts';

/** Cells of a matrix that hold an answer: for each question, the members who wrote one. */
export type FilledCells = readonly (readonly string[])[];

/**
 * Whether the questions were dealt out: no question has the answers of two members, though several members answered.
 * Then a blank cell is a question that was somebody else's; in any other table it is one left unanswered.
 */
export function isDealt(filled: FilledCells): boolean {
  return filled.every((members) => members.length <= 1) && new Set(filled.flat()).size > 1;
}

/** Says that blank cells are nobody's, since that is a guess. */
export function dealtWarning(line: number): ImportWarning {
  return {
    code: 'blank_cells_not_assigned',
    line,
    message: {
      ko: '질문마다 답한 멤버가 하나뿐이어서 나누어 맡은 질문으로 보고, 빈 칸은 맡지 않은 질문으로 읽습니다. 맡고도 답하지 않은 칸에는 -를 적으세요.',
      en: 'no question has the answers of two members, so the questions are taken to be dealt out and a blank cell to be somebody else’s question; write - into a cell whose member had to answer.',
    },
  };
}
