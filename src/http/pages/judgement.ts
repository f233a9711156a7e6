import type { GradeInFull } from '../../app/grading-service.ts';
import type { Grade, ScoredCriterion } from '../../core/grade.ts';
import type { Language } from '../../core/localized.ts';
import type { Review } from '../../core/review.ts';
import { linesWithoutFeedback, shownCriteria } from '../../reports/feedback-content.ts';
import { type Html, html } from '../../reports/html/html.ts';
import { judgeNotice, outcomeLabel, scoreLabel } from '../../reports/labels.ts';
import { doubtsLabel } from '../../reports/review.ts';
import { wideTable } from './parts.ts';
import { reviewWords } from './review-words.ts';

function criterionItem(item: ScoredCriterion, language: Language): Html {
  const own = reviewWords[language];
  const quotes = item.evidence.map((quote) => html`<blockquote>${quote}</blockquote>\n`);
  return html`<li>
<h3>${item.name}</h3>
<p><strong>${item.levelName}</strong> · ${scoreLabel(item.points)}/${scoreLabel(item.maxPoints)}</p>
${item.reason !== '' && html`<p>${item.reason}</p>\n`}${quotes.length > 0 && html`<p class="note">${own.evidence}${!item.evidenceVerified && ` (${own.notInAnswer})`}</p>\n${quotes}`}</li>
`;
}

function opinionsTable({ opinions }: Grade, language: Language): Html | null {
  if (opinions.length === 0) return null;
  const own = reviewWords[language];
  const ids = [...new Set(opinions.flatMap(({ levels }) => Object.keys(levels)))];
  const rows = opinions.map(
    ({ model, sample, score, levels }) => html`<tr><th scope="row">${model} #${sample + 1}</th>
<td>${score === null ? own.noVerdict : scoreLabel(score)}</td>${ids.map((id) => html`<td>${levels[id] ?? '–'}</td>`)}</tr>
`,
  );
  const table = html`<table>
<caption>${own.opinions}</caption>
<thead><tr><th scope="col">${own.opinion}</th><th scope="col">${own.score}</th>${ids.map((id) => html`<th scope="col">${id}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table>`;
  return wideTable(own.opinions, table);
}

function historyItem({ action, score, by, at, reason }: Review, language: Language): Html {
  const what = action === 'clear' ? reviewWords[language].cleared : scoreLabel(score);
  return html`<li><time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time> ${by}: ${what}${reason !== '' && ` · ${reason}`}</li>
`;
}

function historyList(history: readonly Review[], language: Language): Html | null {
  if (history.length === 0) return null;
  return html`<h3>${reviewWords[language].history}</h3>
<ol>
${history.map((review) => historyItem(review, language))}</ol>
`;
}

/** How an answer was judged: outcome, doubts, criteria with evidence and reasons, other opinions, decisions. */
export function judgementSection({ grade, history }: GradeInFull, language: Language): Html {
  const own = reviewWords[language];
  const { items, note } = shownCriteria(grade, language);
  const machine = grade.override && ` (${own.machine(scoreLabel(grade.override.machine.score))})`;
  // Why there is no grade is said by the outcome.
  const reviewReasons = grade.reviewReasons.filter((reason) => reason !== grade.ungradedReason);
  const doubts = doubtsLabel({ ...grade, reviewReasons }, language);
  const noDoubt = grade.state === 'ungraded' ? null : html`<p class="note">${own.noDoubt}</p>`;
  return html`<section class="judgement" aria-labelledby="judgement">
<h2 id="judgement">${own.judgement}</h2>
<p class="outcome"><strong>${outcomeLabel(grade, language)}</strong>${machine}</p>
${doubts === '' ? noDoubt : html`<p class="doubts"><strong>${own.why}</strong> ${doubts}</p>`}
${judgeNotice([grade], language).map((notice) => html`<p class="note">${notice}</p>\n`)}${linesWithoutFeedback(grade, language).map((line) => grade.feedback === null && html`<p>${line}</p>\n`)}<ol class="criteria-list">
${items.map((item) => criterionItem(item, language))}</ol>
${note !== null && html`<p class="note">${note}</p>\n`}${opinionsTable(grade, language)}${historyList(history, language)}</section>
`;
}
