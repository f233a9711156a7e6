import { type Grade, type JudgeRecord, noUsage, type UngradedReason } from '../core/grade.ts';
import type { Criterion } from '../core/rubric.ts';
import { scoreVerdict } from '../core/scoring.ts';
import type { CriterionVerdict } from '../core/verdict.ts';
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
    ungradedDetail: null,
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
  // A stopped run is taken up again by running it once more; there is nothing for a person to decide.
  const needsReview = reason !== 'stopped';
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
    samples: 0,
    promptVersion,
    rubricHash: context.rubricHash,
  });
  if (triage.decision === 'ungraded') return ungraded(grade, triage.reason);
  const flags = [...new Set([...grade.flags, triage.flag])];
  return { ...grade, state: 'not_attempted', score: 0, flags };
}

type EvidenceProblem = 'evidence_missing' | 'evidence_not_found';

/** What is wrong with the evidence for a level: the lowest needs none, but what is quoted must be there. */
function evidenceProblem(
  criterion: Criterion,
  opinion: CriterionVerdict | undefined,
  answer: string,
): EvidenceProblem | null {
  if (!opinion) return 'evidence_missing';
  if (opinion.evidence.length === 0)
    return opinion.level === criterion.levels[0]?.id ? null : 'evidence_missing';
  return opinion.evidence.every((quote) => isQuoteFrom(quote, answer)) ? null : 'evidence_not_found';
}

/** The grade that follows from a judgement: points by code, evidence checked against the answer. */
export function gradeFromJudgement(
  planned: PlannedAttempt,
  judgement: Judgement,
  context: GradeContext,
): Grade {
  const { kind, promptVersion, samples } = context.judge;
  const record: JudgeRecord = {
    kind,
    models: judgement.models,
    samples,
    promptVersion,
    rubricHash: context.rubricHash,
  };
  const grade = { ...emptyGrade(planned, context, record), usage: judgement.usage };
  if (!('verdict' in judgement)) {
    const detail = judgement.detail?.[planned.material.language] ?? null;
    return { ...ungraded(grade, judgement.ungraded), ungradedDetail: detail };
  }

  const { verdict } = judgement;
  const { criteria, answer, language } = planned.material;
  const problems = new Map(
    criteria.map((criterion) => [
      criterion.id,
      evidenceProblem(criterion, verdict.criteria[criterion.id], answer),
    ]),
  );
  const found = [...problems.values()].filter((problem) => problem !== null);
  const reviewReasons = [
    ...new Set<string>([...found, ...(verdict.addressesGrader ? ['addresses_grader'] : [])]),
  ];
  return {
    ...grade,
    ...scoreVerdict(criteria, verdict, (id) => problems.get(id) === null, language),
    state: 'graded',
    feedback: verdict.feedback,
    flags: verdict.addressesGrader ? [...grade.flags, 'addresses_grader'] : grade.flags,
    needsReview: reviewReasons.length > 0,
    reviewReasons,
  };
}
