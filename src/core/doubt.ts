import type { Grade } from './grade.ts';
import type { GradeSummary } from './grade-summary.ts';

/**
 * How much each reason asks for a person, for putting the queue in order only: first what has no grade, then
 * what may have been meddled with, then disagreement, then weak evidence.
 */
const urgency: Readonly<Record<string, number>> = {
  override_stale: 90,
  addresses_grader: 80,
  hidden_characters: 80,
  judges_disagree: 60,
  level_lowered: 55,
  panel_incomplete: 50,
  evidence_missing: 45,
  evidence_not_found: 40,
};
const ungradedUrgency = 100;
const staleUrgency = 20;
const similarUrgency = 10;

/** How doubtful a grade is, from 0 (not at all); for order, not for show. */
export function doubtOf(grade: GradeSummary): number {
  const reasons = grade.reviewReasons.map((reason) => urgency[reason] ?? ungradedUrgency);
  if (grade.override !== null && grade.reviewReasons.length === 0) return 0;
  const hints = [grade.stale.length > 0 ? staleUrgency : 0, grade.similarTo.length > 0 ? similarUrgency : 0];
  return Math.max(0, ...reasons, ...hints);
}

/** Whether a person should look at a grade or has decided on it. */
export function isForReview(grade: GradeSummary): boolean {
  return grade.override !== null || doubtOf(grade) > 0;
}

/** Points of a grade that rest on levels without sound evidence. */
function unsupportedPoints(grade: Grade): number {
  return [...grade.keyPoints, ...grade.criteria]
    .filter((item) => !item.evidenceVerified)
    .reduce((sum, item) => sum + item.points, 0);
}

/** The grades that a person should look at, the most doubtful first; hints without doubt stand last. */
export function mostDoubtfulFirst<G extends Grade>(grades: readonly G[]): G[] {
  return grades
    .filter((grade) => doubtOf(grade) > 0)
    .sort(
      (a, b) =>
        doubtOf(b) - doubtOf(a) ||
        (b.spread ?? 0) - (a.spread ?? 0) ||
        unsupportedPoints(b) - unsupportedPoints(a) ||
        a.question - b.question,
    );
}
