import { type Chapter, membersOf, type Submission } from '../../core/chapter.ts';
import type { Language } from '../../core/localized.ts';
import { answerHtml } from '../../reports/html/answer.ts';
import { type Html, html } from '../../reports/html/html.ts';
import { attemptLabel, remarkLabel, statusLabel } from '../../reports/labels.ts';
import { wideTable } from './parts.ts';
import { words } from './words.ts';

/** Of more, a page shows only the first. */
const mostMembers = 200;
const mostQuestions = 60;
const mostRemarks = 50;

type MoreWords = 'more' | 'moreMembers' | 'moreQuestions';

function moreNote(all: number, shown: number, language: Language, kind: MoreWords = 'more'): Html | null {
  return all > shown ? html`<p class="note">${words[language][kind](all - shown)}</p>\n` : null;
}

function warningList({ warnings }: Chapter, language: Language): Html {
  const own = words[language];
  if (warnings.length === 0) return html`<p class="good-news">${own.noWarnings}</p>\n`;
  const items = warnings
    .slice(0, mostRemarks)
    .map(
      ({ line, file, message }) =>
        html`<li><span class="line">${file !== undefined && html`${file} `}${own.line(line)}</span> ${message[language]}</li>\n`,
    );
  return html`<div class="warnings">
<h3>${own.warnings(warnings.length)}</h3>
<ul>
${items}</ul>
${moreNote(warnings.length, mostRemarks, language)}</div>
`;
}

function statusCell(submission: Submission | undefined, language: Language): Html {
  if (!submission)
    return html`<td class="status none"><span aria-hidden="true">–</span><span class="hidden">${words[language].notAssigned}</span></td>`;
  const { status, attempts } = submission;
  const isRevised = attempts.some(({ kind }) => kind === 'revised');
  return html`<td class="status ${status}">${statusLabel(status, language)}${isRevised && ` + ${attemptLabel('revised', language)}`}</td>`;
}

function statusTable(chapter: Chapter, language: Language): Html {
  const own = words[language];
  const members = membersOf(chapter);
  const questions = chapter.questions.slice(0, mostQuestions);
  const byMember = Map.groupBy(chapter.submissions, (submission) => submission.member);
  const rows = members.slice(0, mostMembers).map((member) => {
    const byQuestion = new Map((byMember.get(member) ?? []).map((item) => [item.question, item]));
    const cells = questions.map(({ no }) => statusCell(byQuestion.get(no), language));
    return html`<tr><th scope="row">${member}</th>${cells}</tr>\n`;
  });
  const heads = questions.map(
    ({ no }) => html`<th scope="col"><abbr title="${own.question(no)}">${no}</abbr></th>`,
  );
  const table = html`<table class="statuses">
<caption>${own.whoAnswered}</caption>
<thead><tr><th scope="col">${own.member}</th>${heads}</tr></thead>
<tbody>
${rows}</tbody>
</table>`;
  const moreMembers = moreNote(members.length, mostMembers, language, 'moreMembers');
  const moreQuestions = moreNote(chapter.questions.length, mostQuestions, language, 'moreQuestions');
  return html`${wideTable(own.whoAnswered, table)}${moreMembers}${moreQuestions}`;
}

function marksList({ submissions }: Chapter, language: Language): Html | null {
  const own = words[language];
  const marked = submissions.filter(({ flags }) => flags.length > 0);
  if (marked.length === 0) return null;
  const items = marked
    .slice(0, mostRemarks)
    .map(
      ({ member, question, flags }) =>
        html`<li>${member}, ${own.question(question)}: ${flags.map((flag) => remarkLabel(flag, language)).join(', ')}</li>\n`,
    );
  return html`<details><summary>${own.marks} (${marked.length})</summary>
<ul>
${items}</ul>
${moreNote(marked.length, mostRemarks, language)}</details>
`;
}

function questionList({ questions }: Chapter, language: Language): Html {
  const own = words[language];
  const items = questions.slice(0, mostQuestions).map(
    ({ no, text, modelAnswer }) => html`<h3>${own.question(no)}</h3>
<div class="asked">${answerHtml(text, [], language)}</div>
<h4>${own.modelAnswer}</h4>
${modelAnswer === null ? html`<p class="note">${own.noModelAnswer}</p>\n` : html`<div class="answer">${answerHtml(modelAnswer, [], language)}</div>\n`}`,
  );
  return html`<details class="questions"><summary>${own.questions}</summary>
${items}${moreNote(questions.length, mostQuestions, language)}</details>
`;
}

/** What was understood of a chapter, for a person to confirm: counts, warnings, who answered what, the questions. */
export function understoodSection(chapter: Chapter, language: Language): Html {
  const own = words[language];
  const { questions, submissions } = chapter;
  const revised = submissions.flatMap(({ attempts }) => attempts.filter(({ kind }) => kind === 'revised'));
  const without = questions.filter(({ modelAnswer }) => modelAnswer === null).length;
  return html`<section aria-labelledby="understood">
<h2 id="understood">${own.understood}</h2>
<p>${own.counts(membersOf(chapter).length, questions.length, submissions.length, revised.length)}</p>
${without > 0 && html`<p>${own.withoutModelAnswer(without)}</p>\n`}${warningList(chapter, language)}${statusTable(chapter, language)}${marksList(chapter, language)}${questionList(chapter, language)}</section>
`;
}
