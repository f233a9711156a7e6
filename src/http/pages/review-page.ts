import type { NumberedGrade } from '../../app/grading-service.ts';
import { doubtOf } from '../../core/doubt.ts';
import type { Language } from '../../core/localized.ts';
import { type Html, html } from '../../reports/html/html.ts';
import { attemptLabel, scoreLabel } from '../../reports/labels.ts';
import { doubtsLabel } from '../../reports/review.ts';
import { gradingWords } from './grading-words.ts';
import type { Page } from './layout.ts';
import { chapterPath, wideTable } from './parts.ts';
import { reviewWords } from './review-words.ts';

/** Whether a grade still waits for a person. */
export function isOpen(grade: NumberedGrade): boolean {
  return doubtOf(grade) > 0;
}

function gradeLink({ id, member, question, attempt }: NumberedGrade, language: Language): Html {
  return html`<a href="/grades/${id}">${reviewWords[language].answerOf(member, question)}</a>${attempt === 'revised' && ` (${attemptLabel(attempt, language)})`}`;
}

function queueTable(grades: readonly NumberedGrade[], language: Language): Html {
  const own = reviewWords[language];
  const rows = grades.map(
    (grade) => html`<tr><th scope="row">${gradeLink(grade, language)}</th>
<td class="points">${scoreLabel(grade.score)}</td>
<td>${doubtsLabel(grade, language)}</td></tr>
`,
  );
  const table = html`<table>
<caption class="hidden">${own.open}</caption>
<thead><tr><th scope="col">${own.answer}</th><th scope="col" class="points">${own.score}</th><th scope="col">${own.why}</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`;
  return wideTable(own.open, table);
}

function openSection(grades: readonly NumberedGrade[], language: Language): Html {
  const own = reviewWords[language];
  const [first] = grades;
  if (!first) return html`<p class="empty">${own.nothing}</p>\n`;
  return html`<p>${own.lead}</p>
<p><a class="button main" href="/grades/${first.id}">${own.start}</a></p>
<h2>${own.open} (${grades.length})</h2>
${queueTable(grades, language)}`;
}

function decidedItem(grade: NumberedGrade, language: Language): Html | null {
  const { override } = grade;
  if (override === null) return null;
  const machine = reviewWords[language].machine(scoreLabel(override.machine.score));
  return html`<li>${gradeLink(grade, language)}: <strong>${scoreLabel(override.score)}</strong> (${machine}) · ${override.by}: ${override.reason}</li>
`;
}

/** The grades that a person should look at, with why, and those that somebody decided. */
export function reviewPage(
  { id, title }: { id: string; title: string },
  queue: readonly NumberedGrade[],
  notice: Html | null,
  language: Language,
): Page {
  const own = reviewWords[language];
  const decided = queue.filter((grade) => grade.override !== null);
  const list = html`<ul>
${decided.map((grade) => decidedItem(grade, language))}</ul>
`;
  return {
    title: own.queueTitle(title),
    body: html`<ul class="links"><li><a href="${chapterPath(id)}">${gradingWords[language].toChapter}</a></li>
<li><a href="${chapterPath(id, '/scoreboard')}">${gradingWords[language].toScoreboard}</a></li></ul>
${notice}${openSection(queue.filter(isOpen), language)}<h2>${own.decided}</h2>
${decided.length === 0 ? html`<p class="note">${own.nobodyDecided}</p>\n` : list}`,
  };
}
