import {
  type Grade,
  isStillToCome,
  type JudgeRecord,
  noUsage,
  type Opinion,
  type UngradedReason,
} from '../core/grade.ts';
import type { Criterion } from '../core/rubric.ts';
import { roundScore, scoreVerdict } from '../core/scoring.ts';
import type { Verdict } from '../core/verdict.ts';
import { type EvidenceProblem, evidenceProblems, inOwnWords } from '../judge/evidence.ts';
import { addressesGrader } from '../judge/grader-address.ts';
import { hidesText } from '../judge/hidden-characters.ts';
import type { Judge, Judgement } from '../judge/judge.ts';
import type { PlannedAttempt } from './plan.ts';

/** What all grades of a run have in common. */
export interface GradeContext {
  chapter: string;
  judge: Judge;
  rubricHash: string;
  now: () => Date;
}

function emptyGrade(planned: PlannedAttempt, context: GradeContext, judge: JudgeRecord): Grade {
  return {
    chapter: context.chapter,
    member: planned.member,
    question: planned.question,
    attempt: planned.attempt,
    state: 'ungraded',
    score: null,
    ungradedReason: null,
    ungradedDetail: null,
    criteria: [],
    keyPoints: [],
    feedback: null,
    flags: [...planned.submission.flags],
    needsReview: false,
    reviewReasons: [],
    similarTo: planned.similarTo,
    opinions: [],
    spread: null,
    stale: [],
    override: null,
    judge,
    usage: noUsage,
    answerHash: planned.answerHash,
    referenceHash: planned.referenceHash,
    criteriaHash: planned.criteriaHash,
    gradedAt: context.now().toISOString(),
  };
}

function ungraded(grade: Grade, reason: UngradedReason): Grade {
  const needsReview = !isStillToCome(reason);
  return { ...grade, ungradedReason: reason, needsReview, reviewReasons: needsReview ? [reason] : [] };
}

/** The grade of an attempt that code settled without a judge, or null when a judge is needed. */
export function gradeFromTriage(planned: PlannedAttempt, context: GradeContext): Grade | null {
  const { triage } = planned;
  if (triage.decision === 'judge') return null;
  const { promptVersion } = context.judge;
  const grade = emptyGrade(planned, context, {
    kind: 'triage',
    models: [],
    asked: [],
    samples: 0,
    promptVersion,
    rubricHash: context.rubricHash,
  });
  if (triage.decision === 'ungraded') return ungraded(grade, triage.reason);
  const flags = [...new Set([...grade.flags, triage.flag])];
  return { ...grade, state: 'not_attempted', score: 0, flags };
}

/** A verdict whose levels without sound evidence are one level lower. */
function withLowerLevels(
  verdict: Verdict,
  criteria: readonly Criterion[],
  problems: ReadonlyMap<string, EvidenceProblem>,
): Verdict {
  const lowered = criteria.flatMap((criterion) => {
    const opinion = verdict.criteria[criterion.id];
    if (!opinion || !problems.has(criterion.id)) return [];
    const at = criterion.levels.findIndex((level) => level.id === opinion.level);
    const level = criterion.levels[Math.max(0, at - 1)]?.id ?? opinion.level;
    return [[criterion.id, { ...opinion, level }] as const];
  });
  return { ...verdict, criteria: { ...verdict.criteria, ...Object.fromEntries(lowered) } };
}

/** Highest minus lowest score among the opinions, and whether some of them are missing. */
function spreadOf(opinions: readonly Opinion[]): { spread: number | null; isIncomplete: boolean } {
  const scores = opinions.flatMap((opinion) => opinion.score ?? []);
  return {
    spread: scores.length < 2 ? null : roundScore(Math.max(...scores) - Math.min(...scores)),
    isIncomplete: scores.length < opinions.length,
  };
}

/** The grade that follows from a judgement: points by code, evidence checked against the answer. */
export function gradeFromJudgement(
  planned: PlannedAttempt,
  judgement: Judgement,
  context: GradeContext,
): Grade {
  const { kind, asked, promptVersion, samples } = context.judge;
  const record: JudgeRecord = {
    kind,
    models: judgement.models,
    asked,
    samples,
    promptVersion,
    rubricHash: context.rubricHash,
  };
  const grade = { ...emptyGrade(planned, context, record), usage: judgement.usage };
  if (!('verdict' in judgement)) {
    const detail = judgement.detail?.[planned.material.language] ?? null;
    return { ...ungraded(grade, judgement.ungraded), ungradedDetail: detail };
  }

  const { verdict, opinions } = judgement;
  const { criteria, answer, language } = planned.material;
  const { evidence, disagreement } = planned.rules;
  const problems = evidenceProblems(criteria, verdict, answer);
  const quoted = inOwnWords(verdict, answer);
  const scored = evidence === 'lower' ? withLowerLevels(quoted, criteria, problems) : quoted;
  const isLowered = criteria.some(({ id }) => scored.criteria[id]?.level !== verdict.criteria[id]?.level);
  const { spread, isIncomplete } = spreadOf(opinions);
  // Two look for it, since a model that obeys such a text would hardly report it.
  const speaks = verdict.addressesGrader || addressesGrader(answer);
  const reviewReasons = [
    ...new Set<string>(problems.values()),
    ...(isLowered ? ['level_lowered'] : []),
    ...(speaks ? ['addresses_grader'] : []),
    ...(hidesText(answer) ? ['hidden_characters'] : []),
    ...(spread !== null && spread > disagreement ? ['judges_disagree'] : []),
    ...(isIncomplete ? ['panel_incomplete'] : []),
  ];
  const flags = reviewReasons.filter((reason) => ['addresses_grader', 'hidden_characters'].includes(reason));
  return {
    ...grade,
    ...scoreVerdict(criteria, scored, (id) => !problems.has(id), language),
    state: 'graded',
    feedback: verdict.feedback,
    flags: [...grade.flags, ...flags],
    needsReview: reviewReasons.length > 0,
    reviewReasons,
    opinions,
    spread,
  };
}
