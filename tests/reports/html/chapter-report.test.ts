import { describe, expect, test } from 'vitest';
import { chapterReport } from '../../../src/reports/html/chapter-report.ts';
import type { ChapterReport } from '../../../src/reports/html/report-data.ts';
import { baselineOf, criterionOf, gradeOf } from '../sample.ts';
import { readHtml, type Tag } from './read-html.ts';
import { reportOf, sampleReport } from './sample-report.ts';

const pageOf = async (report: ChapterReport) => (await Array.fromAsync(chapterReport(report))).join('');
const withoutStyle = (page: string) => page.replace(/<style>.*?<\/style>/su, '<style></style>');
const idsIn = (tags: readonly Tag[]) => tags.flatMap(({ attributes }) => attributes['id'] ?? []);

describe.each(['ko', 'en'] as const)('in %s', (language) => {
  test('the whole page', async () => {
    expect(withoutStyle(await pageOf(sampleReport(language)))).toMatchSnapshot();
  });
});

describe('the page', async () => {
  const page = await pageOf(sampleReport('en'));
  const { tags } = readHtml(page);

  test('loads and runs nothing, by its own policy, too', async () => {
    expect(
      tags.filter(({ name }) => /^(?:script|link|img|iframe|object|form|base)$/u.test(name)),
    ).toStrictEqual([]);
    expect(
      tags
        .flatMap(({ attributes }) => Object.keys(attributes))
        .filter((key) => /^(?:on.*|style|src)$/u.test(key)),
    ).toStrictEqual([]);
    expect(page).toContain('default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;');
    expect(page).not.toMatch(/url\(|@import/u);
  });

  test('has one heading of its own, and skips no level below', async () => {
    const levels = tags.filter(({ name }) => /^h\d$/u.test(name)).map(({ name }) => Number(name.slice(1)));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    const steps = levels.slice(1).map((level, index) => level - (levels[index] ?? 0));
    expect(Math.max(...steps)).toBe(1);
  });

  test('has ids that are unique, and links that lead somewhere on it', async () => {
    const ids = idsIn(tags);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = tags.flatMap(({ attributes }) => attributes['href'] ?? []);
    expect(targets.length).toBeGreaterThan(10);
    for (const target of targets) expect(ids).toContain(target.slice(1));
  });

  test('has no name in an id', async () => {
    expect(idsIn(tags).filter((id) => id.startsWith('m'))).toStrictEqual([
      'main',
      'members',
      ...[
        'm1',
        'm1-name',
        'm1-q1-first',
        'm1-q2-first',
        'm2',
        'm2-name',
        'm2-q1-first',
        'm2-q1-revised',
        'm2-q2-first',
      ],
    ]);
  });

  test('comes in parts, one for each member', async () => {
    const parts = await Array.fromAsync(chapterReport(sampleReport('en')));
    expect(parts.filter((part) => part.startsWith('<article'))).toHaveLength(2);
  });
});

test('names that were taken out are mentioned', async () => {
  const anonymous = await pageOf({ ...sampleReport('en'), isAnonymous: true });
  expect(anonymous).toContain('Names are taken out of this page.');
  expect(await pageOf(sampleReport('en'))).not.toContain('Names are taken out of this page.');
});

test('the baseline is named for what it is, and what it fills in is not counted', async () => {
  const page = await pageOf(reportOf([baselineOf({})], 'en'));
  expect(readHtml(page).text).toContain('Offline baseline: scores estimated from word overlap');
  expect(readHtml(page).text).toContain('accuracy: the baseline does not judge this');
});

test('the articles of very many answers are left out, and nothing leads to them', async () => {
  const many = Array.from({ length: 2001 }, (_, index) => gradeOf({ member: `Member ${index}` }));
  const page = await pageOf(reportOf(many, 'en'));
  expect(page).not.toContain('<article');
  expect(page).not.toContain('href="#m1');
  expect(readHtml(page).text).toContain('There are 2001 graded answers');
  expect(readHtml(page).text).toContain('in the service behind the names on the scoreboard');
  const anonymous = readHtml(await pageOf({ ...reportOf(many, 'en'), isAnonymous: true })).text;
  expect(anonymous).toContain('There are 2001 graded answers, so they are left out of this page.');
  expect(anonymous).not.toContain('feedback/');
});

test('the head says how many submissions and revised answers there are, and how many say nothing', async () => {
  expect(readHtml(await pageOf(sampleReport('en'))).text).toContain(
    '2 members · 2 questions · 4 submissions · 1 revised answer · 1 not attempted',
  );
  expect(readHtml(await pageOf(sampleReport('ko'))).text).toContain(
    '멤버 2명 · 질문 2개 · 제출 4개 · 고쳐 쓴 답 1개 · 답하지 않음 1개',
  );
});

test.each([
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title></main><script>alert(1)</script>',
  ']]><![CDATA[ <b>',
  '[a](javascript:alert(1)) ![b](http://x/y.png)',
])('%s changes no element and no attribute, wherever it is written', async (hostile) => {
  const shapeOf = (text: string) => {
    const grade = gradeOf({
      member: text,
      keyPoints: [
        criterionOf({ id: 'k1', name: text, levelName: text, reason: text, evidence: [text, 'elsewhere'] }),
      ],
      feedback: { summary: text, strengths: [text], improvements: [text], nextStep: text },
      judge: { ...gradeOf({}).judge, models: [text] },
      needsReview: true,
      reviewReasons: [text],
      override: { score: 1, levels: {}, reason: text, by: text, at: '', stale: [], machine: gradeOf({}) },
    });
    const report = reportOf([grade], 'en', text);
    const [question] = report.questions;
    const band = { from: 0, name: { ko: text, en: text } };
    return pageOf({
      ...report,
      chapter: { id: text, title: text },
      rubric: { ...report.rubric, bands: [band] },
      questions: question ? [{ ...question, text, modelAnswer: text }] : [],
      studyList: report.studyList.map((item) => ({
        ...item,
        questionText: text,
        points: [{ text, missedBy: [{ member: text, level: text, mended: true }], missing: 1 }],
      })),
    });
  };
  // How many marks a quote takes depends on the elements that it runs across.
  const isShape = ({ name, attributes }: Tag) => name !== 'mark' && attributes['class'] !== 'hidden';
  const shape = (page: string) =>
    readHtml(page)
      .tags.filter(isShape)
      .map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' '));
  expect(shape(await shapeOf(hostile))).toStrictEqual(shape(await shapeOf('harmless')));
});
