import type { AttemptKind, Submission } from './chapter.ts';
import type { Grade } from './grade.ts';
import type { Rubric } from './rubric.ts';
import { roundScore } from './scoring.ts';

/** A graded chapter: who was assigned what, and the grades that count now. */
export interface ChapterStanding {
  chapter: { id: string; title: string };
  submissions: readonly Pick<Submission, 'member' | 'question'>[];
  grades: readonly Grade[];
  /** Which attempt counts. */
  attempt: Rubric['attempt'];
}

export interface ScoreboardRow {
  /** Equal scores share a rank (1, 1, 3); null while the member has no score. */
  rank: number | null;
  member: string;
  /** Mean over assigned questions, not attempted = 0, ungraded left out; null when nothing has a score. */
  score: number | null;
  /** Mean over answered questions. */
  answeredScore: number | null;
  assigned: number;
  answered: number;
  graded: number;
  ungraded: number;
  needsReview: number;
  /** The score with revised attempts counted where there are any; null when there are none. */
  revisedScore: number | null;
  /** Some answers are ungraded, so score and rank may change. */
  provisional: boolean;
  /** Score per chapter id; a chapter the member had no question in is absent. */
  chapters: Record<string, number | null>;
  /** Last chapter's score minus the first's; null with fewer than two. */
  trend: number | null;
}

/** The grade that counts for a submission; undefined when it has none yet. */
export function countingGrade(
  grades: readonly Grade[],
  submission: Pick<Submission, 'member' | 'question'>,
  attempt: Rubric['attempt'],
): Grade | undefined {
  const own = grades.filter(
    (grade) => grade.member === submission.member && grade.question === submission.question,
  );
  const of = (kind: AttemptKind) => own.find((grade) => grade.attempt === kind);
  if (attempt === 'first') return of('first') ?? of('revised');
  if (attempt === 'revised') return of('revised') ?? of('first');
  return own.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1))[0];
}

function mean(values: readonly number[]): number | null {
  return values.length === 0
    ? null
    : roundScore(values.reduce((sum, value) => sum + value, 0) / values.length);
}

function scoresOf(grades: readonly (Grade | undefined)[]): number[] {
  return grades.flatMap((grade) => (grade && grade.score !== null ? [grade.score] : []));
}

function rowOf(member: string, standings: readonly ChapterStanding[]): ScoreboardRow {
  const perChapter = standings
    .map((standing) => ({ ...standing, own: standing.submissions.filter((item) => item.member === member) }))
    .filter((standing) => standing.own.length > 0)
    .map(({ chapter, grades, attempt, own }) => ({
      id: chapter.id,
      counting: own.map((item) => countingGrade(grades, item, attempt)),
      revised: own.map((item) => countingGrade(grades, item, 'revised')),
    }));
  const counting = perChapter.flatMap((item) => item.counting);
  const revised = perChapter.flatMap((item) => item.revised);
  const graded = counting.filter((grade) => grade?.state === 'graded');
  const notAttempted = counting.filter((grade) => grade?.state === 'not_attempted').length;
  const ungraded = counting.length - graded.length - notAttempted;
  const chapters = Object.fromEntries(perChapter.map((item) => [item.id, mean(scoresOf(item.counting))]));
  const scores = Object.values(chapters).filter((score) => score !== null);
  const first = scores[0];
  const last = scores.at(-1);
  return {
    rank: null,
    member,
    score: mean(scoresOf(counting)),
    answeredScore: mean(scoresOf(graded)),
    assigned: counting.length,
    answered: counting.length - notAttempted,
    graded: graded.length,
    ungraded,
    needsReview: counting.filter((grade) => grade?.needsReview).length,
    revisedScore: revised.some((grade) => grade?.attempt === 'revised') ? mean(scoresOf(revised)) : null,
    provisional: ungraded > 0,
    chapters,
    trend: scores.length > 1 && first !== undefined && last !== undefined ? roundScore(last - first) : null,
  };
}

/**
 * The members side by side, best first; members without a score last. Members may have been dealt different
 * questions, so only means are compared, never totals.
 */
export function scoreboardOf(standings: readonly ChapterStanding[]): ScoreboardRow[] {
  const members = [
    ...new Set(standings.flatMap((standing) => standing.submissions.map((item) => item.member))),
  ];
  const rows = members
    .map((member) => rowOf(member, standings))
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || a.member.localeCompare(b.member, 'ko'));
  rows.forEach((row, index) => {
    const above = rows[index - 1];
    if (row.score !== null) row.rank = above && above.score === row.score ? above.rank : index + 1;
  });
  return rows;
}
