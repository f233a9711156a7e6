import { mostDoubtfulFirst } from '../core/doubt.ts';
import type { Grade } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import type { Review } from '../core/review.ts';
import { shorten } from '../core/sentences.ts';
import { shownTime } from '../core/shown-time.ts';
import { attemptLabel, causesLabel, judgeNotice, outcomeLabel, remarkLabel, scoreLabel } from './labels.ts';
import { terminalTable } from './table.ts';

/** Why a person should look at a grade, in words; whose answer it resembles is for the leader only. */
export function doubtsLabel(grade: Grade, language: Language): string {
  const ko = language === 'ko';
  const because =
    grade.override !== null && grade.override.stale.length > 0
      ? ` (${causesLabel(grade.override.stale, language)})`
      : '';
  const reasons = grade.reviewReasons.map((reason) => {
    const spread = reason === 'judges_disagree' && grade.spread !== null ? ` (${grade.spread})` : '';
    return `${remarkLabel(reason, language)}${spread}${reason === 'override_stale' ? because : ''}`;
  });
  if (grade.stale.length > 0)
    reasons.push(`${ko ? '옛 기준' : 'stale'}: ${causesLabel(grade.stale, language)}`);
  if (grade.similarTo.length > 0) {
    const names = grade.similarTo.join(', ');
    reasons.push(ko ? `${names} 님의 답과 거의 같음(참고)` : `nearly the same answer as ${names} (a hint)`);
  }
  return reasons.join('; ');
}

/**
 * The queue of grades for a person to look at, and what was decided so far.
 * @param grades at least those; others are not shown
 * @param judged all grades of the chapter, for who judged; `grades` when left out
 */
export function reviewTable(
  title: string,
  grades: readonly Grade[],
  language: Language,
  judged: readonly Pick<Grade, 'judge'>[] = grades,
): string {
  const queue = mostDoubtfulFirst(grades);
  const ko = language === 'ko';
  const head = ko
    ? ['멤버', '질문', '답', '점수', '확인할 이유']
    : ['member', 'question', 'attempt', 'score', 'why'];
  const rows = queue.map((grade) => [
    grade.member,
    String(grade.question),
    attemptLabel(grade.attempt, language),
    scoreLabel(grade.score),
    doubtsLabel(grade, language),
  ]);
  const decided = grades.filter((grade) => grade.override !== null);
  const decisions = decided.map(({ member, question, override }) =>
    override === null
      ? ''
      : ko
        ? `  ${member} ${question}번: ${scoreLabel(override.score)} (자동 채점 ${scoreLabel(override.machine.score)}) · ${override.by}: ${override.reason}`
        : `  ${member}, question ${question}: ${scoreLabel(override.score)} (machine ${scoreLabel(override.machine.score)}) · ${override.by}: ${override.reason}`,
  );
  return [
    ko ? `확인할 답: ${title}` : `To review: ${title}`,
    ...judgeNotice(judged, language),
    '',
    queue.length === 0
      ? ko
        ? '확인할 답이 없습니다.'
        : 'Nothing to review.'
      : terminalTable(head, rows, ['left', 'right', 'left', 'right', 'left']),
    '',
    ...(decisions.length === 0 ? [] : [ko ? '사람이 정한 점수' : 'Decided by a person', ...decisions, '']),
  ].join('\n');
}

function historyLine({ action, score, by, at, reason }: Review, language: Language): string {
  const what = action === 'clear' ? (language === 'ko' ? '결정 취소' : 'cleared') : scoreLabel(score);
  return `  ${shownTime(at)}  ${by}: ${what}${reason === '' ? '' : ` · ${reason}`}`;
}

export interface ReviewedAttempt {
  title: string;
  question: string;
  modelAnswer: string | null;
  answer: string;
  grade: Grade;
  history: readonly Review[];
  language: Language;
}

function section(name: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [name, ...lines, ''];
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`.trimEnd());
}

/** One grade with everything a person needs to decide: texts, levels with evidence and reasons, opinions, history. */
export function reviewText({
  title,
  question,
  modelAnswer,
  answer,
  grade,
  history,
  language,
}: ReviewedAttempt): string {
  const ko = language === 'ko';
  const { override } = grade;
  const doubts = doubtsLabel(grade, language);
  const criteria = [...grade.keyPoints, ...grade.criteria].flatMap((item) => [
    `  ${item.id} = ${item.level}  ${scoreLabel(item.points)}/${scoreLabel(item.maxPoints)}  ${shorten(item.name, 80)}`,
    ...item.evidence.map(
      (quote) =>
        `      “${shorten(quote, 100)}”${item.evidenceVerified ? '' : ko ? ' (답에 없는 말이 있음)' : ' (not all of it in the answer)'}`,
    ),
    ...(item.reason === '' ? [] : [`      ${shorten(item.reason, 200)}`]),
  ]);
  const opinions = grade.opinions.map(
    ({ model, sample, score, levels }) =>
      `  ${model} #${sample + 1}: ${scoreLabel(score)}  ${Object.entries(levels)
        .map(([id, level]) => `${id}=${level}`)
        .join(' ')}`,
  );
  const machine =
    override === null
      ? []
      : [
          ko
            ? `자동 채점: ${scoreLabel(override.machine.score)} · ${override.by} 님이 정함: ${scoreLabel(override.score)} (${override.reason})`
            : `Machine: ${scoreLabel(override.machine.score)} · ${override.by} decided: ${scoreLabel(override.score)} (${override.reason})`,
        ];
  return [
    `${title} · ${grade.member} · ${grade.question} · ${attemptLabel(grade.attempt, language)}: ${outcomeLabel(grade, language)}`,
    ...machine,
    ...(doubts === '' ? [] : [`${ko ? '확인할 이유' : 'To check'}: ${doubts}`]),
    '',
    ...section(ko ? '질문' : 'Question', indented(question)),
    ...section(ko ? '답' : 'Answer', answer === '' ? [] : indented(answer)),
    ...section(ko ? '모범답안' : 'Model answer', modelAnswer === null ? [] : indented(modelAnswer)),
    ...section(ko ? '수준' : 'Levels', criteria),
    ...section(ko ? '의견' : 'Opinions', opinions),
    ...section(
      ko ? '지금까지의 결정' : 'Decisions so far',
      history.map((review) => historyLine(review, language)),
    ),
  ].join('\n');
}
