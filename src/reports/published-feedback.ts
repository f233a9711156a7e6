import type { Grade } from '../core/grade.ts';
import { joinRuns, ownerLabel, publishedMark, type TextRun } from '../core/published.ts';
import {
  decisionOf,
  type FeedbackReport,
  flagLine,
  headOf,
  linesWithoutFeedback,
  listNames,
  reviewOf,
} from './feedback-content.ts';
import { judgeNotice, feedbackWords as words } from './labels.ts';

/** A line, in which what is bold comes first. */
interface Line {
  bold?: string;
  text?: string;
}

/** A model may break its lines anywhere. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function linesBelowHead(grade: Grade, isFirst: boolean, { language }: FeedbackReport): Line[] {
  const decision = decisionOf(grade, language);
  const flags = flagLine(grade, isFirst, language);
  const remarks = [decision, flags].flatMap((text) => (text === null ? [] : [{ text: oneLine(text) }]));
  if (!grade.feedback)
    return [...remarks, ...linesWithoutFeedback(grade, language).map((text) => ({ text: oneLine(text) }))];
  const { summary, strengths, improvements, nextStep } = grade.feedback;
  const names = listNames(grade, language);
  const list = (bold: string, items: readonly string[]): Line[] =>
    items.length === 0 ? [] : [{ bold }, ...items.map((item) => ({ text: `• ${oneLine(item)}` }))];
  const review = reviewOf(grade, language);
  return [
    ...remarks,
    { text: oneLine(summary) },
    ...list(names.strengths, strengths),
    ...list(names.improvements, improvements),
    { bold: words[language].next, text: ` ${oneLine(nextStep)}` },
    ...(review === null ? [] : [{ text: `! ${review}` }]),
  ];
}

/** Feedback on one member's answer to one question, as a text to stand below it on the group's page. */
export function publishedFeedback(report: FeedbackReport): TextRun[] {
  const { grades, language } = report;
  const lines = grades.flatMap((grade, index): Line[] => {
    const head = headOf(grade, report);
    const below = linesBelowHead(grade, index === 0, report);
    return index === 0
      ? [{ bold: publishedMark, text: ` · ${ownerLabel(grade)} · ${head}` }, ...below]
      : [{}, { bold: head }, ...below];
  });
  const notices = judgeNotice(grades, language).map((text): Line => ({ text }));
  return joinRuns(
    [...lines, ...notices].flatMap(({ bold = '', text = '' }, index) => [
      { text: index === 0 ? '' : '\n', isBold: false },
      { text: bold, isBold: true },
      { text, isBold: false },
    ]),
  );
}
