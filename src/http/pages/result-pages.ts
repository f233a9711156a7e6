import type { Scoreboard } from '../../app/show-scoreboard.ts';
import type { Language } from '../../core/localized.ts';
import { isWeighted } from '../../core/scoreboard.ts';
import { heatMap } from '../../reports/html/heat-map.ts';
import { type Html, html } from '../../reports/html/html.ts';
import { answerAnchor, memberArticle } from '../../reports/html/member-article.ts';
import type { ChapterReport, MemberAnswers } from '../../reports/html/report-data.ts';
import { scoreboardSection } from '../../reports/html/scoreboard-section.ts';
import { studySection } from '../../reports/html/study-section.ts';
import { judgeNotice } from '../../reports/labels.ts';
import { gradingWords } from './grading-words.ts';
import type { Page } from './layout.ts';
import { chapterPath } from './parts.ts';
import { words } from './words.ts';

function notices(judged: Parameters<typeof judgeNotice>[0], language: Language): Html[] {
  return judgeNotice(judged, language).map((notice) => html`<p class="note">${notice}</p>\n`);
}

function pagesOf(chapterId: string, language: Language): Html {
  const own = words[language];
  const links = [
    [chapterPath(chapterId), gradingWords[language].toChapter],
    [chapterPath(chapterId, '/review'), own.review],
    [chapterPath(chapterId, '/report'), own.report],
  ] as const;
  return html`<ul class="links">${links.map(([to, name]) => html`<li><a href="${to}">${name}</a></li>`)}</ul>
`;
}

/** Finds a member's place on the scoreboard, from 0; -1 where there is none. */
function placesOf({ rows }: ChapterReport): (member: string) => number {
  const places = new Map(rows.map(({ member }, index) => [member, index]));
  return (member) => places.get(member) ?? -1;
}

/** A chapter's scoreboard, its heat map, and what to read again together. */
export function scoreboardPage(report: ChapterReport): Page {
  const { chapter, standing, rows, studyList, language } = report;
  const { grades } = standing;
  const placeOf = placesOf(report);
  const pageOf = (member: string) => {
    const place = placeOf(member);
    return place < 0 ? null : chapterPath(chapter.id, `/members/${place + 1}`);
  };
  const linkToAnswer: Parameters<typeof heatMap>[1] = ({ member, question, attempt }) => {
    const page = pageOf(member);
    return page === null ? null : `${page}#${answerAnchor(placeOf(member), question, attempt)}`;
  };
  const board = { chapters: [chapter], rows, grades, isWeighted: isWeighted([standing]) };
  return {
    title: gradingWords[language].scoreboardOf(chapter.title),
    body: html`${pagesOf(chapter.id, language)}${notices(grades, language)}${scoreboardSection({ ...board, language }, { linkTo: pageOf })}
${heatMap(report, linkToAnswer)}
${studySection(studyList, language)}`,
  };
}

/** The scoreboard over all chapters. */
export function wholeScoreboardPage(scoreboard: Scoreboard | null, language: Language): Page {
  const title = gradingWords[language].allChapters;
  if (scoreboard === null)
    return { title, body: html`<p class="empty">${gradingWords[language].nothingGraded}</p>` };
  const { judged, ...board } = scoreboard;
  const links = board.chapters.map(
    (chapter) => html`<li><a href="${chapterPath(chapter.id, '/scoreboard')}">${chapter.title}</a></li>`,
  );
  return {
    title,
    body: html`<ul class="links">${links}</ul>
${notices(judged, language)}${scoreboardSection({ ...board, language, grades: judged })}`,
  };
}

function otherMembers({ chapter, rows }: ChapterReport, place: number, language: Language): Html {
  const own = gradingWords[language];
  const to = (other: number) => chapterPath(chapter.id, `/members/${other + 1}`);
  const [before, after] = [rows[place - 1], rows[place + 1]];
  return html`<nav class="neighbours" aria-label="${own.otherMembers}">
<a href="${chapterPath(chapter.id, '/scoreboard')}">${own.toScoreboard}</a>
${before && html`<a href="${to(place - 1)}" rel="prev">${own.previousMember}: ${before.member}</a>`}
${after && html`<a href="${to(place + 1)}" rel="next">${own.nextMember}: ${after.member}</a>`}
</nav>
`;
}

/** What a member answered, with grades and feedback. @param place on the scoreboard, from 0 */
export function memberPage(report: ChapterReport, answers: MemberAnswers, place: number): Page {
  const { language } = report;
  const decideAt = (id: number) => `/grades/${id}`;
  const context = { ...report, memberIndex: place, headingLevel: 1, decideAt } as const;
  const { title } = report.chapter;
  return {
    title: `${answers.member} · ${title}`,
    hasHeading: false,
    body: html`${otherMembers(report, place, language)}<p class="kind">${title}</p>
${notices(
  answers.answers.map(({ grade }) => grade),
  language,
)}${memberArticle(answers, context)}`,
  };
}
