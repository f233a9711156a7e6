import { stringify } from 'csv-stringify/sync';
import type { Grade, ScoredCriterion } from '../core/grade.ts';

function levelsOf(criteria: readonly ScoredCriterion[]): string {
  return criteria.map((item) => `${item.id}: ${item.level} (${item.points}/${item.maxPoints})`).join('; ');
}

/** Grades as CSV for spreadsheets: UTF-8 with a byte order mark, cells that look like formulas quoted. */
export function gradesCsv(grades: readonly Grade[]): string {
  const records = grades.map((grade) => ({
    chapter: grade.chapter,
    member: grade.member,
    question: grade.question,
    attempt: grade.attempt,
    state: grade.state,
    score: grade.score,
    ungradedReason: grade.ungradedReason,
    keyPoints: levelsOf(grade.keyPoints),
    criteria: levelsOf(grade.criteria),
    summary: grade.feedback?.summary,
    nextStep: grade.feedback?.nextStep,
    machineScore: grade.override === null ? null : grade.override.machine.score,
    decidedBy: grade.override?.by,
    decidedBecause: grade.override?.reason,
    spread: grade.spread,
    flags: grade.flags.join('; '),
    needsReview: grade.needsReview ? 'yes' : 'no',
    reviewReasons: grade.reviewReasons.join('; '),
    similarTo: grade.similarTo.join('; '),
    stale: grade.stale.join('; '),
    judge: grade.judge.kind === 'offline' ? 'offline baseline' : grade.judge.kind,
    models: grade.judge.models.join('; '),
    promptVersion: grade.judge.promptVersion,
    rubricHash: grade.judge.rubricHash,
    inputTokens: grade.usage.inputTokens,
    outputTokens: grade.usage.outputTokens,
    costUsd: grade.usage.costUsd,
    gradedAt: grade.gradedAt,
  }));
  return stringify(records, { header: true, bom: true, escape_formulas: true });
}
