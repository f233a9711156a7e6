import type { Question } from '../core/chapter.ts';
import type { Grade, ScoredCriterion } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import { bandOf, type Rubric } from '../core/rubric.ts';
import { attemptLabel, judgeNotice, outcomeLabel, remarkLabel, scoreLabel } from './labels.ts';
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

function headOf(grade: Grade, { rubric, language }: FeedbackReport): string {
  const band =
    grade.state === 'graded' && grade.score !== null ? ` · ${bandOf(rubric, grade.score)[language]}` : '';
  return `${attemptLabel(grade.attempt, language)}: ${outcomeLabel(grade, language)}${band}`;
}

const words = {
  ko: {
    strengths: '잘한 점',
    improvements: '보완할 점',
    next: '다음 한 걸음',
    criterion: '항목',
    level: '수준',
    points: '점수',
    evidence: '답에서 인용',
    reason: '이유',
    review: '사람이 확인할 것',
    unverified: '답에 없는 말',
  },
  en: {
    strengths: 'What is right',
    improvements: 'What is missing',
    next: 'Next step',
    criterion: 'criterion',
    level: 'level',
    points: 'points',
    evidence: 'from the answer',
    reason: 'reason',
    review: 'For a person to check',
    unverified: 'not in the answer',
  },
};

function quotesOf(item: ScoredCriterion, language: Language): string {
  const quotes = item.evidence.map((quote) => `“${quote.replace(/\s+/gu, ' ').trim()}”`).join(' … ');
  return quotes !== '' && !item.evidenceVerified ? `${quotes} (${words[language].unverified})` : quotes;
}

function reviewOf(grade: Grade, language: Language): string | null {
  if (grade.reviewReasons.length === 0 || grade.state === 'ungraded') return null;
  return `${words[language].review}: ${grade.reviewReasons.map((reason) => remarkLabel(reason, language)).join(', ')}`;
}

function gradeMarkdown(grade: Grade, report: FeedbackReport): string[] {
  const { language } = report;
  const own = words[language];
  const head = `### ${headOf(grade, report)}`;
  if (!grade.feedback) return [head, ''];
  const { summary, strengths, improvements, nextStep } = grade.feedback;
  const list = (name: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`**${name}**`, '', ...items.map((item) => `- ${inlineMarkdown(item)}`), ''];
  const rows = [...grade.keyPoints, ...grade.criteria].map((item) => [
    inlineMarkdown(item.name),
    item.levelName,
    `${scoreLabel(item.points)}/${scoreLabel(item.maxPoints)}`,
    inlineMarkdown(quotesOf(item, language)),
    inlineMarkdown(item.reason),
  ]);
  const review = reviewOf(grade, language);
  return [
    head,
    '',
    '<aside>',
    '📝',
    '',
    inlineMarkdown(summary),
    '',
    ...list(own.strengths, strengths),
    ...list(own.improvements, improvements),
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

function titleOf({ title, member, language }: FeedbackReport): string {
  const who = member === null ? '' : ` · ${member}`;
  return language === 'ko' ? `${title}${who} 피드백` : `${title}${who}: feedback`;
}

/** A member's feedback as Markdown that Notion takes: callouts, tables, no HTML besides the callout's tag. */
export function feedbackMarkdown(report: FeedbackReport): string {
  const notices = judgeNotice(report.grades, report.language).map((notice) => `> ${inlineMarkdown(notice)}`);
  const sections = questionsOf(report).flatMap(({ question, grades }) => [
    `## ${question.no}. ${inlineMarkdown(question.text)}`,
    '',
    ...grades.flatMap((grade) => gradeMarkdown(grade, report)),
  ]);
  return [
    `# ${inlineMarkdown(titleOf(report))}`,
    '',
    ...notices.flatMap((notice) => [notice, '']),
    ...sections,
  ].join('\n');
}

function gradeText(grade: Grade, report: FeedbackReport): string[] {
  const { language } = report;
  const own = words[language];
  const lines = [`[${headOf(grade, report)}]`];
  if (!grade.feedback) return [...lines, ''];
  const { summary, strengths, improvements, nextStep } = grade.feedback;
  const list = (name: string, items: readonly string[]) =>
    items.length === 0 ? [] : ['', name, ...items.map((item) => `  - ${item}`)];
  lines.push('', summary, ...list(own.strengths, strengths), ...list(own.improvements, improvements));
  lines.push('', own.next, `  → ${nextStep}`, '');
  for (const item of [...grade.keyPoints, ...grade.criteria]) {
    lines.push(
      `  ${scoreLabel(item.points).padStart(5)}/${scoreLabel(item.maxPoints)}  ${item.levelName} · ${item.name}`,
    );
    const quotes = quotesOf(item, language);
    if (quotes !== '') lines.push(`               ${quotes}`);
    lines.push(`               ${item.reason}`);
  }
  const review = reviewOf(grade, language);
  return [...lines, ...(review === null ? [] : ['', `! ${review}`]), ''];
}

/** A member's feedback for the terminal. */
export function feedbackText(report: FeedbackReport): string {
  const sections = questionsOf(report).flatMap(({ question, grades }) => [
    report.member === null ? question.text : `${question.no}. ${question.text}`,
    '',
    ...grades.flatMap((grade) => gradeText(grade, report)),
  ]);
  return [titleOf(report), ...judgeNotice(report.grades, report.language), '', ...sections].join('\n');
}
