import type { Grade } from '../../../src/core/grade.ts';
import type { Language } from '../../../src/core/localized.ts';
import { scoreboardOf } from '../../../src/core/scoreboard.ts';
import { studyListOf } from '../../../src/core/study-list.ts';
import type { ChapterReport, MemberAnswers } from '../../../src/reports/html/report-data.ts';
import { standingOf } from '../../core/builders.ts';
import { criterionOf, gradeOf, notAttemptedOf, rubric, ungradedOf } from '../sample.ts';

const answer = 'An index is sorted, so that **rows are found** fast.\n\n- It makes reading cheap.';

/** Everything that a grade can be: revised, decided by a person, to be reviewed, ungraded, not attempted. */
const grades: Grade[] = [
  gradeOf({
    keyPoints: [
      criterionOf({
        id: 'k1',
        name: 'An index is sorted',
        points: 40,
        maxPoints: 40,
        evidence: ['An index is sorted'],
      }),
      criterionOf({
        id: 'k2',
        name: 'Writing gets slower',
        level: 'missing',
        levelName: 'missing',
        points: 0,
        maxPoints: 40,
        evidence: ['rows are found** fast … reading cheap', 'said nowhere'],
        evidenceVerified: false,
      }),
    ],
    needsReview: true,
    reviewReasons: ['evidence_not_found'],
    flags: ['declared_help'],
  }),
  gradeOf({
    attempt: 'revised',
    score: 100,
    keyPoints: [criterionOf({ id: 'k1' }), criterionOf({ id: 'k2', name: 'Writing gets slower' })],
  }),
  gradeOf({
    member: '서다온',
    score: 85,
    override: {
      score: 85,
      levels: {},
      reason: 'Right in other words',
      by: 'leader',
      at: '2026-01-02T03:04:05.678Z',
      stale: [],
      machine: { state: 'graded', score: 60, criteria: [], keyPoints: [] },
    },
  }),
  ungradedOf({
    member: '서다온',
    question: 2,
    ungradedReason: 'request_failed',
    ungradedDetail: 'status 500',
  }),
  notAttemptedOf({ question: 2 }),
];

const questions: ChapterReport['questions'] = [
  { no: 1, text: 'What is an *index*?', modelAnswer: 'A sorted structure.\n\n1. beside the table' },
  { no: 2, text: 'What is a lock?', modelAnswer: null },
];

/** Items that come one by one. */
function later<T>(items: readonly T[]): AsyncIterable<T> {
  return {
    async *[Symbol.asyncIterator]() {
      yield* items;
    },
  };
}

/** A report with these grades, each with the same text. */
export function reportOf(own: readonly Grade[], language: Language, text = answer): ChapterReport {
  const standing = standingOf([...own]);
  const points = {
    ...rubric,
    questions: {
      1: {
        keyPoints: [
          { text: 'An index is sorted', weight: 1 },
          { text: 'Writing gets slower', weight: 1 },
        ],
      },
    },
  };
  const gradesOf = (question: number) => own.filter((grade) => grade.question === question);
  const textOf = (grade: Grade) => (grade.state === 'not_attempted' ? '' : text);
  const rows = scoreboardOf([standing]);
  const members: MemberAnswers[] = rows.map(({ member }) => ({
    member,
    answers: own.filter((grade) => grade.member === member).map((grade) => ({ grade, text: textOf(grade) })),
  }));
  return {
    chapter: { id: '1장', title: '1장 색인' },
    language,
    rubric: points,
    questions,
    standing,
    rows,
    studyList: studyListOf({ ...standing, gradesOf }, questions, points, language),
    members: later(members),
    grades: later(members.flatMap(({ answers }) => answers.map(({ grade }) => grade))),
    answersOf: async (name) => members.find(({ member }) => member === name) ?? null,
    isAnonymous: false,
  };
}

/** A small report that holds everything. */
export function sampleReport(language: Language): ChapterReport {
  return reportOf(grades, language);
}
