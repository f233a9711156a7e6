import type { Question } from '../core/chapter.ts';
import type { Grade, ScoredCriterion } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import { bandOf, type Rubric } from '../core/rubric.ts';
import { shorten, withoutEmphasis } from '../core/sentences.ts';
import {
  attemptLabel,
  notAttemptedReason,
  outcomeLabel,
  remarkLabel,
  scoreLabel,
  feedbackWords as words,
} from './labels.ts';

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
export function headOf(grade: Grade, { rubric, language }: FeedbackReport): string {
  const band =
    grade.state === 'graded' && grade.score !== null ? ` · ${bandOf(rubric, grade.score)[language]}` : '';
  const outcome = `${outcomeLabel(grade, language)}${band}`;
  return grade.state === 'not_attempted' && grade.attempt === 'first'
    ? outcome
    : `${attemptLabel(grade.attempt, language)}: ${outcome}`;
}

/** The evidence of a criterion in the member's own words, shortened, without marks for bold. */
export function quotesOf(item: ScoredCriterion, language: Language): string {
  const quotes = item.evidence
    .slice(0, mostQuotes)
    .map((quote) => `“${shorten(withoutEmphasis(quote), longestQuote)}”`)
    .join(' … ');
  return quotes !== '' && !item.evidenceVerified ? `${quotes} (${words[language].unverified})` : quotes;
}

/**
 * The criteria to show. The baseline cannot judge the general ones: a level such as "wrong" would claim what
 * it does not know, so only what it found is shown, and their points in one line.
 */
export function shownCriteria(
  grade: Grade,
  language: Language,
): { items: ScoredCriterion[]; note: string | null } {
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
export function listNames(grade: Grade, language: Language): { strengths: string; improvements: string } {
  const { strengths, improvements, found, notFound } = words[language];
  return grade.judge.kind === 'offline'
    ? { strengths: found, improvements: notFound }
    : { strengths, improvements };
}

/** Lines for a grade that has no feedback: what to do next, or what the model's provider said. */
export function linesWithoutFeedback(grade: Grade, language: Language): string[] {
  const own = words[language];
  if (grade.state === 'not_attempted') {
    const reason = notAttemptedReason(grade);
    return [own.notAttempted[reason as keyof typeof own.notAttempted]];
  }
  return grade.ungradedDetail ? [`${own.detail}: ${grade.ungradedDetail}`] : [];
}

/** What a reader should know about how an answer was read; said once, at a question's first grade. */
export function flagLine(grade: Grade, isFirst: boolean, language: Language): string | null {
  const texts = Object.entries(words[language].flags)
    .filter(([flag]) => isFirst && grade.flags.includes(flag))
    .map(([, text]) => text);
  return texts.length === 0 ? null : texts.join(' · ');
}

/** A person's decision in the machine's place, with the reason; null where there is none. */
export function decisionOf(grade: Grade, language: Language): string | null {
  if (grade.override === null) return null;
  const { by, reason, machine, stale } = grade.override;
  return words[language].decided(by, reason, scoreLabel(machine.score), stale.length > 0);
}

/** What of a grade a person still has to check; null where nothing is. */
export function reviewOf(grade: Grade, language: Language): string | null {
  if (grade.reviewReasons.length === 0 || grade.state === 'ungraded') return null;
  return `${words[language].review}: ${grade.reviewReasons.map((reason) => remarkLabel(reason, language)).join(', ')}`;
}

/** The questions of a report that have grades, with them. */
export function questionsOf(report: FeedbackReport): { question: Question; grades: Grade[] }[] {
  return report.questions
    .map((question) => ({
      question,
      grades: report.grades.filter((grade) => grade.question === question.no),
    }))
    .filter((item) => item.grades.length > 0);
}

/** An answer that is nobody's belongs to no chapter either. */
export function titleOf({ title, member, language }: FeedbackReport): string {
  const ko = language === 'ko';
  if (member === null) return ko ? '피드백' : 'Feedback';
  return ko ? `${title} · ${member} 님 피드백` : `${title} · ${member}: feedback`;
}
