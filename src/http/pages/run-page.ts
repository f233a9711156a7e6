import type { ServiceRun } from '../../app/grading-service.ts';
import type { Language } from '../../core/localized.ts';
import { hasEnded, type RunTotals } from '../../core/requested-run.ts';
import { type Html, html } from '../../reports/html/html.ts';
import { gradingWords } from './grading-words.ts';
import type { Page } from './layout.ts';
import { chapterPath, dollars, facts } from './parts.ts';
import { words } from './words.ts';

/** A run that has waited longer than this may wait for more than its turn. */
const longWaitMs = 60_000;

function waitingText({ state, createdAt }: ServiceRun, language: Language, now: Date): string {
  const hasWaitedLong = state === 'queued' && now.getTime() - Date.parse(createdAt) > longWaitMs;
  return gradingWords[language][hasWaitedLong ? 'stillWaiting' : 'starting'];
}

function progressLine(run: ServiceRun, language: Language, now: Date): Html {
  const own = gradingWords[language];
  const { progress } = run;
  if (!progress)
    return html`<progress id="bar" aria-label="${own.progressName}" max="1"></progress>
<p id="progress">${waitingText(run, language, now)}</p>
`;
  const cost = progress.spent.costUsd === null ? '' : ` · ${dollars(progress.spent.costUsd)}`;
  return html`<progress id="bar" aria-label="${own.progressName}" value="${progress.done}" max="${Math.max(1, progress.total)}"></progress>
<p id="progress">${own.progress(progress.done, progress.total)}${cost}</p>
`;
}

/** The texts that the script fills in stand here, so that it knows no language. */
function underWay(run: ServiceRun, language: Language, now: Date): Html {
  const own = gradingWords[language];
  const pattern = own.progress('{done}', '{total}');
  const states = Object.entries(words[language].states).map(
    ([state, text]) => html` data-${state}="${text}"`,
  );
  return html`<div data-run="${run.id}" data-pattern="${pattern}"${states}>
${progressLine(run, language, now)}<form method="post" action="/runs/${run.id}/stop"><p class="actions"><button>${own.stop}</button> <span class="hint">${own.stopNote}</span></p></form>
<p class="note">${own.live}</p>
</div>
`;
}

function totalsList(
  { graded, ungraded, notAttempted, needsReview, costUsd }: RunTotals,
  language: Language,
): Html {
  const own = gradingWords[language];
  return html`${facts([
    [own.graded, graded],
    [own.notAttempted, notAttempted],
    [own.ungraded, ungraded],
    [own.needsReview, needsReview],
    [own.spent, costUsd === null ? own.unknownCost : costUsd === 0 ? own.free : dollars(costUsd)],
  ])}${ungraded > 0 && html`<p class="note">${own.ungradedNote}</p>\n`}`;
}

function ended({ chapter, totals, failure }: ServiceRun, language: Language): Html {
  const own = gradingWords[language];
  const links = html`<li><a class="button main" href="${chapterPath(chapter, '/scoreboard')}">${own.toScoreboard}</a></li>
<li><a class="button" href="${chapterPath(chapter, '/review')}">${own.toReview}</a></li>
`;
  return html`${failure && html`<p class="problem">${failure[language]}</p>\n`}${totals && html`<h2>${own.ended}</h2>\n${totalsList(totals, language)}`}<ul class="links big">
${totals && links}<li><a class="button" href="${chapterPath(chapter)}">${own.toChapter}</a></li>
</ul>
`;
}

/** A run: how far it is, kept up to date by the script or else by loading the page again, and what came of it. */
export function runPage(run: ServiceRun, chapterTitle: string, language: Language, now: Date): Page {
  const isOver = hasEnded(run);
  return {
    title: gradingWords[language].runTitle(chapterTitle),
    // What is read out when it changes must not be replaced itself.
    body: html`<p aria-live="polite"><strong id="state">${words[language].states[run.state]}</strong></p>
<div id="run" tabindex="-1">
${isOver ? ended(run, language) : underWay(run, language, now)}</div>`,
    ...(isOver ? {} : { head: html`<noscript><meta http-equiv="refresh" content="2"></noscript>\n` }),
  };
}
