import type { AttemptKind, Question } from '../../core/chapter.ts';
import type { Grade } from '../../core/grade.ts';
import type { Language } from '../../core/localized.ts';
import type { Rubric } from '../../core/rubric.ts';
import {
  decisionOf,
  flagLine,
  headOf,
  linesWithoutFeedback,
  listNames,
  reviewOf,
  shownCriteria,
} from '../feedback-content.ts';
import { feedbackWords } from '../labels.ts';
import { answerHtml } from './answer.ts';
import { criteriaTable, evidenceOf, marksLegend } from './criteria-table.ts';
import { isQuoted } from './evidence-segments.ts';
import { type Html, html } from './html.ts';
import type { GradedAnswer, MemberAnswers } from './report-data.ts';
import { scoreBar } from './score-bar.ts';
import { htmlWords } from './words.ts';

/** The id of a member's article. @param index of the member on the scoreboard, from 0 */
export function memberAnchor(index: number): string {
  return `m${index + 1}`;
}

/** The id of an attempt on the page; see {@link memberAnchor}. */
export function answerAnchor(memberIndex: number, question: number, attempt: AttemptKind): string {
  return `${memberAnchor(memberIndex)}-q${question}-${attempt}`;
}

/** What a card is shown with. */
export interface CardContext {
  language: Language;
  rubric: Rubric;
  /** Of the card's own heading, 2 to 5. */
  headingLevel: number;
  /** The card's id; none when left out. */
  id?: string;
  /** The first of its question, where what is said about the answer as a whole is said; true when left out. */
  isFirst?: boolean;
  decideAt?: DecideAt | undefined;
}

/** Where a person decides on a grade, by its number; left out where that cannot be done. */
type DecideAt = (id: number) => string;

function listHtml(name: string, items: readonly string[], level: number): Html | null {
  if (items.length === 0) return null;
  return html`<div><h${level}>${name}</h${level}>
<ul>${items.map((item) => html`<li>${item}</li>`)}</ul></div>
`;
}

function feedbackHtml({ grade, text }: GradedAnswer, { language, headingLevel }: CardContext): Html | null {
  if (!grade.feedback) return null;
  const { summary, strengths, improvements, nextStep } = grade.feedback;
  const names = listNames(grade, language);
  const { items, note } = shownCriteria(grade, language);
  return html`<div class="feedback">
<p class="summary">${summary}</p>
<div class="lists">${listHtml(names.strengths, strengths, headingLevel + 1)}${listHtml(names.improvements, improvements, headingLevel + 1)}</div>
<p class="next"><strong>${feedbackWords[language].next}</strong> ${nextStep}</p>
</div>
${items.length > 0 && criteriaTable(items, text, language)}${note !== null && html`<p class="note">${note}</p>\n`}`;
}

function answerBlock({ grade, text }: GradedAnswer, language: Language): Html | null {
  const words = htmlWords[language];
  if (text.trim() === '')
    return grade.flags.includes('blank') ? null : html`<p class="note">${words.textNotKept}</p>\n`;
  const evidence = evidenceOf(shownCriteria(grade, language).items);
  return html`<div class="answer">${answerHtml(text, evidence, language)}</div>
`;
}

function decideLink({ grade }: GradedAnswer, { decideAt, language }: CardContext): Html | null {
  if (!decideAt || grade.id === undefined) return null;
  return html`<p class="decide-link"><a href="${decideAt(grade.id)}">${htmlWords[language].decide}</a></p>
`;
}

/**
 * One attempt with its grade: the answer with the evidence marked in it, outcome, a person's decision, feedback,
 * criteria, and what has to be checked. Nothing in it tells other members' names.
 */
export function gradeCard(answer: GradedAnswer, context: CardContext): Html {
  const { grade } = answer;
  const { language, rubric, headingLevel, id, isFirst = true } = context;
  const report = { title: '', member: grade.member, questions: [], grades: [], rubric, language };
  const decision = decisionOf(grade, language);
  const flags = flagLine(grade, isFirst, language);
  const review = reviewOf(grade, language);
  const lines = grade.feedback ? [] : linesWithoutFeedback(grade, language);
  return html`<section class="card ${grade.state}"${id !== undefined && html` id="${id}"`}>
<h${headingLevel} class="outcome">${headOf(grade, report)}</h${headingLevel}>
${scoreBar(grade.score)}
${decision !== null && html`<p class="decision">${decision}</p>\n`}${flags !== null && html`<p class="note">${flags}</p>\n`}${answerBlock(answer, language)}${lines.map((line) => html`<p>${line}</p>\n`)}${feedbackHtml(answer, context)}${review !== null && html`<p class="review">${review}</p>\n`}${decideLink(answer, context)}</section>
`;
}

/** What a member's article is shown with. */
export interface ArticleContext {
  language: Language;
  rubric: Rubric;
  questions: readonly Question[];
  /** The member's index on the scoreboard, from 0, of which the ids are made. */
  memberIndex: number;
  /** Of the article's own heading: 1 on a page of its own, and at most 3, as lists stand three levels below. */
  headingLevel: 1 | 2 | 3;
  decideAt?: DecideAt;
}

function questionSection(
  { no, text, modelAnswer }: Question,
  answers: readonly GradedAnswer[],
  { language, rubric, memberIndex, headingLevel, decideAt }: ArticleContext,
): Html {
  const words = htmlWords[language];
  const level = headingLevel + 1;
  const cards = answers.map((answer, index) =>
    gradeCard(answer, {
      language,
      rubric,
      headingLevel: level + 1,
      id: answerAnchor(memberIndex, no, answer.grade.attempt),
      isFirst: index === 0,
      decideAt,
    }),
  );
  const reference =
    modelAnswer !== null &&
    html`<details class="reference"><summary>${words.modelAnswer}</summary>
<div class="answer">${answerHtml(modelAnswer, [], language)}</div></details>
`;
  return html`<section class="question">
<h${level}>${words.question(no)}</h${level}>
<div class="asked">${answerHtml(text, [], language)}</div>
${cards}${reference}</section>
`;
}

function hasMarks(grade: Grade, text: string, language: Language): boolean {
  const { items } = shownCriteria(grade, language);
  return items.some(({ evidence }) => evidence.some((quote) => isQuoted(text, quote)));
}

/** What to read first: the answer with the lowest score, each question by its last attempt. */
function firstStep(answers: readonly GradedAnswer[], { language, memberIndex }: ArticleContext): Html | null {
  const last = new Map(answers.map(({ grade }) => [grade.question, grade]));
  const isOfUse = ({ state, score, feedback }: Grade) =>
    state === 'not_attempted' || (score !== null && feedback !== null);
  const [weakest] = [...last.values()].filter(isOfUse).sort((a, b) => (a.score ?? 0) - (b.score ?? 0));
  if (!weakest) return null;
  const step = weakest.feedback?.nextStep ?? htmlWords[language].answerFirst;
  const address = `#${answerAnchor(memberIndex, weakest.question, weakest.attempt)}`;
  const words = htmlWords[language];
  return html`<p class="first-step"><strong>${words.first}</strong> <a href="${address}">${words.question(weakest.question)}</a> ${step}</p>
`;
}

/** All that a member answered, question by question, for the chapter's page or a page of the member's own. */
export function memberArticle({ member, answers }: MemberAnswers, context: ArticleContext): Html {
  const byQuestion = Map.groupBy(answers, ({ grade }) => grade.question);
  const sections = context.questions.map((question) => {
    const own = byQuestion.get(question.no);
    return own ? questionSection(question, own, context) : null;
  });
  const id = memberAnchor(context.memberIndex);
  const isMarked = answers.some(({ grade, text }) => hasMarks(grade, text, context.language));
  const level = context.headingLevel;
  return html`<article class="member" id="${id}" aria-labelledby="${id}-name">
<h${level} id="${id}-name">${member}</h${level}>
${firstStep(answers, context)}${isMarked && marksLegend(context.language)}${sections}</article>
`;
}
