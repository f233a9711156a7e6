import { describe, expect, test } from 'vitest';
import type { FeedbackReport } from '../../src/reports/feedback-content.ts';
import { feedbackMarkdown } from '../../src/reports/feedback-markdown.ts';
import { feedbackText } from '../../src/reports/feedback-text.ts';
import {
  baselineOf,
  chapter,
  criterionOf,
  gradeOf,
  harmless,
  hostile,
  notAttemptedOf,
  rubric,
  ungradedOf,
} from './sample.ts';

const report: FeedbackReport = {
  title: '1장 색인',
  member: 'Ann',
  questions: chapter.questions,
  grades: [
    gradeOf({}),
    gradeOf({
      attempt: 'revised',
      score: 100,
      feedback: { summary: 'All there.', strengths: [], improvements: [], nextStep: 'Go on.' },
    }),
    notAttemptedOf({ question: 2, flags: ['dont_know'] }),
    ungradedOf({ question: 3 }),
  ],
  rubric,
  language: 'en',
};

const doubtful: FeedbackReport = {
  ...report,
  grades: [
    gradeOf({
      keyPoints: [criterionOf({ id: 'k1', evidence: ['made up', 'this too'], evidenceVerified: false })],
      flags: ['addresses_grader'],
      needsReview: true,
      reviewReasons: ['evidence_not_found', 'addresses_grader'],
    }),
  ],
};

const marked: FeedbackReport = {
  ...report,
  title: hostile,
  member: hostile,
  questions: [{ no: 1, text: hostile, modelAnswer: null }],
  grades: [
    gradeOf({
      keyPoints: [criterionOf({ name: hostile, reason: hostile, evidence: [hostile] })],
      criteria: [],
      feedback: { summary: hostile, strengths: [hostile], improvements: [hostile], nextStep: hostile },
    }),
  ],
};

describe.each(['ko', 'en'] as const)('in %s', (language) => {
  test('the Markdown of a member', () => {
    expect(feedbackMarkdown({ ...report, language })).toMatchSnapshot();
  });

  test('the text of a member', () => {
    expect(feedbackText({ ...report, language })).toMatchSnapshot();
  });

  test('the Markdown of a doubtful grade', () => {
    expect(feedbackMarkdown({ ...doubtful, language })).toMatchSnapshot();
  });

  test('the text of a doubtful grade', () => {
    expect(feedbackText({ ...doubtful, language })).toMatchSnapshot();
  });

  test('the text of an answer that is nobody’s', () => {
    expect(feedbackText({ ...report, member: null, grades: [gradeOf({})], language })).toMatchSnapshot();
  });
});

test('markup in names, questions and replies means nothing in the Markdown', () => {
  const lines = feedbackMarkdown(marked).split('\n');
  expect(lines.filter((line) => line.includes('second line'))).toEqual([
    `# ${harmless} · ${harmless}: feedback`,
    `## 1. ${harmless}`,
    harmless,
    `- ${harmless}`,
    `- ${harmless}`,
    `**Next step** ${harmless}`,
    `| ${harmless} | covered | 20.0/20.0 | “${harmless}” | ${harmless} |`,
  ]);
});

test('marks for bold in questions and quotes are left out, not escaped', () => {
  const evidence = ['**B-tree:** an *index* is sorted'];
  const questions = [{ no: 1, text: 'What is **an index**?', modelAnswer: null }];
  const own = { ...report, questions, grades: [gradeOf({ keyPoints: [criterionOf({ evidence })] })] };
  const markdown = feedbackMarkdown(own);
  expect(markdown).toContain('\n## 1. What is an index?\n');
  expect(markdown).toContain('“B-tree: an \\*index\\* is sorted”');
  expect(feedbackText(own)).toContain('“B-tree: an *index* is sorted”');
});

test('the Markdown has no HTML besides the callout', () => {
  const tags = feedbackMarkdown(marked).match(/(?<!\\)<[^>]*>/gu);
  expect(tags).toEqual(['<aside>', '</aside>']);
});

test('questions come in their order, whatever the order of the grades', () => {
  const grades = [ungradedOf({ question: 3 }), gradeOf({ question: 1 })];
  const heads = feedbackMarkdown({ ...report, grades }).match(/^## .*$/gmu);
  expect(heads).toEqual(['## 1. What is an index?', '## 3. What is a view?']);
});

test('the band is that of the score', () => {
  const at = (score: number) =>
    feedbackText({ ...report, grades: [gradeOf({ score })] }).match(/^\[.*\]$/mu)?.[0];
  expect([at(80), at(79.9), at(0)]).toEqual([
    '[first attempt: 80.0 of 100 · excellent]',
    '[first attempt: 79.9 of 100 · read again]',
    '[first attempt: 0.0 of 100 · read again]',
  ]);
});

test('the baseline is named at the top', () => {
  const grades = [baselineOf({})];
  expect(feedbackMarkdown({ ...report, grades }).split('\n')[2]).toMatch(/^> ⚠ Offline baseline: /u);
  expect(feedbackText({ ...report, grades }).split('\n')[1]).toMatch(/^⚠ Offline baseline: /u);
});

test('an ungraded answer has no score', () => {
  const text = feedbackText({ ...report, grades: [ungradedOf({})] });
  expect(text).toContain('[first attempt: ungraded (not a zero): the model refused to reply]');
  expect(text).not.toContain('0.0');
});
