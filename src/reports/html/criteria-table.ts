import type { ScoredCriterion } from '../../core/grade.ts';
import type { Language } from '../../core/localized.ts';
import { shorten } from '../../core/sentences.ts';
import { feedbackWords, scoreLabel } from '../labels.ts';
import { type EvidenceQuote, isQuoted, type Tone } from './evidence-segments.ts';
import { type Html, html } from './html.ts';
import { htmlWords } from './words.ts';

const longestQuote = 100;
/** Shares are rounded, so that all points may be a hair less. */
const nearlyAll = 0.995;

function toneOf({ points, maxPoints }: ScoredCriterion): Tone {
  if (points >= maxPoints * nearlyAll) return 'good';
  return points > 0 ? 'partial' : 'bad';
}

/** The quotes of criteria as marks in the answer; their numbers are the table's. */
export function evidenceOf(items: readonly ScoredCriterion[]): EvidenceQuote[] {
  return items.flatMap((item, index) =>
    item.evidence.map((quote) => ({
      quote,
      label: `${item.name}: ${item.levelName}`,
      tone: toneOf(item),
      number: index + 1,
    })),
  );
}

/** What the marks in an answer and their colours mean. */
export function marksLegend(language: Language): Html {
  const { marks, tones } = htmlWords[language];
  const items = Object.entries(tones).map(
    ([tone, text]) => html`<li><span class="level ${tone}">${text}</span></li>`,
  );
  return html`<p class="note">${marks}</p>
<ul class="legend">${items}</ul>
`;
}

function missingQuotes({ evidence }: ScoredCriterion, text: string, language: Language): Html | null {
  const missing = evidence.filter((quote) => !isQuoted(text, quote));
  if (missing.length === 0) return null;
  const quotes = missing.map((quote) => html`<q>${shorten(quote, longestQuote)}</q> `);
  return html`<p class="missing">${quotes}(${feedbackWords[language].unverified})</p>`;
}

/**
 * Criteria as a table: number, name, level, points and reason, with the quotes that do not stand in the answer.
 * @param text the answer, in which all other quotes are marked
 */
export function criteriaTable(items: readonly ScoredCriterion[], text: string, language: Language): Html {
  const own = feedbackWords[language];
  const words = htmlWords[language];
  const rows = items.map(
    (item, index) => html`<tr>
<td class="number">${index + 1}</td>
<th scope="row">${item.name}</th>
<td class="reached"><span class="level ${toneOf(item)}">${item.levelName}</span></td>
<td class="points">${scoreLabel(item.points)}/${scoreLabel(item.maxPoints)}</td>
<td class="why">${item.reason}${missingQuotes(item, text, language)}</td>
</tr>
`,
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${words.wideTable(words.criteria)}">
<table class="criteria">
<caption>${words.criteria}</caption>
<thead><tr><th scope="col"><abbr title="${words.number}">#</abbr></th><th scope="col">${own.criterion}</th><th scope="col">${own.level}</th><th scope="col" class="points">${own.points}</th><th scope="col">${own.reason}</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>
`;
}
