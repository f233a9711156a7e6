import type { Criterion } from './rubric.ts';
import { scoreOf } from './scoring.ts';
import type { CriterionVerdict, Verdict } from './verdict.ts';

/** Whether the evidence for a level holds. */
export type IsSound = (criterion: Criterion, opinion: CriterionVerdict) => boolean;

/**
 * The median of several opinions on one criterion, by the order of its levels; of an even number the lower of
 * the two in the middle: models err on the kind side. Among equal levels, one with sound evidence speaks.
 */
function medianOpinion(
  criterion: Criterion,
  opinions: readonly CriterionVerdict[],
  isSound: IsSound,
): CriterionVerdict | undefined {
  const rank = (opinion: CriterionVerdict) =>
    criterion.levels.findIndex((level) => level.id === opinion.level);
  const middle = opinions.toSorted((a, b) => rank(a) - rank(b))[Math.floor((opinions.length - 1) / 2)];
  const equal = opinions.filter((opinion) => opinion.level === middle?.level);
  return equal.find((opinion) => isSound(criterion, opinion)) ?? middle;
}

/**
 * One verdict from several: the median level of each criterion with the evidence and reason of an opinion that
 * chose it, the feedback of the verdict whose score is nearest; text addressed to the grader counts as seen
 * when any of them saw it.
 * @param verdicts at least one, each with every criterion
 */
export function medianVerdict(
  criteria: readonly Criterion[],
  verdicts: readonly Verdict[],
  isSound: IsSound = () => true,
): Verdict {
  const [first] = verdicts;
  if (!first) throw new Error('a median needs at least one verdict');
  const opinions = criteria.flatMap((criterion) => {
    const given = verdicts.flatMap((verdict) => verdict.criteria[criterion.id] ?? []);
    const median = medianOpinion(criterion, given, isSound);
    return median ? [[criterion.id, median] as const] : [];
  });
  const median: Verdict = {
    criteria: Object.fromEntries(opinions),
    feedback: first.feedback,
    addressesGrader: verdicts.some((verdict) => verdict.addressesGrader),
  };
  const score = scoreOf(criteria, median);
  const distance = (verdict: Verdict) => Math.abs(scoreOf(criteria, verdict) - score);
  const [nearest = first] = verdicts.toSorted((a, b) => distance(a) - distance(b));
  return { ...median, feedback: nearest.feedback };
}
