import { expect, test } from 'vitest';
import type { Grade } from '../../src/core/grade.ts';
import { isPublished } from '../../src/core/published.ts';
import { type ChapterStanding, scoreboardOf } from '../../src/core/scoreboard.ts';
import type { FeedbackReport } from '../../src/reports/feedback-content.ts';
import { notWrittenNotice, publishText } from '../../src/reports/publish.ts';
import { publishedFeedback } from '../../src/reports/published-feedback.ts';
import { publishedScoreboard } from '../../src/reports/published-scoreboard.ts';
import { baselineOf, chapter, gradeOf, notAttemptedOf, rubric, ungradedOf } from './sample.ts';

const report: Omit<FeedbackReport, 'grades'> = {
  title: chapter.title,
  member: 'Ann',
  questions: chapter.questions,
  rubric,
  language: 'en',
};

/** What stands on the page, with what is bold in Markdown's signs. */
function shown(grades: FeedbackReport['grades']): string {
  return publishedFeedback({ ...report, grades })
    .map(({ text, isBold }) => (isBold ? `**${text}**` : text))
    .join('');
}

test('feedback begins with our mark, and tells score, summary, lists and the next step', () => {
  const revised = gradeOf({
    attempt: 'revised',
    score: 100,
    feedback: { summary: 'All\nthere.', strengths: [], improvements: [], nextStep: 'Go on.' },
  });
  const text = shown([gradeOf({}), revised]);
  expect(isPublished(text)).toBe(true);
  expect(text).toMatchInlineSnapshot(`
    "**answer-grader** · Ann #1 · first attempt: 60.0 of 100 · read again
    You know what an index is.
    **What is right**
    • It is sorted.
    **What is missing**
    • Every write has to update it.
    • It takes space.
    **Next step** Read about writing with an index.

    **revised attempt: 100.0 of 100 · excellent**
    All there.
    **Next step** Go on.
    Judged by model-1"
  `);
});

test('an ungraded answer is said to be ungraded, with the reason and without a score', () => {
  expect(shown([ungradedOf({})])).toMatchInlineSnapshot(`
    "**answer-grader** · Ann #1 · first attempt: ungraded (not a zero): the model refused to reply
    Judged by model-1"
  `);
});

test('an answer that is not there gets a hint', () => {
  expect(shown([notAttemptedOf({ flags: ['dont_know'] })])).toMatchInlineSnapshot(`
    "**answer-grader** · Ann #1 · says don't know · 0 of 100
    Knowing what you do not know is a start. Read the model answer and write a sentence or two on what you understood."
  `);
});

test('the baseline is named for what it is', () => {
  expect(shown([baselineOf({})])).toContain('\n⚠ Offline baseline: ');
});

/** The standing of members who answered one question each. */
function standingOf(grades: Grade[]): ChapterStanding {
  const submissions = grades.map(({ member, question }) => ({
    member,
    question,
    status: 'answered' as const,
    attempts: [{ kind: 'first' as const }],
  }));
  return { chapter, submissions, grades, attempt: 'first' };
}

test('a scoreboard has our mark, the columns, a row for each member, and what one must know', () => {
  const grades = [gradeOf({ member: 'Ann' }), gradeOf({ member: 'Ben', score: 20 })];
  const rows = scoreboardOf([standingOf(grades)]);
  expect(publishedScoreboard({ chapters: [chapter], rows, grades, language: 'en' })).toMatchSnapshot();
});

test('a course has more members than a table takes', () => {
  const grades = Array.from({ length: 120 }, (_, index) => gradeOf({ member: `M${index}` }));
  const rows = scoreboardOf([standingOf(grades)]);
  const board = publishedScoreboard({ chapters: [chapter], rows, grades, language: 'ko' });
  expect(board.rows).toHaveLength(91);
  expect(board.notes.at(-1)).toBe('그 밖에 30명이 더 있습니다.');
});

test('what publishing does is told line by line', () => {
  const step = { member: 'Ann', question: 1, outcome: '80.0 of 100', why: null };
  const why = { ko: '그대로 둡니다.', en: 'it is left as it is.' };
  const plan = {
    page: { title: '1장' },
    chapter: { title: '1장' },
    feedback: [
      { ...step, action: 'add' as const },
      { ...step, member: 'Ben', action: 'keep' as const },
      { ...step, member: 'Cho', action: 'skip' as const, why },
    ],
    scoreboard: { action: 'change' as const, why: null },
  };
  expect(`${publishText(plan, false, 'en')}${publishText(plan, true, 'ko')}`).toMatchInlineSnapshot(`
    "1장
      + Ann, question 1: 80.0 of 100
      ! Cho, question 1: it is left as it is.
      ~ scoreboard
      1 to add, 1 to change, 1 unchanged, 1 left out
    1장
      + Ann 1번: 80.0 of 100
      ! Cho 1번: 그대로 둡니다.
      ~ 점수판
      새로 씀 1, 고침 1, 그대로 1, 건너뜀 1
    "
  `);
  expect(notWrittenNotice(0, 'en')).toBe('Nothing has changed.\n');
  expect(notWrittenNotice(2, 'ko')).toContain('--yes');
});
