import { type Grade, type JudgeRecord, noUsage, type UngradedReason } from '../core/grade.ts';
import { scoreVerdict } from '../core/scoring.ts';
import type { CriterionVerdict, Verdict } from '../core/verdict.ts';
import { isQuoteFrom } from '../judge/evidence.ts';
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
    criteria: [],
    keyPoints: [],
    feedback: null,
    flags: [...planned.submission.flags],
    needsReview: false,
    reviewReasons: [],
    judge,
    usage: noUsage,
    answerHash: planned.answerHash,
    gradedAt: context.now().toISOString(),
  };
}

function ungraded(grade: Grade, reason: UngradedReason): Grade {
  return { ...grade, ungradedReason: reason, needsReview: true, reviewReasons: [reason] };
}

/** The grade of an attempt that code settled without a judge, or null when a judge is needed. */
export function gradeFromTriage(planned: PlannedAttempt, context: GradeContext): Grade | null {
  const { triage } = planned;
  if (triage.decision === 'judge') return null;
  const { promptVersion } = context.judge;
  const grade = emptyGrade(planned, context, {
    kind: 'triage',
    models: [],
    samples: 0,
    promptVersion,
    rubricHash: context.rubricHash,
  });
  if (triage.decision === 'ungraded') return ungraded(grade, triage.reason);
  const flags = [...new Set([...grade.flags, triage.flag])];
  return { ...grade, state: 'not_attempted', score: 0, flags };
}

function isVerified(opinion: CriterionVerdict, answer: string): boolean {
  return opinion.evidence.every((quote) => isQuoteFrom(quote, answer));
}

function reviewReasonsOf(planned: PlannedAttempt, verdict: Verdict): string[] {
  const opinions = planned.material.criteria.map((criterion) => ({
    lowest: criterion.levels[0]?.id,
    opinion: verdict.criteria[criterion.id],
  }));
  const reasons = new Set<string>();
  for (const { lowest, opinion } of opinions) {
    if (!opinion || opinion.level === lowest) continue;
    if (opinion.evidence.length === 0) reasons.add('evidence_missing');
    else if (!isVerified(opinion, planned.material.answer)) reasons.add('evidence_not_found');
  }
  if (verdict.addressesGrader) reasons.add('addresses_grader');
  return [...reasons];
}

/** The grade that follows from a judgement: points by code, evidence checked against the answer. */
export function gradeFromJudgement(planned: PlannedAttempt, judgement: Judgement, context: GradeContext): Grade {
  const { kind, promptVersion, samples } = context.judge;
  const record: JudgeRecord = { kind, models: judgement.models, samples, promptVersion, rubricHash: context.rubricHash };
  const grade = { ...emptyGrade(planned, context, record), usage: judgement.usage };
  if (!('verdict' in judgement)) return ungraded(grade, judgement.ungraded);

  const { verdict } = judgement;
  const { criteria, answer, language } = planned.material;
  const verified = (id: string) => {
    const opinion = verdict.criteria[id];
    return opinion !== undefined && isVerified(opinion, answer);
  };
  const reviewReasons = reviewReasonsOf(planned, verdict);
  return {
    ...grade,
    ...scoreVerdict(criteria, verdict, verified, language),
    state: 'graded',
    feedback: verdict.feedback,
    flags: verdict.addressesGrader ? [...grade.flags, 'addresses_grader'] : grade.flags,
    needsReview: reviewReasons.length > 0,
    reviewReasons,
  };
}
