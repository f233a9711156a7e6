import type { Question } from '../core/chapter.ts';
import type { Grade, ScoredCriterion } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import { bandOf, type Rubric } from '../core/rubric.ts';
import { shorten } from '../core/sentences.ts';
import {
  attemptLabel,
  judgeNotice,
  notAttemptedReason,
  outcomeLabel,
  remarkLabel,
  scoreLabel,
  feedbackWords as words,
} from './labels.ts';
import { inlineMarkdown } from './markdown.ts';
import { markdownTable } from './table.ts';

/** The feedback one member gets: grades of their attempts, in the order of the questions. */
export interface FeedbackReport {
  title: string;
  /** null for a single answer that belongs to nobody. */
  member: string | null;
  questions: readonly Question[];
  grades: readonly Grade[];
  rubric: Rubric;
  language: Language;
}

/** Quotes longer than this repeat the answer; more than two say no more. */
const longestQuote = 100;
const mostQuotes = 2;

/** An answer that is not there was never a "first answer". */
function headOf(grade: Grade, { rubric, language }: FeedbackReport): string {
  const band =
    grade.state === 'graded' && grade.score !== null ? ` · ${bandOf(rubric, grade.score)[language]}` : '';
  const outcome = `${outcomeLabel(grade, language)}${band}`;
  return grade.state === 'not_attempted' && grade.attempt === 'first'
    ? outcome
    : `${attemptLabel(grade.attempt, language)}: ${outcome}`;
}

function quotesOf(item: ScoredCriterion, language: Language): string {
  const quotes = item.evidence
    .slice(0, mostQuotes)
    .map((quote) => `“${shorten(quote, longestQuote)}”`)
    .join(' … ');
  return quotes !== '' && !item.evidenceVerified ? `${quotes} (${words[language].unverified})` : quotes;
}

/**
 * The criteria to show. The baseline cannot judge the general ones: a level such as "wrong" would claim what
 * it does not know, so only what it found is shown, and their points in one line.
 */
function shownCriteria(grade: Grade, language: Language): { items: ScoredCriterion[]; note: string | null } {
  const all = [...grade.keyPoints, ...grade.criteria];
  const hidden =
    grade.judge.kind === 'offline' ? grade.criteria.filter((item) => item.id !== 'coverage') : [];
  const sum = (pick: (item: ScoredCriterion) => number) =>
    scoreLabel(hidden.reduce((total, item) => total + pick(item), 0));
  const points = `${sum((item) => item.points)}/${sum((item) => item.maxPoints)}`;
  const names = hidden.map((item) => item.name).join(language === 'ko' ? '·' : ', ');
  return {
    items: all.filter((item) => !hidden.includes(item)),
    note: hidden.length === 0 ? null : words[language].filledIn(names, points),
  };
}

/** Names for the two lists: what the baseline found is neither right nor wrong. */
function listNames(grade: Grade, language: Language): { strengths: string; improvements: string } {
  const { strengths, improvements, found, notFound } = words[language];
  return grade.judge.kind === 'offline'
    ? { strengths: found, improvements: notFound }
    : { strengths, improvements };
}

/** Lines for a grade that has no feedback: what to do next, or what the model's provider said. */
function linesWithoutFeedback(grade: Grade, language: Language): string[] {
  const own = words[language];
  if (grade.state === 'not_attempted') {
    const reason = notAttemptedReason(grade);
    return [own.notAttempted[reason as keyof typeof own.notAttempted]];
  }
  return grade.ungradedDetail ? [`${own.detail}: ${grade.ungradedDetail}`] : [];
}

/** What a reader should know about how an answer was read; said once, at a question's first grade. */
function flagLine(grade: Grade, isFirst: boolean, language: Language): string | null {
  const texts = Object.entries(words[language].flags)
    .filter(([flag]) => isFirst && grade.flags.includes(flag))
    .map(([, text]) => text);
  return texts.length === 0 ? null : texts.join(' · ');
}

function reviewOf(grade: Grade, language: Language): string | null {
  if (grade.reviewReasons.length === 0 || grade.state === 'ungraded') return null;
  return `${words[language].review}: ${grade.reviewReasons.map((reason) => remarkLabel(reason, language)).join(', ')}`;
}

function gradeMarkdown(grade: Grade, isFirst: boolean, report: FeedbackReport): string[] {
  const { language } = report;
  const own = words[language];
  const flags = flagLine(grade, isFirst, language);
  const head = [`### ${headOf(grade, report)}`, '', ...(flags === null ? [] : [flags, ''])];
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

function questionsOf(report: FeedbackReport): { question: Question; grades: Grade[] }[] {
  return report.questions
    .map((question) => ({
      question,
      grades: report.grades.filter((grade) => grade.question === question.no),
    }))
    .filter((item) => item.grades.length > 0);
}

/** An answer that is nobody's belongs to no chapter either. */
function titleOf({ title, member, language }: FeedbackReport): string {
  const ko = language === 'ko';
  if (member === null) return ko ? '피드백' : 'Feedback';
  return ko ? `${title} · ${member} 님 피드백` : `${title} · ${member}: feedback`;
}

/** A member's feedback as Markdown that Notion takes: callouts, tables, no HTML besides the callout's tag. */
export function feedbackMarkdown(report: FeedbackReport): string {
  const notices = judgeNotice(report.grades, report.language).map((notice) => `> ${inlineMarkdown(notice)}`);
  const sections = questionsOf(report).flatMap(({ question, grades }) => [
    `## ${question.no}. ${inlineMarkdown(question.text)}`,
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

/** A model may break its lines anywhere. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function gradeText(grade: Grade, isFirst: boolean, report: FeedbackReport): string[] {
  const { language } = report;
  const own = words[language];
  const flags = flagLine(grade, isFirst, language);
  const lines = [`[${headOf(grade, report)}]`, ...(flags === null ? [] : [flags])];
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
    report.member === null ? question.text : `${question.no}. ${question.text}`,
    '',
    ...grades.flatMap((grade, index) => gradeText(grade, index === 0, report)),
  ]);
  return [titleOf(report), ...judgeNotice(report.grades, report.language), '', ...sections].join('\n');
}
