import { counted } from '../../core/plural.ts';
import { isWeighted } from '../../core/scoreboard.ts';
import { judgeNotice } from '../labels.ts';
import type { ScoreboardReport } from '../scoreboard-content.ts';
import { studyTitle } from '../study-list.ts';
import { countingCells } from './counting-cells.ts';
import { createCriteriaProfile } from './criteria-profile.ts';
import { htmlDocumentInTurn } from './document.ts';
import { heatMap } from './heat-map.ts';
import { histogram } from './histogram.ts';
import { type Html, html } from './html.ts';
import { answerAnchor, memberAnchor, memberArticle } from './member-article.ts';
import type { ChapterReport } from './report-data.ts';
import { scoreboardSection } from './scoreboard-section.ts';
import { studySection } from './study-section.ts';
import { reportStyle } from './style.ts';
import { htmlWords } from './words.ts';

/** A page with more attempts than this opens slowly everywhere. */
const mostAttempts = 2000;

/** How much a report is about; not attempted are some of the submissions and revised answers. */
interface Extent {
  members: number;
  questions: number;
  submissions: number;
  revised: number;
  notAttempted: number;
}

const heads = {
  ko: {
    kind: '단원 채점 보고서',
    facts: ({ members, questions, submissions, revised, notAttempted }: Extent) =>
      `멤버 ${members}명 · 질문 ${questions}개 · 제출 ${submissions}개 · 고쳐 쓴 답 ${revised}개 · 답하지 않음 ${notAttempted}개`,
  },
  en: {
    kind: 'Report on a graded chapter',
    facts: ({ members, questions, submissions, revised, notAttempted }: Extent) =>
      [
        counted(members, 'member'),
        counted(questions, 'question'),
        counted(submissions, 'submission'),
        counted(revised, 'revised answer'),
        `${notAttempted} not attempted`,
      ].join(' · '),
  },
};

function extentOf({ rows, questions, standing }: ChapterReport): Extent {
  const { grades, submissions } = standing;
  return {
    members: rows.length,
    questions: questions.length,
    submissions: submissions.length,
    revised: grades.filter((grade) => grade.attempt === 'revised').length,
    notAttempted: grades.filter((grade) => grade.state === 'not_attempted').length,
  };
}

function boardOf({ chapter, rows, standing, language }: ChapterReport): ScoreboardReport {
  const { grades } = standing;
  return { chapters: [chapter], rows, grades, isWeighted: isWeighted([standing]), language };
}

function pageHead(report: ChapterReport): Html {
  const { chapter, standing, language } = report;
  const own = heads[language];
  const notices = judgeNotice(standing.grades, language).map(
    (notice) => html`<p class="${notice.startsWith('⚠') ? 'notice' : 'facts'}">${notice}</p>\n`,
  );
  return html`<header class="page" id="top">
<p class="kind">${own.kind}</p>
<h1>${chapter.title}</h1>
<p class="facts">${own.facts(extentOf(report))}</p>
${notices}${report.isAnonymous && html`<p class="notice">${htmlWords[language].anonymous}</p>\n`}</header>
`;
}

function contents({ language }: ChapterReport): Html {
  const words = htmlWords[language];
  const entries = [
    ['scoreboard', words.standing],
    ['heat-map', words.heatMap],
    ['study', studyTitle[language]],
    ['overview', words.overview],
    ['members', words.members],
  ];
  return html`<nav class="contents" aria-label="${words.contents}">
<ol>
${entries.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>\n`)}</ol>
</nav>
`;
}

async function overview({ grades: whole, standing, language }: ChapterReport): Promise<Html> {
  const cells = countingCells(standing);
  const profile = createCriteriaProfile(language);
  for await (const grade of whole)
    if (cells.get(grade.member)?.get(grade.question)?.grade?.attempt === grade.attempt) profile.add(grade);
  const grades = [...cells.values()].flatMap((own) => [...own.values()].map(({ grade }) => grade));
  return html`<section id="overview">
<h2>${htmlWords[language].overview}</h2>
<div class="charts">
${histogram(grades, language)}${profile.figure()}</div>
</section>
`;
}

/** The place of each member on the scoreboard, from which the ids on the page are made. */
function memberIndexes({ rows, standing }: ChapterReport): Map<string, number> {
  const members = [...rows, ...standing.grades].map((item) => item.member);
  return new Map([...new Set(members)].map((member, index) => [member, index]));
}

async function* memberArticles(
  report: ChapterReport,
  indexes: ReadonlyMap<string, number>,
): AsyncGenerator<Html> {
  const { language, rubric, questions } = report;
  for await (const member of report.members) {
    const memberIndex = indexes.get(member.member) ?? 0;
    yield memberArticle(member, { language, rubric, questions, memberIndex, headingLevel: 3 });
    yield html`<p class="top"><a href="#top">${htmlWords[language].toTop}</a></p>\n`;
  }
}

async function* bodyOf(report: ChapterReport): AsyncGenerator<Html> {
  const { language, standing } = report;
  const words = htmlWords[language];
  const indexes = memberIndexes(report);
  const hasArticles = standing.grades.length <= mostAttempts;
  const indexOf = (member: string) => (hasArticles ? (indexes.get(member) ?? null) : null);
  yield pageHead(report);
  yield contents(report);
  yield html`<main id="main">\n`;
  yield scoreboardSection(boardOf(report), {
    heading: words.standing,
    linkTo(member) {
      const index = indexOf(member);
      return index === null ? null : `#${memberAnchor(index)}`;
    },
  });
  yield html`<section id="heat-map">
<h2>${words.heatMap}</h2>
${heatMap(report, ({ member, question, attempt }) => {
  const index = indexOf(member);
  return index === null ? null : `#${answerAnchor(index, question, attempt)}`;
})}</section>
`;
  yield studySection(report.studyList, language);
  yield await overview(report);
  yield html`<section id="members">\n<h2>${words.members}</h2>\n`;
  if (hasArticles) yield* memberArticles(report, indexes);
  else {
    // A page without names may be where nothing else is.
    const where = !report.isAnonymous && ` ${words.whereInstead}`;
    yield html`<p>${words.tooMany(standing.grades.length)}${where}</p>\n`;
  }
  yield html`</section>\n</main>`;
}

/**
 * The page on a graded chapter, in parts: grades are read one by one for the overview, and then the members for
 * their articles, which a chapter of very many answers goes without.
 */
export function chapterReport(report: ChapterReport): AsyncGenerator<string> {
  const { chapter, language } = report;
  return htmlDocumentInTurn({ title: chapter.title, language, body: bodyOf(report), style: reportStyle });
}
