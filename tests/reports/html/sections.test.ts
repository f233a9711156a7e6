import { describe, expect, test } from 'vitest';
import { heatMap } from '../../../src/reports/html/heat-map.ts';
import { histogram } from '../../../src/reports/html/histogram.ts';
import { gradeCard, memberArticle } from '../../../src/reports/html/member-article.ts';
import { scoreBar } from '../../../src/reports/html/score-bar.ts';
import { scoreboardPage } from '../../../src/reports/html/scoreboard-page.ts';
import { scoreboardSection } from '../../../src/reports/html/scoreboard-section.ts';
import { studySection } from '../../../src/reports/html/study-section.ts';
import { trendLine } from '../../../src/reports/html/trend-line.ts';
import type { ScoreboardReport } from '../../../src/reports/scoreboard-content.ts';
import { baselineOf, gradeOf, notAttemptedOf, rowOf, rubric, ungradedOf } from '../sample.ts';
import { readHtml } from './read-html.ts';
import { reportOf, sampleReport } from './sample-report.ts';

const board: ScoreboardReport = {
  chapters: [
    { id: '10', title: '10장 잠금' },
    { id: '9', title: '9장 색인' },
  ],
  rows: [
    rowOf({ revisedScore: 95, chapters: { 10: 90, 9: 70 }, trend: -20, needsReview: 1 }),
    rowOf({
      rank: 2,
      member: 'Ben',
      score: 50,
      provisional: true,
      ungraded: 1,
      stale: 2,
      chapters: { 9: 50 },
    }),
  ],
  grades: [gradeOf({}), baselineOf({})],
  language: 'en',
};

describe('the scoreboard', () => {
  test.each(['ko', 'en'] as const)('of several chapters as a page in %s', (language) => {
    const page = [...scoreboardPage({ ...board, language })].join('');
    expect(page.slice(page.indexOf('<body>'))).toMatchSnapshot();
  });

  test('draws a line through the chapters in their order', () => {
    expect(scoreboardSection(board).text).toContain('aria-label="10장 잠금 90.0, 9장 색인 70.0"');
  });

  test('leads to those members that are somewhere', () => {
    const section = scoreboardSection(board, { linkTo: (member) => (member === 'Ann' ? '#m1' : null) }).text;
    expect(section).toContain('<th scope="row"><a href="#m1">Ann</a></th>');
    expect(section).toContain('<th scope="row">Ben</th>');
  });
});

describe('the heat map', () => {
  test('tells in words what its signs and colours mean', () => {
    const map = heatMap(sampleReport('en'), ({ member, question }) => `#${member}${question}`).text;
    expect(map).toMatchSnapshot();
  });

  test.each([
    [0, 'h0'],
    [9.9, 'h0'],
    [10, 'h1'],
    [99.9, 'h9'],
    [100, 'h10'],
  ])('a score of %d has the level %s', (score, level) => {
    expect(heatMap(reportOf([gradeOf({ score })], 'en')).text).toContain(
      `<td class="${level}">${score.toFixed(1)}</td>`,
    );
  });

  test('keeps a sign apart from the score, for ears as well', () => {
    const map = heatMap(reportOf([notAttemptedOf({ needsReview: true })], 'ko')).text;
    expect(map).toContain(
      '<td class="h0">0.0<span class="signs"><span class="hidden">, 답 없음 (0점)</span><span class="sign" aria-hidden="true">○</span><span class="hidden">, 확인 필요</span><span class="sign" aria-hidden="true">!</span></span></td>',
    );
  });

  test('legend and means leave out what is not there', () => {
    const map = heatMap(reportOf([ungradedOf({})], 'ko')).text;
    expect(readHtml(map).text).toContain('? 미채점 (0점이 아님)');
    expect(map).not.toContain('✎');
    expect(map).toContain('<th scope="row">평균</th><td></td><td></td>');
  });
});

describe('the distribution', () => {
  test('counts by tens, with blank and ungraded answers beside', () => {
    const scores = [0, 9.9, 10, 95, 100].map((score) => gradeOf({ score }));
    const { text } = readHtml(
      histogram([...scores, notAttemptedOf({}), ungradedOf({}), undefined], 'en').text,
    );
    expect(text).toContain(
      'Distribution of scores: 0 to 10: 2 · 10 to 20: 1 · 90 to 100: 2 · blank: 1 · ungraded: 2',
    );
  });

  test('of nothing is empty', () => {
    expect(readHtml(histogram([], 'ko').text).text).toContain('점수 분포: 답 없음 0개 · 미채점 0개');
  });
});

test('a bar is as long as its score, and no longer than its track', () => {
  expect(scoreBar(62.55)?.text).toContain('class="fill" width="62.6"');
  expect(scoreBar(120)?.text).toContain('class="fill" width="100"');
  expect(scoreBar(null)).toBeNull();
});

test('a trend takes two scores; those that are missing are left out', () => {
  const named = (scores: (number | null)[]) => scores.map((score, index) => ({ name: `c${index}`, score }));
  expect(trendLine(named([50, null]))).toBeNull();
  expect(trendLine(named([0, null, 100]))?.text).toContain('points="3.0,21.0 77.0,3.0"');
});

test('the study list marks what was mended and tells what is lacking without key points', () => {
  const items = [
    {
      question: 1,
      questionText: 'What is an index?',
      outOf: 3,
      missing: 1,
      points: [
        {
          text: 'Sorted',
          missing: 1,
          missedBy: [
            { member: 'Ann', level: null, mended: true },
            { member: 'Ben', level: 'missing', mended: false },
          ],
        },
        {
          text: null,
          missing: 1,
          missedBy: [{ member: 'Cid', level: 'half', mended: false, lacks: ['space', 'writing'] }],
        },
      ],
    },
  ];
  expect(studySection(items, 'en').text).toMatchSnapshot();
  expect(studySection([], 'ko').text).toContain('<p>놓친 핵심 내용이 없습니다.</p>');
});

describe('a card', () => {
  const context = { language: 'en', rubric, headingLevel: 2 } as const;

  test('says where the text of an answer is not kept', () => {
    expect(gradeCard({ grade: gradeOf({}), text: '' }, context).text).toContain(
      'The text of this answer is not kept.',
    );
    expect(gradeCard({ grade: notAttemptedOf({}), text: '' }, context).text).not.toContain('not kept');
  });

  test('says of an ungraded answer why, and that it is no zero', () => {
    const { text } = readHtml(
      gradeCard({ grade: ungradedOf({ ungradedDetail: 'status 500' }), text: 'a' }, context).text,
    );
    expect(text).toContain('ungraded (not a zero): the model refused to reply');
    expect(text).toContain('Details: status 500');
  });

  test('quotes only what the answer does not hold', () => {
    const card = gradeCard({ grade: gradeOf({}), text: 'Well: an index is sorted.' }, context).text;
    expect(card).not.toContain('<q>');
    expect(gradeCard({ grade: gradeOf({}), text: 'Well.' }, context).text).toContain(
      '<q>an index is sorted</q>',
    );
  });

  test('never names members with like answers', () => {
    const card = gradeCard({ grade: gradeOf({ similarTo: ['Benedict'] }), text: 'a' }, context).text;
    expect(card).not.toContain('Benedict');
  });
});

describe('an article', () => {
  const { rubric: own, questions } = sampleReport('en');
  const context = { language: 'en', rubric: own, questions, memberIndex: 4, headingLevel: 1 } as const;
  const answersOf = (...grades: ReturnType<typeof gradeOf>[]) =>
    grades.map((grade) => ({ grade, text: 'a' }));

  test('begins with the next step of the weakest question, by its last attempt', () => {
    const step = (nextStep: string) => ({ summary: '', strengths: [], improvements: [], nextStep });
    const article = memberArticle(
      {
        member: 'Ann',
        answers: answersOf(
          gradeOf({ score: 10, feedback: step('one') }),
          gradeOf({ attempt: 'revised', score: 90, feedback: step('two') }),
          gradeOf({ question: 2, score: 50, feedback: step('three') }),
        ),
      },
      context,
    ).text;
    expect(article).toContain(
      '<p class="first-step"><strong>Read this first</strong> <a href="#m5-q2-first">Question 2</a> three</p>',
    );
  });

  test('says what its marks and their colours mean, where it has any', () => {
    const textOf = (text: string) =>
      readHtml(memberArticle({ member: 'Ann', answers: [{ grade: gradeOf({}), text }] }, context).text).text;
    const legend = /the colour is that of the highest level.*all of the points.*some.*none of the points/su;
    expect(textOf('an index is sorted')).toMatch(legend);
    expect(textOf('a table')).not.toMatch(legend);
  });

  test('begins with what was not answered', () => {
    const answers = answersOf(gradeOf({ score: 1 }), notAttemptedOf({ question: 2 }));
    const article = memberArticle({ member: 'Ann', answers }, context).text;
    expect(article).toContain('<h1 id="m5-name">Ann</h1>');
    expect(article).toContain('<a href="#m5-q2-first">Question 2</a> Not answered yet: try it before');
  });

  test('has no such step where nothing could be graded', () => {
    const article = memberArticle({ member: 'Ann', answers: answersOf(ungradedOf({})) }, context).text;
    expect(article).not.toContain('first-step');
  });

  test('leads to where a person decides, where there is such a place', () => {
    const answers = [{ grade: { ...gradeOf({}), id: 17 }, text: 'a' }];
    const link = '<a href="/grades/17">Decide on this grade</a>';
    expect(memberArticle({ member: 'Ann', answers }, context).text).not.toContain('Decide on');
    const decideAt = (id: number) => `/grades/${id}`;
    expect(memberArticle({ member: 'Ann', answers }, { ...context, decideAt }).text).toContain(link);
  });
});
