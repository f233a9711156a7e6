import type { KnownChapter } from '../../app/grading-service.ts';
import type { Language } from '../../core/localized.ts';
import { type Html, html } from '../../reports/html/html.ts';
import type { Page } from './layout.ts';
import { chapterPath, invalid, problemBox } from './parts.ts';
import { words } from './words.ts';

/** What was sent and could not be read. */
export interface FailedUpload {
  problems: readonly string[];
  /** What stood in the fields. */
  name: string;
  text: string;
}

function chapterItem({ id, title, isGraded }: KnownChapter, language: Language): Html {
  const own = words[language];
  const links = [
    [chapterPath(id, '/scoreboard'), own.scoreboard],
    [chapterPath(id, '/report'), own.report],
    [chapterPath(id, '/review'), own.review],
  ] as const;
  return html`<li class="tile">
<h3><a href="${chapterPath(id)}">${title}</a></h3>
<p class="note">${isGraded ? own.isGraded : own.isUploaded}</p>
${isGraded && html`<ul class="links">${links.map(([to, name]) => html`<li><a href="${to}" aria-label="${`${title}: ${name}`}">${name}</a></li>`)}</ul>\n`}</li>
`;
}

function chapterList(chapters: readonly KnownChapter[], language: Language): Html {
  const own = words[language];
  const list = html`<ul class="tiles">
${chapters.map((chapter) => chapterItem(chapter, language))}</ul>
`;
  return html`<section aria-labelledby="chapters">
<h2 id="chapters">${own.chapters}</h2>
${chapters.length === 0 ? html`<p class="empty">${own.noChapters}</p>\n` : list}</section>
`;
}

function uploadForm(failed: FailedUpload | null, language: Language): Html {
  const own = words[language];
  const wrong = invalid('upload-problem', failed !== null);
  const hasText = failed !== null && (failed.text !== '' || failed.name !== '');
  return html`<section aria-labelledby="upload">
<h2 id="upload">${own.upload}</h2>
${problemBox('upload-problem', own.problem, failed?.problems ?? [])}<form method="post" action="/chapters" enctype="multipart/form-data" class="panel">
<div class="drop" data-drop>
<label for="file">${own.file}</label>
<p id="file-hint">${own.drop}</p>
<input type="file" id="file" name="file" multiple accept=".md,.markdown,.txt,.csv,.tsv,.jsonl,.zip"${wrong ?? html` aria-describedby="file-hint"`}>
</div>
<details${hasText && html` open`}><summary>${own.paste}</summary>
<p class="field"><label for="name">${own.pasteName}</label>
<input id="name" name="name" maxlength="200" autocomplete="off" aria-describedby="name-hint" value="${failed?.name}">
<span class="hint" id="name-hint">${own.pasteNameHint}</span></p>
<p class="field"><label for="text">${own.pasteText}</label>
<textarea id="text" name="text" rows="10" spellcheck="false"${wrong}>
${failed?.text}</textarea></p>
</details>
<p class="actions"><button class="main">${own.send}</button> <span class="hint">${own.sameTitle}</span></p>
</form>
</section>
`;
}

/** The first page: what the service is for, the chapters, and a form to hand one in. */
export function chaptersPage(
  chapters: readonly KnownChapter[],
  failed: FailedUpload | null,
  language: Language,
): Page {
  const own = words[language];
  const steps = html`<p class="lead">${own.lead}</p>
<ol class="steps">${own.steps.map((step) => html`<li>${step}</li>`)}</ol>
`;
  return {
    title: own.chapters,
    hasHeading: false,
    body: [
      html`<h1>answer-grader</h1>\n`,
      steps,
      // What went wrong stands first.
      ...(failed === null
        ? [chapterList(chapters, language), uploadForm(failed, language)]
        : [uploadForm(failed, language), chapterList(chapters, language)]),
    ],
  };
}
