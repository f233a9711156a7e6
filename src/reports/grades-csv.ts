import { stringify } from 'csv-stringify/sync';
import type { Grade, ScoredCriterion } from '../core/grade.ts';

function levelsOf(criteria: readonly ScoredCriterion[]): string {
  return criteria.map((item) => `${item.id}: ${item.level} (${item.points}/${item.maxPoints})`).join('; ');
}

function recordOf(grade: Grade) {
  return {
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
  };
}

/** Rows that are written at a time. */
const rowsAtOnce = 500;

/** Grades as CSV for spreadsheets, in pieces: UTF-8 with a byte order mark, cells that look like formulas quoted. */
export async function* gradesCsv(grades: Iterable<Grade> | AsyncIterable<Grade>): AsyncGenerator<string> {
  let isFirst = true;
  let records: ReturnType<typeof recordOf>[] = [];
  const rows = () => {
    const text = stringify(records, { header: isFirst, bom: isFirst, escape_formulas: true });
    isFirst = false;
    records = [];
    return text;
  };
  for await (const grade of grades) {
    records.push(recordOf(grade));
    if (records.length === rowsAtOnce) yield rows();
  }
  if (isFirst || records.length > 0) yield rows();
}
