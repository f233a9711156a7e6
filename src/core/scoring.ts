import type { ScoredCriterion } from './grade.ts';
import type { Language } from './localized.ts';
import type { Criterion, Level } from './rubric.ts';
import type { Verdict } from './verdict.ts';

/** Rounds to one decimal, the precision in which scores and points are shown. */
export function roundScore(value: number): number {
  return Math.round(value * 10) / 10;
}

export interface ScoredVerdict {
  /** 0 to 100. */
  score: number;
  criteria: ScoredCriterion[];
  keyPoints: ScoredCriterion[];
}

function pointsOf(criterion: Criterion, verdict: Verdict): { level: Level; points: number } {
  const chosen = verdict.criteria[criterion.id]?.level;
  const level = criterion.levels.find((item) => item.id === chosen);
  if (!level) throw new Error(`verdict without a valid level for ${criterion.id}`);
  return { level, points: level.share * criterion.maxPoints };
}

/**
 * The points of a verdict in all, 0 to 100, not rounded.
 * @throws Error when the verdict lacks a criterion or names an unknown level
 */
export function scoreOf(criteria: readonly Criterion[], verdict: Verdict): number {
  const total = criteria.reduce((sum, criterion) => sum + pointsOf(criterion, verdict).points, 0);
  return Math.min(100, Math.max(0, total));
}

/**
 * Turns the levels of a verdict into points: share of the level × points of the criterion. The score is the
 * sum before rounding, so it may differ from the sum of the shown points by a tenth.
 * @param verified whether every quote of a criterion stands in the answer
 * @throws Error when the verdict lacks a criterion or names an unknown level: judges validate before this
 */
export function scoreVerdict(
  criteria: readonly Criterion[],
  verdict: Verdict,
  verified: (criterionId: string) => boolean,
  language: Language,
): ScoredVerdict {
  const scored = criteria.map((criterion) => {
    const { level, points } = pointsOf(criterion, verdict);
    const result: ScoredCriterion = {
      id: criterion.id,
      name: criterion.name[language],
      level: level.id,
      levelName: level.name[language],
      points: roundScore(points),
      maxPoints: roundScore(criterion.maxPoints),
      reason: verdict.criteria[criterion.id]?.reason ?? '',
      evidence: verdict.criteria[criterion.id]?.evidence ?? [],
      evidenceVerified: verified(criterion.id),
    };
    return { kind: criterion.kind, result };
  });
  return {
    score: roundScore(scoreOf(criteria, verdict)),
    criteria: scored.filter((item) => item.kind !== 'key_point').map((item) => item.result),
    keyPoints: scored.filter((item) => item.kind === 'key_point').map((item) => item.result),
  };
}
