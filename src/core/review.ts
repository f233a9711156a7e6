import type { AttemptKind } from './chapter.ts';
import { type AttemptState, attemptKey } from './current-grades.ts';
import type { Grade, ScoredCriterion, StaleReason } from './grade.ts';

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
function restsOnTextAlone({ judge, flags, ungradedReason }: Grade): boolean {
  const byText = ['blank', 'dont_know', 'declared_replacement', 'contentless'];
  return (
    judge.kind === 'triage' &&
    (ungradedReason === 'not_gradable' || flags.some((flag) => byText.includes(flag)))
  );
}

function withOverride(grade: Grade, review: Review, now: Basis): Grade {
  const stale = staleReasons(review, now);
  const hasLevels = Object.keys(review.levels).length > 0;
  const { score, levels, reason, by, at } = review;
  return {
    ...grade,
    // A person who agrees that nothing was answered makes no answer of it.
    state: grade.state === 'not_attempted' && score === 0 ? 'not_attempted' : 'graded',
    score,
    ungradedReason: null,
    ungradedDetail: null,
    criteria: hasLevels ? review.criteria : grade.criteria,
    keyPoints: hasLevels ? review.keyPoints : grade.keyPoints,
    needsReview: stale.length > 0,
    reviewReasons: stale.length > 0 ? ['override_stale'] : [],
    stale: [],
    override: {
      score: score ?? 0,
      levels,
      reason,
      by,
      at,
      stale,
      machine: {
        state: grade.state,
        score: grade.score,
        criteria: grade.criteria,
        keyPoints: grade.keyPoints,
      },
    },
  };
}

/**
 * Grades as they stand: marked with what changed since they were made, and with a person's decision in place of
 * the machine's where there is one. An override outlives every re-run and a changed answer, until it is cleared.
 * @param current the machine's grades that count now
 * @param history all grades of the chapter, oldest first
 * @param attempts the attempts that exist now
 */
export function withReviews(
  current: readonly Grade[],
  history: readonly Grade[],
  reviews: readonly Review[],
  attempts: readonly AttemptState[],
): Grade[] {
  const latest = new Map(reviews.map((review) => [attemptKey(review), review]));
  const counting = new Map(current.map((grade) => [attemptKey(grade), grade]));
  const older = new Map(history.map((grade) => [attemptKey(grade), grade]));
  return attempts.flatMap((now) => {
    const key = attemptKey(now);
    const review = latest.get(key);
    const grade = counting.get(key) ?? (review?.action === 'set' ? older.get(key) : undefined);
    if (!grade) return [];
    if (review?.action === 'set') return [withOverride(grade, review, now)];
    return [{ ...grade, stale: restsOnTextAlone(grade) ? [] : staleReasons(grade, now) }];
  });
}
