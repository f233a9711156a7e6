import type { Grade, Override } from './grade.ts';

/** What scoreboards, stale marks and comparisons need of a grade, without its texts. Every grade is one. */
export interface GradeSummary
  extends Pick<
    Grade,
    | 'chapter'
    | 'member'
    | 'question'
    | 'attempt'
    | 'state'
    | 'score'
    | 'ungradedReason'
    | 'flags'
    | 'needsReview'
    | 'reviewReasons'
    | 'similarTo'
    | 'stale'
    | 'judge'
    | 'answerHash'
    | 'referenceHash'
    | 'criteriaHash'
  > {
  override: Omit<Override, 'machine'> | null;
}

/** The summary of a grade as a machine gave it, before any decision or stale mark. */
export function machineSummary(grade: Omit<GradeSummary, 'stale' | 'override'>): GradeSummary {
  const { chapter, member, question, attempt, state, score, ungradedReason, flags } = grade;
  const { needsReview, reviewReasons, similarTo, judge, answerHash, referenceHash, criteriaHash } = grade;
  return {
    chapter,
    member,
    question,
    attempt,
    state,
    score,
    ungradedReason,
    flags,
    needsReview,
    reviewReasons,
    similarTo,
    stale: [],
    override: null,
    judge,
    answerHash,
    referenceHash,
    criteriaHash,
  };
}
