import { byAttempt } from './attempt-map.ts';
import type { AttemptKind } from './chapter.ts';
import type { Grade } from './grade.ts';
import type { GradeSummary } from './grade-summary.ts';
import { staleReasons } from './review.ts';
import { roundScore } from './scoring.ts';

/** Why a grade was made again, or would be. */
export type ChangeCause = 'new' | 'answer' | 'model_answer' | 'rubric' | 'prompt' | 'model' | 'override';

/** A score that moved, or a grade that came or went. */
export interface ScoreChange {
  chapter: string;
  member: string;
  question: number;
  attempt: AttemptKind;
  from: Pick<Grade, 'state' | 'score'>;
  to: Pick<Grade, 'state' | 'score'>;
  /** Points gained; null when one of the two has no score. */
  difference: number | null;
  causes: ChangeCause[];
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join('\n') === [...b].sort().join('\n');
}

/** What a grade depends on: the texts by fingerprint, and who judges. */
export type GradeBasis = Pick<Grade, 'answerHash' | 'referenceHash' | 'criteriaHash'> & {
  judge: Pick<Grade['judge'], 'kind' | 'asked' | 'samples' | 'promptVersion'>;
};

/** What differs between what two grades depend on. */
export function causesBetween(before: GradeBasis, after: GradeBasis): ChangeCause[] {
  const [a, b] = [before.judge, after.judge];
  const judged = a.kind !== 'triage' && b.kind !== 'triage';
  const otherJudge = judged && (a.kind !== b.kind || !sameList(a.asked, b.asked) || a.samples !== b.samples);
  const otherPrompt = judged && !otherJudge && a.promptVersion !== b.promptVersion;
  return [
    ...staleReasons(before, after),
    ...(otherPrompt ? (['prompt'] as const) : []),
    ...(otherJudge ? (['model'] as const) : []),
  ];
}

/**
 * The attempts graded on both sides whose score or state differs, largest difference first.
 * @param before grades, at most one for each attempt
 */
export function changesBetween(
  before: Iterable<GradeSummary>,
  after: readonly GradeSummary[],
): ScoreChange[] {
  const older = byAttempt(before);
  const changes = after.flatMap((grade): ScoreChange[] => {
    const old = older.get(grade);
    if (!old || (old.score === grade.score && old.state === grade.state)) return [];
    const { chapter, member, question, attempt } = grade;
    return [
      {
        chapter,
        member,
        question,
        attempt,
        from: { state: old.state, score: old.score },
        to: { state: grade.state, score: grade.score },
        difference: old.score === null || grade.score === null ? null : roundScore(grade.score - old.score),
        causes: [
          ...causesBetween(old, grade),
          ...(old.override?.at === grade.override?.at ? [] : (['override'] as const)),
        ],
      },
    ];
  });
  const size = (change: ScoreChange) => Math.abs(change.difference ?? Number.POSITIVE_INFINITY);
  return changes.sort((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a)));
}
