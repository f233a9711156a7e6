import type { KnownChapter, ServiceRun } from '../../app/grading-service.ts';
import type { Chapter } from '../../core/chapter.ts';
import type { Language } from '../../core/localized.ts';
import { type Html, html } from '../../reports/html/html.ts';
import { exportNames } from './exports.ts';
import { type GradingFormData, gradingForm } from './grading-form.ts';
import type { Page } from './layout.ts';
import { chapterPath } from './parts.ts';
import { understoodSection } from './understood.ts';
import { words } from './words.ts';

/** What a chapter's page shows. */
export interface ChapterPageData {
  known: KnownChapter;
  /** null where only its grades are here. */
  uploaded: { chapter: Chapter; form: GradingFormData } | null;
  /** Newest first. */
  runs: readonly ServiceRun[];
}

const mostRuns = 10;

function resultLinks(chapterId: string, language: Language): Html {
  const own = words[language];
  const links = [
    [chapterPath(chapterId, '/scoreboard'), own.scoreboard],
    [chapterPath(chapterId, '/review'), own.review],
    [chapterPath(chapterId, '/report'), own.report],
    [chapterPath(chapterId, '/report?anonymous=1'), own.anonymousReport],
  ] as const;
  const files = exportNames.map(
    (name) => html`<li><a href="${chapterPath(chapterId, `/export/${name}`)}" download>${name}</a></li>`,
  );
  return html`<section aria-labelledby="results">
<h2 id="results">${own.results}</h2>
<ul class="links big">${links.map(([to, name]) => html`<li><a class="button" href="${to}">${name}</a></li>`)}</ul>
<details><summary>${own.exports}</summary><ul class="links">${files}</ul></details>
</section>
`;
}

function runList(runs: readonly ServiceRun[], language: Language): Html | null {
  if (runs.length === 0) return null;
  const own = words[language];
  const items = runs
    .slice(0, mostRuns)
    .map(
      ({ id, state, createdAt }) =>
        html`<li><a href="/runs/${id}">${own.run(id)}</a> · ${own.states[state]} · <time datetime="${createdAt}">${createdAt.slice(0, 16).replace('T', ' ')} UTC</time></li>\n`,
    );
  return html`<section aria-labelledby="runs">
<h2 id="runs">${own.runs}</h2>
<ul>
${items}</ul>
</section>
`;
}

/** A chapter: its results where it was graded, what was understood of it, and the form to grade it. */
export function chapterPage({ known, uploaded, runs }: ChapterPageData, language: Language): Page {
  const parts = uploaded
    ? [understoodSection(uploaded.chapter, language), gradingForm(uploaded.form, language)]
    : [html`<p>${words[language].onlyGraded}</p>\n`];
  // What went wrong stands before everything else.
  const ordered = uploaded?.form.problem ? parts.toReversed() : parts;
  return {
    title: known.title,
    body: html`${known.isGraded && resultLinks(known.id, language)}${ordered}${runList(runs, language)}`,
  };
}
