import type { Grade } from '../core/grade.ts';
import { withoutEmphasis } from '../core/sentences.ts';
import {
  decisionOf,
  type FeedbackReport,
  flagLine,
  headOf,
  linesWithoutFeedback,
  listNames,
  questionsOf,
  quotesOf,
  reviewOf,
  shownCriteria,
  titleOf,
} from './feedback-content.ts';
import { judgeNotice, scoreLabel, feedbackWords as words } from './labels.ts';

/** A model may break its lines anywhere. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function gradeText(grade: Grade, isFirst: boolean, report: FeedbackReport): string[] {
  const { language } = report;
  const own = words[language];
  const flags = flagLine(grade, isFirst, language);
  const decision = decisionOf(grade, language);
  const lines = [
    `[${headOf(grade, report)}]`,
    ...(decision === null ? [] : [oneLine(decision)]),
    ...(flags === null ? [] : [flags]),
  ];
  if (!grade.feedback) return [...lines, ...linesWithoutFeedback(grade, language), ''];
  const { summary, strengths, improvements, nextStep } = grade.feedback;
  const names = listNames(grade, language);
  const { items: shown, note } = shownCriteria(grade, language);
  const list = (name: string, items: readonly string[]) =>
    items.length === 0 ? [] : ['', name, ...items.map((item) => `  - ${oneLine(item)}`)];
  lines.push(
    '',
    oneLine(summary),
    ...list(names.strengths, strengths),
    ...list(names.improvements, improvements),
  );
  lines.push('', own.next, `  → ${oneLine(nextStep)}`, '');
  for (const item of shown) {
    lines.push(
      `  ${scoreLabel(item.points).padStart(5)}/${scoreLabel(item.maxPoints)}  ${item.levelName} · ${item.name}`,
    );
    const quotes = quotesOf(item, language);
    if (quotes !== '') lines.push(`               ${quotes}`);
    lines.push(`               ${oneLine(item.reason)}`);
  }
  if (note !== null) lines.push(`  ${note}`);
  const review = reviewOf(grade, language);
  return [...lines, ...(review === null ? [] : ['', `! ${review}`]), ''];
}

/** A member's feedback for the terminal. */
export function feedbackText(report: FeedbackReport): string {
  const sections = questionsOf(report).flatMap(({ question, grades }) => [
    (report.member === null ? '' : `${question.no}. `) + withoutEmphasis(question.text),
    '',
    ...grades.flatMap((grade, index) => gradeText(grade, index === 0, report)),
  ]);
  return [titleOf(report), ...judgeNotice(report.grades, report.language), '', ...sections].join('\n');
}
