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
import { inlineMarkdown } from './markdown.ts';
import { markdownTable } from './table.ts';

function gradeMarkdown(grade: Grade, isFirst: boolean, report: FeedbackReport): string[] {
  const { language } = report;
  const own = words[language];
  const flags = flagLine(grade, isFirst, language);
  const decision = decisionOf(grade, language);
  const head = [
    `### ${headOf(grade, report)}`,
    '',
    ...(decision === null ? [] : [`> ${inlineMarkdown(decision)}`, '']),
    ...(flags === null ? [] : [flags, '']),
  ];
  if (!grade.feedback)
    return [...head, ...linesWithoutFeedback(grade, language).flatMap((line) => [inlineMarkdown(line), ''])];
  const { summary, strengths, improvements, nextStep } = grade.feedback;
  const list = (name: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`**${name}**`, '', ...items.map((item) => `- ${inlineMarkdown(item)}`), ''];
  const names = listNames(grade, language);
  const { items: shown, note } = shownCriteria(grade, language);
  const rows = shown.map((item) => [
    inlineMarkdown(item.name),
    inlineMarkdown(item.levelName),
    `${scoreLabel(item.points)}/${scoreLabel(item.maxPoints)}`,
    inlineMarkdown(quotesOf(item, language)),
    inlineMarkdown(item.reason),
  ]);
  const review = reviewOf(grade, language);
  return [
    ...head,
    '<aside>',
    '📝',
    '',
    inlineMarkdown(summary),
    '',
    ...list(names.strengths, strengths),
    ...list(names.improvements, improvements),
    `**${own.next}** ${inlineMarkdown(nextStep)}`,
    '',
    '</aside>',
    '',
    markdownTable([own.criterion, own.level, own.points, own.evidence, own.reason], rows, [
      'left',
      'left',
      'right',
      'left',
      'left',
    ]),
    '',
    ...(note === null ? [] : [inlineMarkdown(note), '']),
    ...(review === null ? [] : [`> ${review}`, '']),
  ];
}

/** A member's feedback as Markdown that Notion takes: callouts, tables, no HTML besides the callout's tag. */
export function feedbackMarkdown(report: FeedbackReport): string {
  const notices = judgeNotice(report.grades, report.language).map((notice) => `> ${inlineMarkdown(notice)}`);
  const sections = questionsOf(report).flatMap(({ question, grades }) => [
    `## ${question.no}. ${inlineMarkdown(withoutEmphasis(question.text))}`,
    '',
    ...grades.flatMap((grade, index) => gradeMarkdown(grade, index === 0, report)),
  ]);
  return [
    `# ${inlineMarkdown(titleOf(report))}`,
    '',
    ...notices.flatMap((notice) => [notice, '']),
    ...sections,
  ].join('\n');
}
