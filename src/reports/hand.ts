import type { HandPage, HandProblem, HandReply } from '../core/hand.ts';
import type { Language, Localized } from '../core/localized.ts';
import { counted } from '../core/plural.ts';

/** What was written out for a person to paste. */
export interface HandExport {
  folder: string;
  pages: number;
  answers: number;
  settled: number;
  kept: number;
}

/** What was written out, and what to do with it. */
export function handExportText(
  { folder, pages, answers, settled, kept }: HandExport,
  language: Language,
): string {
  const ko = language === 'ko';
  if (answers === 0)
    return ko
      ? `쓸 것이 없습니다. 응답이 이미 있는 답 ${kept}개, 모델이 필요 없는 답 ${settled}개.\n`
      : `There is nothing to ask: ${kept} with a kept reply, ${settled} settled without a model.\n`;
  return ko
    ? `${folder}: 답 ${answers}개를 ${pages}쪽에 썼습니다(응답이 이미 있는 답 ${kept}개, 모델이 필요 없는 답 ${settled}개).\n쪽마다 새 채팅에 붙여 넣고, 받은 답을 그 쪽의 마지막 줄 아래에 붙여 넣은 다음 batch import ${folder}를 실행하세요.\n`
    : `${folder}: ${counted(answers, 'answer')} on ${counted(pages, 'page')} (${kept} with a kept reply, ${settled} settled without a model).\nPaste each page into a new chat, its reply below the last line of the page, then run "batch import ${folder}".\n`;
}

const stateNames: Readonly<Record<HandReply['state'], Localized>> = {
  taken: { ko: '받았습니다', en: 'taken' },
  there: { ko: '이미 있습니다', en: 'already there' },
  missing: { ko: '아직 없습니다', en: 'missing' },
  malformed: { ko: '읽을 수 없습니다', en: 'malformed' },
};

function replyLine({ id, member, question, state, problem }: HandReply, language: Language): string {
  const whose = language === 'ko' ? `${member} ${question}번` : `${member}, question ${question}`;
  const why = problem === null ? '' : `: ${problem.slice(0, 300)}`;
  return `  ${id} (${whose}): ${stateNames[state][language]}${why}`;
}

function problemLine(problem: HandProblem, language: Language): string {
  const ko = language === 'ko';
  switch (problem.kind) {
    case 'no_line':
      return ko
        ? '  답을 붙여 넣는 줄이 없어졌습니다. 그 줄을 되살리거나 새 폴더에 다시 내보내세요.'
        : '  the line below which the reply goes is gone; put it back, or export into a new folder.';
    case 'foreign_id':
      return ko
        ? `  ${problem.id}의 답은 ${problem.file}의 것이라 받지 않았습니다. 그 쪽에 옮겨 붙이세요.`
        : `  the reply to ${problem.id} belongs on ${problem.file} and was not taken; paste it there.`;
    case 'unknown_id':
      return ko
        ? `  "${problem.id}"(이)라는 답은 없어서 받지 않았습니다.`
        : `  there is no answer "${problem.id}"; that reply was not taken.`;
    case 'unnamed':
      return ko
        ? `  어느 답의 것인지(id) 적히지 않은 응답 ${problem.count}개는 받지 않았습니다.`
        : `  ${counted(problem.count, 'reply', 'replies')} without the id of an answer not taken.`;
  }
}

/** How many answers on all pages came to each end. */
export function handTotals(pages: readonly HandPage[]): Record<HandReply['state'], number> {
  const totals = { taken: 0, there: 0, missing: 0, malformed: 0 };
  for (const { replies } of pages) for (const { state } of replies) totals[state] += 1;
  return totals;
}

/** Page by page what was taken, what is missing and what is malformed, and why. */
export function handImportText(pages: readonly HandPage[], language: Language): string {
  const ko = language === 'ko';
  const { taken, there, missing, malformed } = handTotals(pages);
  return [
    ...pages.flatMap(({ file, replies, problems }) => [
      file,
      ...replies.map((reply) => replyLine(reply, language)),
      ...problems.map((problem) => problemLine(problem, language)),
    ]),
    '',
    ko
      ? `받은 응답 ${taken}개, 이미 있던 것 ${there}개, 없는 것 ${missing}개, 읽을 수 없는 것 ${malformed}개.`
      : `${taken} taken, ${there} already there, ${missing} missing, ${malformed} malformed.`,
    '',
  ].join('\n');
}
