import type { AttemptKind, Submission } from './chapter.ts';
import type { GradeSummary } from './grade-summary.ts';
import type { Rubric } from './rubric.ts';

/** What was assigned, and which attempts were made. */
export type StandingSubmission = Pick<Submission, 'member' | 'question'> & {
  attempts: readonly { kind: AttemptKind }[];
  /** What the question counts relative to the others; 1 when left out. */
  points?: number;
};

function isBetter(grade: GradeSummary, other: GradeSummary): boolean {
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
export function countingGrade<G extends GradeSummary>(
  grades: readonly G[],
  submission: StandingSubmission,
  attempt: Rubric['attempt'],
): G | undefined {
  const wrote = (kind: AttemptKind) => submission.attempts.some((made) => made.kind === kind);
  const other = attempt === 'first' ? 'revised' : 'first';
  const kind = attempt === 'best' || wrote(attempt) || !wrote(other) ? attempt : other;
  let best: G | undefined;
  for (const grade of grades) {
    if (grade.member !== submission.member || grade.question !== submission.question) continue;
    if (grade.attempt === kind) return grade;
    if (kind === 'best' && (best === undefined || isBetter(grade, best))) best = grade;
  }
  return best;
}
