import type { AttemptKind, Submission } from './chapter.ts';
import type { Grade } from './grade.ts';
import type { Rubric } from './rubric.ts';
import { roundScore } from './scoring.ts';

/** What was assigned, and which attempts were made. */
export type StandingSubmission = Pick<Submission, 'member' | 'question'> & {
  attempts: readonly { kind: AttemptKind }[];
  /** What the question counts relative to the others; 1 when left out. */
  points?: number;
};

/** A graded chapter: who was assigned what, and the grades that count now. */
export interface ChapterStanding {
  chapter: { id: string; title: string };
  submissions: readonly StandingSubmission[];
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
  /** Grades made under another rubric or model answer than the one that stands now. */
  stale: number;
  /** Some answers are ungraded, so score and rank may change. */
  provisional: boolean;
  /** Score per chapter id; a chapter the member had no question in is absent. */
  chapters: Record<string, number | null>;
  /** Last chapter's score minus the first's; null with fewer than two. */
  trend: number | null;
}

/** Whether some questions count more than others. */
export function isWeighted(standings: readonly ChapterStanding[]): boolean {
  const points = standings.flatMap((standing) => standing.submissions.map((item) => item.points ?? 1));
  return points.some((own) => own !== points[0]);
}

function isBetter(grade: Grade, other: Grade): boolean {
  // An ungraded attempt may still turn out better than one that was not made.
  const rank = { graded: 2, ungraded: 1, not_attempted: 0 };
  return (
    rank[grade.state] - rank[other.state] > 0 ||
    (grade.state === other.state && (grade.score ?? 0) > (other.score ?? 0))
  );
}

/**
 * The grade that counts for a submission; undefined when it has none yet. The attempt is picked by what was
 * written, not by what has a grade: a first attempt that still has none is not stood in for by the revised one.
 */
export function countingGrade(
  grades: readonly Grade[],
  submission: StandingSubmission,
  attempt: Rubric['attempt'],
): Grade | undefined {
  const own = grades.filter(
    (grade) => grade.member === submission.member && grade.question === submission.question,
  );
  if (attempt === 'best')
    return own.reduce<Grade | undefined>(
      (best, grade) => (best === undefined || isBetter(grade, best) ? grade : best),
      undefined,
    );
  const kinds = submission.attempts.map((made) => made.kind);
  const other = attempt === 'first' ? 'revised' : 'first';
  const kind = kinds.includes(attempt) || !kinds.includes(other) ? attempt : other;
  return own.find((grade) => grade.attempt === kind);
}

/** The grade that counts for a submission, and what the question counts. */
interface Counting {
  grade: Grade | undefined;
  points: number;
}

/** The mean of the scores that are there, weighted by the questions' points. */
function mean(counting: readonly Counting[]): number | null {
  const scored = counting.flatMap(({ grade, points }) =>
    grade && grade.score !== null ? [{ score: grade.score, points }] : [],
  );
  const points = scored.reduce((sum, item) => sum + item.points, 0);
  return points === 0
    ? null
    : roundScore(scored.reduce((sum, item) => sum + item.score * item.points, 0) / points);
}

/** A chapter with its submissions and grades by member, so that a row looks at its own only. */
interface GroupedStanding extends Pick<ChapterStanding, 'chapter' | 'attempt'> {
  submissions: Map<string, StandingSubmission[]>;
  grades: Map<string, Grade[]>;
}

function grouped({ chapter, attempt, submissions, grades }: ChapterStanding): GroupedStanding {
  return {
    chapter,
    attempt,
    submissions: Map.groupBy(submissions, (item) => item.member),
    grades: Map.groupBy(grades, (grade) => grade.member),
  };
}

function rowOf(member: string, standings: readonly GroupedStanding[]): ScoreboardRow {
  const perChapter = standings
    .map(({ chapter, attempt, submissions, grades }) => ({
      chapter,
      attempt,
      own: submissions.get(member) ?? [],
      grades: grades.get(member) ?? [],
    }))
    .filter(({ own }) => own.length > 0)
    .map(({ chapter, grades, attempt, own }) => {
      const counted = (kind: Rubric['attempt']) =>
        own.map(
          (item): Counting => ({
            grade: countingGrade(grades, item, kind),
            points: item.points ?? 1,
          }),
        );
      return { id: chapter.id, counting: counted(attempt), revised: counted('revised') };
    });
  const counting = perChapter.flatMap((item) => item.counting);
  const revised = perChapter.flatMap((item) => item.revised);
  const graded = counting.filter(({ grade }) => grade?.state === 'graded');
  const notAttempted = counting.filter(({ grade }) => grade?.state === 'not_attempted').length;
  const ungraded = counting.length - graded.length - notAttempted;
  const perChapterScores = perChapter.map((item) => [item.id, mean(item.counting)] as const);
  // Not from the object: its keys that look like numbers ("10", "2") come out sorted.
  const scores = perChapterScores.map(([, score]) => score).filter((score) => score !== null);
  const first = scores[0];
  const last = scores.at(-1);
  return {
    rank: null,
    member,
    score: mean(counting),
    answeredScore: mean(graded),
    assigned: counting.length,
    answered: counting.length - notAttempted,
    graded: graded.length,
    ungraded,
    needsReview: counting.filter(({ grade }) => grade?.needsReview).length,
    revisedScore: revised.some(({ grade }) => grade?.attempt === 'revised') ? mean(revised) : null,
    stale: counting.filter(({ grade }) => grade && grade.stale.length > 0).length,
    provisional: ungraded > 0,
    chapters: Object.fromEntries(perChapterScores),
    trend: scores.length > 1 && first !== undefined && last !== undefined ? roundScore(last - first) : null,
  };
}

/**
 * The members side by side, best first, among equals those who answered more questions; members without a
 * score last. Members may have been dealt different questions, so only means are compared, never totals.
 */
export function scoreboardOf(standings: readonly ChapterStanding[]): ScoreboardRow[] {
  const members = [
    ...new Set(standings.flatMap((standing) => standing.submissions.map((item) => item.member))),
  ];
  const byMember = standings.map(grouped);
  const rows = members
    .map((member) => rowOf(member, byMember))
    .sort(
      (a, b) =>
        (b.score ?? -1) - (a.score ?? -1) ||
        b.answered - a.answered ||
        a.member.localeCompare(b.member, 'ko'),
    );
  rows.forEach((row, index) => {
    const above = rows[index - 1];
    if (row.score !== null) row.rank = above && above.score === row.score ? above.rank : index + 1;
  });
  return rows;
}
