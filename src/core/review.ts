import { type AttemptName, byAttempt, createAttemptMap } from './attempt-map.ts';
import type { AttemptKind } from './chapter.ts';
import type { AttemptState } from './current-grades.ts';
import type { Grade, ScoredCriterion, StaleReason } from './grade.ts';
import type { GradeSummary } from './grade-summary.ts';

/** Something a person decided about the grade of an attempt. Only ever added; the latest one counts. */
export interface Review {
  chapter: string;
  member: string;
  question: number;
  attempt: AttemptKind;
  action: 'set' | 'clear';
  /** 0 to 100; null for `clear`. */
  score: number | null;
  /** Levels that the person chose; empty when only a score was given. */
  levels: Record<string, string>;
  /** The criteria with these levels; empty when only a score was given. */
  criteria: ScoredCriterion[];
  keyPoints: ScoredCriterion[];
  reason: string;
  by: string;
  at: string;
  /** What the decision was about. */
  answerHash: string;
  referenceHash: string;
  criteriaHash: string;
}

/** The decisions on one attempt among those of its chapter. */
export function reviewsOfAttempt(
  reviews: readonly Review[],
  { member, question, attempt }: AttemptName,
): Review[] {
  return reviews.filter(
    (review) => review.member === member && review.question === question && review.attempt === attempt,
  );
}

/** Whether a decision is the last one on its attempt, given all of its chapter or of the attempt. */
export function isLastReview(
  { by, at }: Pick<Review, 'by' | 'at'>,
  reviews: readonly Review[],
  attempt: AttemptName,
): boolean {
  const last = reviewsOfAttempt(reviews, attempt).at(-1);
  return last?.by === by && last.at === at;
}

/** What an opinion was formed on, by fingerprint; an empty fingerprint is not known. */
type Basis = Pick<Grade, 'answerHash' | 'referenceHash' | 'criteriaHash'>;

/** What has changed since an opinion was formed. */
export function staleReasons(then: Basis, now: Basis): StaleReason[] {
  const differs = (key: keyof Basis) => then[key] !== '' && now[key] !== '' && then[key] !== now[key];
  return [
    ...(differs('answerHash') ? (['answer'] as const) : []),
    ...(differs('referenceHash') ? (['model_answer'] as const) : []),
    ...(differs('criteriaHash') ? (['rubric'] as const) : []),
  ];
}

/** What code settled by the answer's text alone does not go stale with rubric or model answer. */
function restsOnTextAlone({ judge, flags, ungradedReason }: GradeSummary): boolean {
  const byText = ['blank', 'dont_know', 'declared_replacement', 'contentless'];
  return (
    judge.kind === 'triage' &&
    (ungradedReason === 'not_gradable' || flags.some((flag) => byText.includes(flag)))
  );
}

/** The grade behind what stands for an attempt, and the person's decision over it where there is one. */
export interface StandingGrade<G> {
  /** What a grade should rest on now. */
  now: AttemptState;
  grade: G;
  decision: Review | null;
}

/**
 * The grades behind what stands. A decision outlives every re-run and a changed answer, until it is cleared: where
 * no grade counts now, the last one there was stays behind it.
 * @param current the machine's grades that count now
 * @param history all grades of the chapter, oldest first; looked at only where a decision needs it
 * @param attempts the attempts that exist now
 */
export function standingGrades<G extends GradeSummary>(
  current: readonly G[],
  history: Iterable<G>,
  reviews: readonly Review[],
  attempts: readonly AttemptState[],
): StandingGrade<G>[] {
  const counting = byAttempt(current);
  const latest = byAttempt(reviews);
  const decisionOn = (name: AttemptName) => {
    const review = latest.get(name);
    return review?.action === 'set' ? review : null;
  };
  const isBare = (name: AttemptName) => decisionOn(name) !== null && !counting.get(name);
  const older = createAttemptMap<G>();
  if (attempts.some(isBare)) for (const grade of history) if (isBare(grade)) older.set(grade, grade);
  return attempts.flatMap((now) => {
    const decision = decisionOn(now);
    const grade = counting.get(now) ?? (decision === null ? undefined : older.get(now));
    return grade ? [{ now, grade, decision }] : [];
  });
}

/** What a decision makes of a grade, as far as a summary shows it. */
function decided({ state }: GradeSummary, review: Review, now: Basis) {
  const stale = staleReasons(review, now);
  const { score, levels, reason, by, at } = review;
  return {
    // A person who agrees that nothing was answered makes no answer of it.
    state: state === 'not_attempted' && score === 0 ? state : ('graded' as const),
    score,
    ungradedReason: null,
    needsReview: stale.length > 0,
    reviewReasons: stale.length > 0 ? ['override_stale'] : [],
    stale: [],
    override: { score: score ?? 0, levels, reason, by, at, stale },
  };
}

/** A grade marked with what changed since it was made; the very same one where that is nothing. */
function marked<G extends GradeSummary>(grade: G, now: Basis): G {
  const stale = restsOnTextAlone(grade) ? [] : staleReasons(grade, now);
  return stale.length === 0 && grade.stale.length === 0 ? grade : { ...grade, stale };
}

/** A summary as it stands: marked with what changed, or with a person's decision in place of the machine's. */
export function standingSummary({ now, grade, decision }: StandingGrade<GradeSummary>): GradeSummary {
  return decision === null ? marked(grade, now) : { ...grade, ...decided(grade, decision, now) };
}

/** A grade as it stands: marked with what changed, or with a person's decision in place of the machine's. */
export function standingWhole({ now, grade, decision }: StandingGrade<Grade>): Grade {
  if (decision === null) return marked(grade, now);
  const changes = decided(grade, decision, now);
  const hasLevels = Object.keys(decision.levels).length > 0;
  const { state, score, criteria, keyPoints } = grade;
  return {
    ...grade,
    ...changes,
    ungradedDetail: null,
    criteria: hasLevels ? decision.criteria : criteria,
    keyPoints: hasLevels ? decision.keyPoints : keyPoints,
    override: { ...changes.override, machine: { state, score, criteria, keyPoints } },
  };
}
