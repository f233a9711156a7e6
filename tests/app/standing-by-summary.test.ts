import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  attemptStates,
  earlierGrades,
  readableStanding,
  standingOf,
  summaryStandingOf,
} from '../../src/app/standing.ts';
import { changesBetween } from '../../src/core/changes.ts';
import type { AttemptKind } from '../../src/core/chapter.ts';
import { currentGrades, latestGrades } from '../../src/core/current-grades.ts';
import type { Grade } from '../../src/core/grade.ts';
import { type GradeSummary, machineSummary } from '../../src/core/grade-summary.ts';
import type { Review } from '../../src/core/review.ts';
import { scoreboardOf } from '../../src/core/scoreboard.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { GradeStore, StoredChapter } from '../../src/store/store.ts';
import { gradeOf } from '../core/builders.ts';
import { later } from '../helpers/later.ts';
import { storedChapter } from '../helpers/stored-chapter.ts';
import { withReviews } from '../helpers/with-reviews.ts';
import { sampleReview } from '../store/store-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'answer-grader-standing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
const stores: [string, () => GradeStore][] = [
  ['memory', createMemoryStore],
  ['distant', () => later(createMemoryStore())],
  [
    'SQLite',
    () => {
      count += 1;
      return openSqliteStore(join(folder, `${count}.db`));
    },
  ],
];

const chapterId = '1-Indexes';
const members = fc.constantFrom('Ann', '가람', '__proto__');
const questions = fc.constantFrom(1, 2);
const kinds = fc.constantFrom<AttemptKind>('first', 'revised');
const hashes = fc.record({
  answerHash: fc.constantFrom('a', 'b'),
  referenceHash: fc.constantFrom('', 'r', 's'),
  criteriaHash: fc.constantFrom('', 'c', 'd'),
});
const scores = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);

const grades: fc.Arbitrary<Grade> = fc
  .record({
    member: members,
    question: questions,
    attempt: kinds,
    hash: hashes,
    score: scores,
    state: fc.constantFrom<Grade['state']>('graded', 'graded', 'ungraded', 'not_attempted'),
    kind: fc.constantFrom<Grade['judge']['kind']>('llm', 'offline', 'triage'),
    flags: fc.subarray(['blank', 'hedged', 'dont_know']),
    reviewReasons: fc.subarray(['refused', 'judges_disagree']),
    similarTo: fc.subarray(['Ben']),
  })
  .map(({ hash, kind, state, score, ...rest }) => {
    const grade = gradeOf({
      chapter: chapterId,
      ...rest,
      ...hash,
      state,
      score: state === 'ungraded' ? null : state === 'graded' ? score : 0,
      needsReview: rest.reviewReasons.length > 0,
    });
    return { ...grade, judge: { ...grade.judge, kind, models: kind === 'llm' ? ['model'] : [] } };
  });

const reviews: fc.Arbitrary<Review> = fc
  .record({
    member: members,
    question: questions,
    attempt: kinds,
    hash: hashes,
    score: scores,
    action: fc.constantFrom<Review['action']>('set', 'set', 'clear'),
    at: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'),
  })
  .map(({ hash, action, score, ...rest }) =>
    sampleReview({
      chapter: chapterId,
      ...rest,
      ...hash,
      action,
      score: action === 'set' ? score : null,
      levels: {},
      criteria: [],
    }),
  );

const chapters: fc.Arbitrary<StoredChapter> = fc
  .record({
    attempt: fc.constantFrom<StoredChapter['attempt']>('first', 'revised', 'best'),
    points: fc.constantFrom(1, 3),
    now: hashes,
    submissions: fc.uniqueArray(
      fc.record({
        member: members,
        question: questions,
        kinds: fc.subarray<AttemptKind>(['first', 'revised']),
        answerHash: fc.constantFrom('a', 'b'),
      }),
      { selector: ({ member, question }) => JSON.stringify([member, question]) },
    ),
  })
  .map(({ attempt, points, now, submissions }) => {
    const [question] = storedChapter('1 Indexes').questions;
    if (!question) throw new Error('the chapter has a question');
    return storedChapter('1 Indexes', {
      attempt,
      questions: [
        { ...question, ...now },
        { ...question, ...now, no: 2, points },
      ],
      submissions: submissions.map(({ kinds: made, answerHash, ...submission }) => ({
        ...submission,
        status: 'answered',
        attempts: made.map((kind) => ({ kind, text: answerHash, answerHash })),
      })),
    });
  });

/** What a summary shows of a grade. */
function seen(grade: GradeSummary): GradeSummary {
  const { stale, override } = grade;
  if (override === null) return { ...machineSummary(grade), stale };
  const { score, levels, reason, by, at, stale: overrideStale } = override;
  return {
    ...machineSummary(grade),
    stale,
    override: { score, levels, reason, by, at, stale: overrideStale },
  };
}

describe.each(stores)('what a %s store gives without texts', (_name, open) => {
  test('stands as the whole grades do, for every history', async () => {
    await fc.assert(
      fc.asyncProperty(
        chapters,
        fc.array(grades),
        fc.array(reviews, { maxLength: 4 }),
        async (chapter, history, decisions) => {
          const store = open();
          try {
            await store.saveChapter(chapter);
            const run = await store.startRun({ chapter: chapterId, startedAt: '', judge: 'llm', model: 'm' });
            await store.addGrades(run, history);
            for (const review of decisions) await store.addReview(review);
            const stored = await store.chapter(chapterId);
            if (!stored) throw new Error('the chapter is gone');

            const attempts = attemptStates(stored);
            const whole = withReviews(currentGrades(history, attempts), history, decisions, attempts);
            const standing = await standingOf(stored, store);
            expect(standing.grades).toEqual(whole);
            const bySummary = await summaryStandingOf(stored, store);
            expect(bySummary.grades.map(seen)).toEqual(whole.map(seen));
            expect(scoreboardOf([bySummary])).toEqual(scoreboardOf([{ ...standing, grades: whole }]));
            const isDecided = ({ override }: Pick<Grade, 'override'> | { override: object | null }) =>
              override !== null;
            const readable = await readableStanding(stored, store);
            const read = readable.whole(isDecided);
            for (let time = 0; time < 2; time += 1)
              expect(await Array.fromAsync(read)).toEqual(whole.filter(isDecided));

            const latest = latestGrades(history);
            const before = withReviews(latest, [], decisions, latest);
            const earlier = await earlierGrades(chapterId, store);
            expect(changesBetween(earlier, bySummary.grades)).toEqual(changesBetween(before, whole));
          } finally {
            await store.close();
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
