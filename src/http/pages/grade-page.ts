import type { GradeInFull } from '../../app/grading-service.ts';
import type { Language } from '../../core/localized.ts';
import { shownCriteria } from '../../reports/feedback-content.ts';
import { answerHtml } from '../../reports/html/answer.ts';
import { evidenceOf, marksLegend } from '../../reports/html/criteria-table.ts';
import { isQuoted } from '../../reports/html/evidence-segments.ts';
import { type Html, html } from '../../reports/html/html.ts';
import { attemptLabel } from '../../reports/labels.ts';
import { type DecisionSectionData, decisionSection } from './decision-section.ts';
import { judgementSection } from './judgement.ts';
import type { Page } from './layout.ts';
import { chapterPath } from './parts.ts';
import { reviewWords } from './review-words.ts';

/** One grade for a person who decides on it. */
export interface GradePageData {
  full: GradeInFull;
  decision: DecisionSectionData;
  /** Numbers of the grades before and after it in the queue. */
  neighbours: { previous: number | null; next: number | null };
  /** What was done a moment ago. */
  notice: Html | null;
}

function textsSection({ question, modelAnswer, answer, grade }: GradeInFull, language: Language): Html {
  const own = reviewWords[language];
  const evidence = evidenceOf(shownCriteria(grade, language).items);
  const written =
    answer.trim() === ''
      ? html`<p class="note">${own.noAnswer}</p>\n`
      : html`<div class="answer">${answerHtml(answer, evidence, language)}</div>\n`;
  const isMarked = evidence.some(({ quote }) => isQuoted(answer, quote));
  const reference =
    modelAnswer === null
      ? html`<p class="note">${own.noModelAnswer}</p>\n`
      : html`<details class="reference"><summary>${own.modelAnswer}</summary><div class="answer">${answerHtml(modelAnswer, [], language)}</div></details>\n`;
  return html`<section class="texts" aria-labelledby="texts">
<h2 id="texts">${own.question}</h2>
<div class="asked">${answerHtml(question, [], language)}</div>
${reference}<h2>${own.answer} <small>${attemptLabel(grade.attempt, language)}</small></h2>
${isMarked && marksLegend(language)}${written}</section>
`;
}

function neighbourLinks({ full, neighbours }: GradePageData, language: Language): Html {
  const own = reviewWords[language];
  const { previous, next } = neighbours;
  return html`<nav class="neighbours" aria-label="${own.queueTitle(full.chapter.title)}">
<a href="${chapterPath(full.chapter.id, '/review')}">${own.toQueue}</a>
${previous !== null && html`<a href="/grades/${previous}" rel="prev">${own.previous}</a>`}
${next !== null && html`<a href="/grades/${next}" rel="next">${own.next}</a>`}
<span class="choice" hidden data-shortcuts><input type="checkbox" id="shortcuts"><label for="shortcuts">${own.shortcuts}</label></span>
</nav>
`;
}

/** The answer with its evidence on one side, how it was judged on the other, and below the form to decide. */
export function gradePage(data: GradePageData, language: Language): Page {
  const { full, decision, notice } = data;
  const { member, question } = full.grade;
  return {
    title: reviewWords[language].answerOf(member, question),
    body: html`${notice}<p class="note">${full.chapter.title}</p>
${neighbourLinks(data, language)}<div class="side-by-side">
${textsSection(full, language)}${judgementSection(full, language)}</div>
${decisionSection(decision, language)}`,
  };
}
