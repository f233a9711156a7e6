import { judgeNotice } from '../labels.ts';
import { type ScoreboardReport, titleOf } from '../scoreboard-content.ts';
import { htmlDocument } from './document.ts';
import { type Html, html } from './html.ts';
import { scoreboardSection } from './scoreboard-section.ts';
import { reportStyle } from './style.ts';

function* bodyOf(report: ScoreboardReport): Generator<Html> {
  const notices = judgeNotice(report.grades, report.language).map(
    (notice) => html`<p class="notice">${notice}</p>\n`,
  );
  yield html`<header class="page">
<h1>${titleOf(report)}</h1>
${notices}</header>
<main id="main">
`;
  yield scoreboardSection(report);
  yield html`</main>`;
}

/** The scoreboard as a self-contained page. */
export function scoreboardPage(report: ScoreboardReport): Iterable<string> {
  return htmlDocument({
    title: titleOf(report),
    language: report.language,
    body: bodyOf(report),
    style: reportStyle,
  });
}
