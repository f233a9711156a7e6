import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countingGrade } from '../../src/core/counting-grade.ts';
import type { Grade } from '../../src/core/grade.ts';
import { scoreboardOf } from '../../src/core/scoreboard.ts';
import { gradeOf, standingOf } from './builders.ts';

const notAttempted = { state: 'not_attempted', score: 0 } as const;

/** A standing in which each member has one grade with the score given. */
function standingWith(scores: Record<string, number | null>) {
  return standingOf(Object.entries(scores).map(([member, score]) => gradeOf({ member, score })));
}

function ranksOf(scores: Record<string, number | null>) {
  return scoreboardOf([standingWith(scores)]).map(({ rank, member }) => [rank, member]);
}

describe('a scoreboard row', () => {
  test('counts what was assigned, answered and graded', () => {
    const standing = standingOf([
      gradeOf({ member: '서다온', question: 1, score: 80, needsReview: true }),
      gradeOf({ member: '서다온', question: 2, score: 61 }),
      gradeOf({ member: '서다온', question: 3, ...notAttempted }),
      gradeOf({ member: '서다온', question: 4, score: null, needsReview: true }),
    ]);
    expect(scoreboardOf([standing])).toEqual([
      {
        rank: 1,
        member: '서다온',
        score: 47,
        answeredScore: 70.5,
        assigned: 4,
        answered: 3,
        graded: 2,
        ungraded: 1,
        needsReview: 2,
        revisedScore: null,
        stale: 0,
        provisional: true,
        chapters: { '1장': 47 },
        trend: null,
      },
    ]);
  });

  test('leaves ungraded answers out of the mean, never counting them as zero', () => {
    const grades = [
      gradeOf({ member: '서다온', question: 1, score: 90 }),
      gradeOf({ member: '서다온', question: 2, score: null }),
    ];
    expect(scoreboardOf([standingOf(grades)])[0]).toMatchObject({
      score: 90,
      provisional: true,
      ungraded: 1,
    });
  });

  test('counts the grades that are stale, of those that count', () => {
    const grades = [
      gradeOf({ member: '서다온', question: 1, stale: ['rubric'] }),
      gradeOf({ member: '서다온', question: 2, stale: ['model_answer', 'rubric'] }),
      gradeOf({ member: '서다온', question: 3 }),
      gradeOf({ member: '서다온', question: 3, attempt: 'revised', stale: ['rubric'] }),
    ];
    expect(scoreboardOf([standingOf(grades)])[0]).toMatchObject({ stale: 2, provisional: false });
  });

  test('takes an assigned question without any grade for ungraded', () => {
    const standing = standingOf([gradeOf({ member: '서다온', question: 1, score: 90 })], {
      submissions: [
        { member: '서다온', question: 1, attempts: [{ kind: 'first' }] },
        { member: '서다온', question: 2, attempts: [] },
      ],
    });
    expect(scoreboardOf([standing])[0]).toMatchObject({
      score: 90,
      assigned: 2,
      ungraded: 1,
      provisional: true,
    });
  });

  test('counts a question that was not attempted as zero, and is not provisional for it', () => {
    const grades = [
      gradeOf({ member: '서다온', question: 1, score: 90 }),
      gradeOf({ member: '서다온', question: 2, ...notAttempted }),
    ];
    expect(scoreboardOf([standingOf(grades)])[0]).toMatchObject({
      score: 45,
      answeredScore: 90,
      answered: 1,
      provisional: false,
    });
  });

  test('has score 0, not none, when nothing was attempted', () => {
    const [row] = scoreboardOf([standingOf([gradeOf({ member: '서다온', ...notAttempted })])]);
    expect(row).toMatchObject({ rank: 1, score: 0, answeredScore: null, answered: 0 });
  });

  test('has neither score nor rank when everything is ungraded', () => {
    const [row] = scoreboardOf([standingWith({ 서다온: null })]);
    expect(row).toMatchObject({ rank: null, score: null, answeredScore: null, provisional: true });
  });

  test('rounds its means to one decimal', () => {
    const grades = [70, 70, 71].map((score, index) => gradeOf({ member: '서다온', question: index, score }));
    expect(scoreboardOf([standingOf(grades)])[0]?.score).toBe(70.3);
  });

  test('ignores grades for questions that the member was not assigned', () => {
    const standing = standingOf(
      [
        gradeOf({ member: '서다온', question: 1, score: 90 }),
        gradeOf({ member: '서다온', question: 9, score: 10 }),
      ],
      { submissions: [{ member: '서다온', question: 1, attempts: [{ kind: 'first' }] }] },
    );
    expect(scoreboardOf([standing])[0]).toMatchObject({ score: 90, assigned: 1 });
  });
});

describe('ranks', () => {
  test('are shared by equal scores, and the next one is skipped', () => {
    expect(ranksOf({ 배솔: 60, 남기훈: 80, 서다온: 80 })).toEqual([
      [1, '남기훈'],
      [1, '서다온'],
      [3, '배솔'],
    ]);
  });

  test('are shared, but who answered more questions is listed first', () => {
    const standing = standingOf([
      gradeOf({ member: '가', question: 1, score: 60 }),
      gradeOf({ member: '나', question: 2, score: 60 }),
      gradeOf({ member: '나', question: 3, score: 60 }),
    ]);
    expect(scoreboardOf([standing]).map(({ rank, member }) => [rank, member])).toEqual([
      [1, '나'],
      [1, '가'],
    ]);
  });

  test('of three equal scores are one', () => {
    expect(ranksOf({ 가: 50, 나: 50, 다: 50, 라: 49.9 })).toEqual([
      [1, '가'],
      [1, '나'],
      [1, '다'],
      [4, '라'],
    ]);
  });

  test('are none for members without a score, who come last', () => {
    expect(ranksOf({ 가: null, 나: 0, 다: 10 })).toEqual([
      [1, '다'],
      [2, '나'],
      [null, '가'],
    ]);
  });

  test('compare means, so more questions are no advantage', () => {
    const standing = standingOf([
      gradeOf({ member: '가', question: 1, score: 70 }),
      gradeOf({ member: '가', question: 2, score: 70 }),
      gradeOf({ member: '나', question: 3, score: 71 }),
    ]);
    expect(scoreboardOf([standing]).map(({ member }) => member)).toEqual(['나', '가']);
  });
});

describe('the attempt that counts', () => {
  const first = gradeOf({ member: '서다온', score: 70 });
  const revised = gradeOf({ member: '서다온', attempt: 'revised', score: 90 });
  const both = [{ kind: 'first' }, { kind: 'revised' }] as const;
  const asked = { member: '서다온', question: 1, attempts: both };

  test('is the first, the revised or the best, as the rubric says', () => {
    const grades = [revised, first];
    expect(countingGrade(grades, asked, 'first')).toBe(first);
    expect(countingGrade(grades, asked, 'revised')).toBe(revised);
    expect(countingGrade(grades, asked, 'best')).toBe(revised);
  });

  test('is the first when it is better than the revised and the best counts', () => {
    const worse = gradeOf({ member: '서다온', attempt: 'revised', score: 10 });
    expect(countingGrade([worse, first], asked, 'best')).toBe(first);
  });

  test('is the only one there is', () => {
    expect(countingGrade([first], { ...asked, attempts: [both[0]] }, 'revised')).toBe(first);
    expect(countingGrade([revised], { ...asked, attempts: [both[1]] }, 'first')).toBe(revised);
  });

  test('stays the first even when it is ungraded and the revised one is not', () => {
    const failed = gradeOf({ member: '서다온', score: null });
    expect(countingGrade([failed, revised], asked, 'first')).toBe(failed);
  });

  test('is none while the first attempt has no grade, whatever the revised one has', () => {
    expect(countingGrade([revised], asked, 'first')).toBeUndefined();
  });

  test('is the best graded one, else one that is ungraded, else one that was not attempted', () => {
    const failed = gradeOf({ member: '서다온', attempt: 'revised', score: null });
    const blank = gradeOf({ member: '서다온', ...notAttempted });
    const zero = gradeOf({ member: '서다온', score: 0 });
    expect(countingGrade([failed, zero], asked, 'best')).toBe(zero);
    expect(countingGrade([blank, failed], asked, 'best')).toBe(failed);
    expect(countingGrade([blank], asked, 'best')).toBe(blank);
  });

  test('is none where there is no grade of this member for this question', () => {
    expect(countingGrade([first], { ...asked, question: 2 }, 'first')).toBeUndefined();
    expect(countingGrade([first], { ...asked, member: '배솔' }, 'first')).toBeUndefined();
  });

  test('leaves the growth to be seen: revisedScore counts revised attempts where there are any', () => {
    const standing = standingOf([first, revised, gradeOf({ member: '서다온', question: 2, score: 50 })]);
    expect(scoreboardOf([standing])[0]).toMatchObject({ score: 60, revisedScore: 70 });
  });

  test('leaves no growth to be seen where nothing was revised', () => {
    expect(scoreboardOf([standingOf([first])])[0]?.revisedScore).toBeNull();
  });

  test('decides the score', () => {
    const scores = (['first', 'revised', 'best'] as const).map(
      (attempt) => scoreboardOf([standingOf([first, revised], { attempt })])[0]?.score,
    );
    expect(scores).toEqual([70, 90, 90]);
  });
});

describe('several chapters', () => {
  const chapterWith = (id: string, scores: Record<string, number | null>) => ({
    ...standingWith(scores),
    chapter: { id, title: id },
  });

  test('give a score for each and a mean over all questions', () => {
    const second = standingOf(
      [gradeOf({ member: '가', question: 1, score: 80 }), gradeOf({ member: '가', question: 2, score: 90 })],
      { chapter: { id: '2장', title: '2장' } },
    );
    expect(scoreboardOf([chapterWith('1장', { 가: 40 }), second])[0]).toMatchObject({
      score: 70,
      assigned: 3,
      chapters: { '1장': 40, '2장': 85 },
      trend: 45,
    });
  });

  test('keep the grades of one apart from those of another', () => {
    const [row] = scoreboardOf([chapterWith('1장', { 가: 40 }), chapterWith('2장', { 가: 80 })]);
    expect(row?.chapters).toEqual({ '1장': 40, '2장': 80 });
  });

  test('leave out those in which the member had no question', () => {
    const rows = scoreboardOf([chapterWith('1장', { 가: 40 }), chapterWith('2장', { 나: 80 })]);
    expect(rows.map(({ member, chapters, trend }) => [member, chapters, trend])).toEqual([
      ['나', { '2장': 80 }, null],
      ['가', { '1장': 40 }, null],
    ]);
  });

  test('show a falling trend as negative', () => {
    const rows = scoreboardOf([chapterWith('1장', { 가: 80 }), chapterWith('2장', { 가: 60.5 })]);
    expect(rows[0]?.trend).toBe(-19.5);
  });

  test('show the trend in their order although their ids look like numbers', () => {
    const rows = scoreboardOf([chapterWith('10', { 가: 40 }), chapterWith('2', { 가: 90 })]);
    expect(rows[0]?.trend).toBe(50);
  });

  test('have a null score where nothing of the member is graded', () => {
    const rows = scoreboardOf([chapterWith('1장', { 가: 40 }), chapterWith('2장', { 가: null })]);
    expect(rows[0]).toMatchObject({ score: 40, chapters: { '1장': 40, '2장': null }, trend: null });
  });

  test('each count their own attempt', () => {
    const grades = [
      gradeOf({ member: '가', score: 20 }),
      gradeOf({ member: '가', attempt: 'revised', score: 60 }),
    ];
    const rows = scoreboardOf([
      standingOf(grades, { chapter: { id: '1장', title: '' }, attempt: 'first' }),
      standingOf(grades, { chapter: { id: '2장', title: '' }, attempt: 'revised' }),
    ]);
    expect(rows[0]?.chapters).toEqual({ '1장': 20, '2장': 60 });
  });
});

test('no chapters give no rows', () => {
  expect(scoreboardOf([])).toEqual([]);
});

const grade = fc
  .record({
    member: fc.constantFrom('가', '나', '다', '라', '마'),
    question: fc.integer({ min: 1, max: 4 }),
    attempt: fc.constantFrom<Grade['attempt']>('first', 'revised'),
    score: fc.option(fc.integer({ min: 0, max: 20 }).map((value) => value * 5)),
  })
  .map(gradeOf);
const grades = fc.uniqueArray(grade, {
  selector: ({ member, question, attempt }) => `${member} ${question} ${attempt}`,
  maxLength: 20,
});

describe('properties of the scoreboard', () => {
  test('a member’s rank is one more than the number of members with a higher score', () => {
    fc.assert(
      fc.property(grades, (all) => {
        const rows = scoreboardOf([standingOf(all)]);
        for (const { rank, score } of rows) {
          const higher = rows.filter(
            (other) => score !== null && other.score !== null && other.score > score,
          );
          expect(rank).toBe(score === null ? null : higher.length + 1);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('rows stand in the order of their ranks, those without last', () => {
    fc.assert(
      fc.property(grades, (all) => {
        const ranks = scoreboardOf([standingOf(all)]).map(({ rank }) => rank ?? Number.POSITIVE_INFINITY);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });

  test('a score lies between the lowest and the highest that count', () => {
    fc.assert(
      fc.property(grades, (all) => {
        for (const { member, score } of scoreboardOf([standingOf(all)])) {
          const own = all.flatMap((item) =>
            item.member === member && item.score !== null ? [item.score] : [],
          );
          if (score === null) continue;
          expect(score).toBeGreaterThanOrEqual(Math.min(...own));
          expect(score).toBeLessThanOrEqual(Math.max(...own));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('every assigned question is graded, ungraded or not attempted, and ungraded means provisional', () => {
    fc.assert(
      fc.property(grades, (all) => {
        for (const row of scoreboardOf([standingOf(all)])) {
          expect(row.graded + row.ungraded).toBe(row.answered);
          expect(row.answered).toBeLessThanOrEqual(row.assigned);
          expect(row.provisional).toBe(row.ungraded > 0);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('points of a question', () => {
  /** One member with these scores, and the points of each question. */
  function rowWith(scores: readonly (number | null)[], points: readonly (number | undefined)[]) {
    const grades = scores.map((score, index) => gradeOf({ member: '서다온', question: index + 1, score }));
    const submissions = grades.map(({ member, question, attempt }, index) => ({
      member,
      question,
      attempts: [{ kind: attempt }],
      ...(points[index] === undefined ? {} : { points: points[index] }),
    }));
    return scoreboardOf([standingOf(grades, { submissions })])[0];
  }

  test('weight the mean', () => {
    expect(rowWith([90, 30], [2, 1])).toMatchObject({
      score: 70,
      answeredScore: 70,
      chapters: { '1장': 70 },
    });
  });

  test('are 1 where nothing is said', () => {
    expect(rowWith([90, 30], [undefined, 3])?.score).toBe(45);
    expect(rowWith([90, 30], [])?.score).toBe(60);
  });

  test('of an ungraded answer weigh nothing', () => {
    expect(rowWith([90, null, 30], [2, 50, 1])).toMatchObject({ score: 70, ungraded: 1 });
  });

  test('weight the score after revision as well', () => {
    const first = [
      gradeOf({ member: '가', question: 1, score: 30 }),
      gradeOf({ member: '가', question: 2, score: 0 }),
    ];
    const revised = gradeOf({ member: '가', question: 2, attempt: 'revised', score: 90 });
    const submissions = [
      { member: '가', question: 1, attempts: [{ kind: 'first' as const }], points: 2 },
      { member: '가', question: 2, attempts: [{ kind: 'first' as const }, { kind: 'revised' as const }] },
    ];
    const board = scoreboardOf([standingOf([...first, revised], { submissions })]);
    expect(board[0]).toMatchObject({ score: 20, revisedScore: 50 });
  });

  test('weigh over chapters by what they are, not by chapter', () => {
    const [one, two] = [80, 20].map((score, index) => {
      const grade = gradeOf({ member: '가', score, chapter: `${index}장` });
      const submissions = [
        { member: '가', question: 1, attempts: [{ kind: 'first' as const }], points: 3 - 2 * index },
      ];
      return standingOf([grade], { chapter: { id: `${index}장`, title: '' }, submissions });
    });
    if (!one || !two) throw new Error('two chapters were made');
    expect(scoreboardOf([one, two])[0]).toMatchObject({ score: 65, chapters: { '0장': 80, '1장': 20 } });
  });

  test('change nothing when all are equal, and never lead out of the range of the scores', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 });
    const weights = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(scores, weights, fc.integer({ min: 1, max: 9 }), (given, points, same) => {
        const equal =
          rowWith(
            given,
            given.map(() => same),
          )?.score ?? -1;
        expect(equal).toBeCloseTo(rowWith(given, [])?.score ?? -2, 6);
        const score = rowWith(given, points)?.score ?? -1;
        expect(score).toBeGreaterThanOrEqual(Math.min(...given) - 0.05);
        expect(score).toBeLessThanOrEqual(Math.max(...given) + 0.05);
      }),
    );
  });
});
