import type { GradingResult } from '../app/grade-chapter.ts';
import type { ScoreChange } from '../core/changes.ts';
import type { Language } from '../core/localized.ts';
import { counted } from '../core/plural.ts';
import { attemptLabel, causesLabel, remarkLabel, scoreLabel, signedLabel } from '../reports/labels.ts';

/** One line on what a run did. */
export function totalsLine({ totals, run, failure }: GradingResult, language: Language): string {
  const ko = language === 'ko';
  const { graded, notAttempted, ungraded, needsReview, requests, inputTokens, outputTokens, costUsd } =
    totals;
  const parts = ko
    ? [`채점 ${graded}`, `답 없이 처리 ${notAttempted}`, `미채점 ${ungraded}`, `확인 필요 ${needsReview}`]
    : [
        `${graded} graded`,
        `${notAttempted} not attempted`,
        `${ungraded} ungraded`,
        `${needsReview} to review`,
      ];
  if (run.judge === 'llm') {
    const cost = costUsd === null ? (ko ? '비용 모름' : 'cost unknown') : `$${costUsd.toFixed(4)}`;
    parts.push(ko ? `요청 ${requests}` : counted(requests, 'request'));
    if (requests > 0)
      parts.push(ko ? `토큰 ${inputTokens}+${outputTokens}` : `${inputTokens}+${outputTokens} tokens`, cost);
  }
  // A failure that stopped it says itself how to go on.
  if (run.stopped && failure === null)
    parts.push(
      ko ? '중단됨: 같은 명령을 다시 실행하면 이어집니다' : 'stopped: the same command goes on from here',
    );
  return parts.join(' · ');
}

const mostNamed = 10;

function changeLine(change: ScoreChange, language: Language): string {
  const { member, question, attempt, from, to, difference, causes } = change;
  const label = (side: ScoreChange['from']) =>
    side.state === 'ungraded' ? (language === 'ko' ? '미채점' : 'ungraded') : scoreLabel(side.score);
  const who =
    language === 'ko'
      ? `${member} ${question}번 ${attemptLabel(attempt, language)}`
      : `${member}, question ${question}, ${attemptLabel(attempt, language)}`;
  const moved = difference === null ? '' : ` ${signedLabel(difference)}`;
  return `  ${who}: ${label(from)} → ${label(to)}${moved} (${causesLabel(causes, language)})`;
}

/** Whose score moved since the chapter was last graded, and by how much; empty when none did. */
export function changesNotice({ changes, language }: GradingResult): string {
  if (changes.length === 0) return '';
  const ko = language === 'ko';
  const lines = changes.slice(0, mostNamed).map((change) => changeLine(change, language));
  const left = changes.length - mostNamed;
  if (left > 0) lines.push(ko ? `  … 외 ${left}개 (--json)` : `  … and ${left} more (--json)`);
  return `${ko ? '점수가 바뀐 답' : 'Scores that moved'}:\n${lines.join('\n')}\n`;
}

/** Whose answers need a person, or another run, and why; empty when none does. */
export async function reviewNotice({ standing, language }: GradingResult): Promise<string> {
  const ko = language === 'ko';
  const doubtful = standing.grades.filter((grade) => grade.needsReview);
  const named = new Set(doubtful.slice(0, mostNamed));
  const shown = await Array.fromAsync(standing.whole((summary) => named.has(summary)));
  const lines = shown.map((grade) => {
    const why = grade.reviewReasons.map((reason) => remarkLabel(reason, language)).join(', ');
    const detail = grade.ungradedDetail ? ` (${grade.ungradedDetail})` : '';
    return ko
      ? `  ${grade.member} ${grade.question}번 ${attemptLabel(grade.attempt, language)}: ${why}${detail}`
      : `  ${grade.member}, question ${grade.question}, ${attemptLabel(grade.attempt, language)}: ${why}${detail}`;
  });
  const left = doubtful.length - mostNamed;
  if (left > 0) lines.push(ko ? `  … 외 ${left}개 (grades.csv)` : `  … and ${left} more (grades.csv)`);
  return lines.length === 0 ? '' : `${ko ? '확인할 답' : 'To review'}:\n${lines.join('\n')}\n`;
}

/** Whose answers are nearly the same; a hint, for the leader only. Empty when none are. */
export function similarNotice({ standing, language }: GradingResult): string {
  const ko = language === 'ko';
  const groups = standing.grades
    .filter((grade) => grade.similarTo.length > 0)
    .map(({ question, member, similarTo }) => {
      const names = [member, ...similarTo].sort((a, b) => a.localeCompare(b, 'ko')).join(', ');
      return ko ? `  ${question}번: ${names}` : `  question ${question}: ${names}`;
    });
  const lines = [...new Set(groups)];
  if (lines.length === 0) return '';
  const head = ko ? '거의 같은 답 (참고만 하세요)' : 'Nearly the same answers (only a hint)';
  return `${head}:\n${lines.join('\n')}\n`;
}

/** How many members the table leaves out; empty when it shows all. */
export function moreMembers(left: number, language: Language): string {
  if (left === 0) return '';
  return language === 'ko'
    ? `… 멤버 ${left}명 더 (scoreboard.md)\n\n`
    : `… and ${left} more members (scoreboard.md)\n\n`;
}

/** Feedback files that are named; of a course with hundreds of members nobody reads more. */
const mostFiles = 30;

/** Where reports were written, and which. */
export function reportsLine(folder: string, names: readonly string[], language: Language): string {
  const left = names.length - mostFiles;
  const more = language === 'ko' ? `… 외 ${left}개` : `… and ${left} more`;
  const shown = left > 0 ? [...names.slice(0, mostFiles), more] : names;
  return `${language === 'ko' ? '보고서' : 'Reports'}: ${folder}/ (${shown.join(', ')})\n`;
}

/** Why `--fail-under` ended the command with 1. */
export function underNotice(mean: number | null, threshold: number, language: Language): string {
  if (mean === null) return language === 'ko' ? '점수가 있는 멤버가 없습니다.\n' : 'No member has a score.\n';
  return language === 'ko'
    ? `모임 평균 ${mean}점이 --fail-under ${threshold}보다 낮습니다.\n`
    : `The group's mean of ${mean} is below --fail-under ${threshold}.\n`;
}
