import type { Language } from '../../core/localized.ts';
import { shorten } from '../../core/sentences.ts';
import type { Miss, StudyItem, StudyPoint } from '../../core/study-list.ts';
import { longestShown, missLabel, questionTitle, studyIntro, studyTitle } from '../study-list.ts';
import { type Html, html } from './html.ts';
import { htmlWords } from './words.ts';

function missHtml(miss: Miss, language: Language): Html {
  const label = missLabel(miss, language);
  return miss.mended ? html`<span class="mended">✓ ${label}</span>` : html`${label}`;
}

function pointHtml({ text, missedBy }: StudyPoint, outOf: number, language: Language): Html[] {
  if (text === null) {
    return missedBy.map((miss) => {
      const lacks = (miss.lacks ?? []).map((lack) => html`<li>${shorten(lack, longestShown)}</li>`);
      return html`<li>${missHtml(miss, language)}${lacks.length > 0 && html`<ul>${lacks}</ul>`}</li>
`;
    });
  }
  const members = missedBy.map((miss, index) => [index > 0 && '; ', missHtml(miss, language)]);
  return [
    html`<li><strong>${text}</strong> (${missedBy.length}/${outOf})<br><span class="note">${members}</span></li>
`,
  ];
}

/** What the group should read again together, the most missed question first; ✓ is mended in a revised answer. */
export function studySection(items: readonly StudyItem[], language: Language): Html {
  const questions = items.map(
    (
      item,
    ) => html`<li><h3>${htmlWords[language].question(item.question)}: ${questionTitle(item.questionText)}</h3>
<ul>
${item.points.flatMap((point) => pointHtml(point, item.outOf, language))}</ul>
</li>
`,
  );
  return html`<section id="study">
<h2>${studyTitle[language]}</h2>
<p>${studyIntro(items, language)}</p>
${questions.length > 0 && html`<ol class="study">\n${questions}</ol>\n`}</section>
`;
}
