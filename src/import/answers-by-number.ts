import type { ImportWarning } from '../core/chapter.ts';
import type { QuestionKey } from './question-key.ts';
import type { RawSubmission } from './read-item.ts';
import { linesOf, textOfLines } from './slice.ts';
import { holdsCallout, type TakenApart } from './take-document.ts';

const listSign = /^\s*\d{1,9}[.)]\s+/u;

/** Says that a question was told by nothing but its number. */
export function matchedByNumber(no: number | null, file: string, line: number): ImportWarning {
  return {
    code: 'question_matched_by_number',
    file,
    line,
    message: {
      ko: `질문의 글 없이 번호만 있어 질문 목록의 ${no}번에 맞추었습니다. 맞는지 확인하세요.`,
      en: `there is only a number and no text of the question, so this is matched to ${no} of the list of questions. Check it.`,
    },
  };
}

/**
 * A member's answers as a numbered list without the questions: `1. …`, `2. …`, told by the numbers of a list of
 * questions. None where the document has other lists, a number twice, or more numbers that the list has not than others.
 */
export function answersByNumber(taken: TakenApart, key: QuestionKey, member: string): RawSubmission[] {
  const { file, source, places, nodes, title } = taken;
  const isOnlyLists = nodes.every(
    (node) => node.type === 'list' || (title !== null && linesOf(node).from === title.line),
  );
  if (!isOnlyLists || places.some((place) => holdsCallout(place))) return [];
  const byNumber = new Map(key.questions.map((question) => [question.no, question]));
  const seen = new Set<number>();
  const found = places.flatMap(({ item }): RawSubmission[] => {
    const question = byNumber.get(item?.number ?? -1);
    if (!item || !question) return [];
    seen.add(question.no ?? 0);
    const { from, to } = { from: item.from, to: item.contentTo };
    const [first = '', ...rest] = source.slice(from - 1, to);
    const body = textOfLines(rest, item.indent);
    const opening = first.replace(listSign, '').trimEnd();
    const text = body === '' ? opening : `${opening}\n${textOfLines(rest, item.indent)}`.trim();
    return [
      {
        ...{ file, member, from, to, question: { no: question.no, text: question.text }, asked: null },
        callouts: text === '' ? [] : [{ from, to, role: 'answer', text, closed: true }],
        ...{ notes: [], inline: [] },
      },
    ];
  });
  const isClear = seen.size === found.length && found.length * 2 > places.length;
  return isClear ? found : [];
}
