import type { ScoreboardRow } from '../../core/scoreboard.ts';
import {
  columnsOf,
  notesOf,
  type ScoreboardColumn,
  type ScoreboardReport,
  titleOf,
} from '../scoreboard-content.ts';
import { type Html, html } from './html.ts';
import { scoreBar } from './score-bar.ts';
import { trendLine } from './trend-line.ts';
import { htmlWords } from './words.ts';

/** How the section is set on its page. */
export interface SectionOptions {
  /** Where a member's name leads; null or left out: nowhere. */
  linkTo?: (member: string) => string | null;
  /** The heading above; none when left out, as on a page whose title says it. */
  heading?: string;
}

function memberCell({ member }: ScoreboardRow, linkTo: SectionOptions['linkTo']): Html {
  const address = linkTo?.(member) ?? null;
  return html`<th scope="row">${address === null ? member : html`<a href="${address}">${member}</a>`}</th>`;
}

function chapterScores(row: ScoreboardRow, { chapters }: ScoreboardReport) {
  return chapters.map(({ id, title }) => ({ name: title, score: row.chapters[id] ?? null }));
}

function cellOf(
  row: ScoreboardRow,
  column: ScoreboardColumn,
  report: ScoreboardReport,
  linkTo: SectionOptions['linkTo'],
): Html {
  const text = column.cell(row);
  // Where the columns have no room, each cell stands below the name with its own.
  const name = column.name[report.language];
  switch (column.id) {
    case 'member':
      return memberCell(row, linkTo);
    case 'score':
      return html`<td class="right score">${text}${scoreBar(row.score)}</td>`;
    case 'trend':
      return html`<td class="right" data-name="${name}">${text}${trendLine(chapterScores(row, report))}</td>`;
    case 'rank':
      return html`<td class="right rank">${text}</td>`;
    default:
      return html`<td class="right ${column.id}" data-name="${name}">${text}</td>`;
  }
}

/** The scoreboard with bars, over several chapters with a line for each member; the columns are those of the other reports. */
export function scoreboardSection(report: ScoreboardReport, { linkTo, heading }: SectionOptions = {}): Html {
  const { language, rows } = report;
  const columns = columnsOf(report);
  const heads = columns.map(
    ({ id, name }) =>
      html`<th scope="col" class="${id === 'member' ? 'left' : 'right'}">${name[language]}</th>`,
  );
  const body = rows.map(
    (row) => html`<tr>${columns.map((column) => cellOf(row, column, report, linkTo))}</tr>
`,
  );
  return html`<section id="scoreboard">
${heading !== undefined && html`<h2>${heading}</h2>\n`}<div class="scroll" tabindex="0" role="group" aria-label="${htmlWords[language].wideTable(htmlWords[language].standing)}">
<table class="board">
<caption class="${heading === undefined ? 'hidden' : 'title'}">${titleOf(report)}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${body}</tbody>
</table>
</div>
<ul class="note">
${notesOf(report).map((note) => html`<li>${note}</li>\n`)}</ul>
</section>
`;
}
