import type { ScoredCriterion } from './grade.ts';
import type { Language } from './localized.ts';
import type { Criterion } from './rubric.ts';
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
  let total = 0;
  const scored = criteria.map((criterion) => {
    const opinion = verdict.criteria[criterion.id];
    const level = criterion.levels.find((item) => item.id === opinion?.level);
    if (!opinion || !level) throw new Error(`verdict without a valid level for ${criterion.id}`);
    const points = level.share * criterion.maxPoints;
    total += points;
    const result: ScoredCriterion = {
      id: criterion.id,
      name: criterion.name[language],
      level: level.id,
      levelName: level.name[language],
      points: roundScore(points),
      maxPoints: roundScore(criterion.maxPoints),
      reason: opinion.reason,
      evidence: opinion.evidence,
      evidenceVerified: verified(criterion.id),
    };
    return { kind: criterion.kind, result };
  });
  return {
    score: roundScore(Math.min(100, Math.max(0, total))),
    criteria: scored.filter((item) => item.kind !== 'key_point').map((item) => item.result),
    keyPoints: scored.filter((item) => item.kind === 'key_point').map((item) => item.result),
  };
}
