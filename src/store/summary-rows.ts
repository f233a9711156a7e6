import type { JudgeRecord, StaleReason } from '../core/grade.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import { remembered } from '../core/remembered.ts';
import { completeJudge } from './older-records.ts';
import type { StoredSummary } from './store.ts';

/** A summary as databases keep it. */
export type SummaryRow = [
  id: number,
  chapter: string,
  member: string,
  question: number,
  isFirst: 0 | 1,
  answerHash: string,
  score: number | null,
  /** What many grades have in common, as JSON. */
  rest: string,
];

/** What many grades have in common. */
type Rest = Pick<
  GradeSummary,
  | 'state'
  | 'ungradedReason'
  | 'flags'
  | 'needsReview'
  | 'reviewReasons'
  | 'similarTo'
  | 'judge'
  | 'referenceHash'
  | 'criteriaHash'
>;

/** What a grade has in common with many others, as it stands in its row. */
export function restOf(grade: Rest): string {
  const { state, ungradedReason, flags, needsReview, reviewReasons, similarTo, judge } = grade;
  const { referenceHash, criteriaHash } = grade;
  return JSON.stringify([
    ...[state, ungradedReason, flags, needsReview, reviewReasons, similarTo, judge],
    ...[referenceHash, criteriaHash],
  ]);
}

/** Shared by all: summaries are not to be changed. */
const unmarked: StaleReason[] = [];

/** Who judged, the same object for the same judge. */
const judgeIn = remembered((json) => completeJudge(JSON.parse(json) as JudgeRecord));

const restIn = remembered((json): Rest => {
  const [state, ungradedReason, flags, needsReview, reviewReasons, similarTo, judge, reference, criteria] =
    JSON.parse(json);
  return {
    state,
    ungradedReason,
    flags,
    needsReview,
    reviewReasons,
    similarTo: similarTo ?? [],
    judge: judgeIn(JSON.stringify(judge)),
    referenceHash: reference ?? '',
    criteriaHash: criteria ?? '',
  };
});

/** Reads rows; what they have in common is parsed once and shared, and one string for each name is kept. */
export function createSummaryReader(): (row: SummaryRow) => StoredSummary {
  const members = new Map<string, string>();
  const nameOf = (member: string) => {
    const known = members.get(member);
    if (known === undefined) members.set(member, member);
    return known ?? member;
  };
  // Grades of a question mostly have all of it in common, and to compare costs less than to look up.
  const lastOf = new Map<number, { json: string; rest: Rest }>();
  const sharedRest = (question: number, json: string): Rest => {
    const last = lastOf.get(question);
    if (last?.json === json) return last.rest;
    const rest = restIn(json);
    lastOf.set(question, { json, rest });
    return rest;
  };
  return ([id, chapter, member, question, isFirst, answerHash, score, json]) => {
    const rest = sharedRest(question, json);
    return {
      id,
      chapter,
      member: nameOf(member),
      question,
      attempt: isFirst === 1 ? 'first' : 'revised',
      state: rest.state,
      score,
      ungradedReason: rest.ungradedReason,
      flags: rest.flags,
      needsReview: rest.needsReview,
      reviewReasons: rest.reviewReasons,
      similarTo: rest.similarTo,
      stale: unmarked,
      override: null,
      judge: rest.judge,
      answerHash,
      referenceHash: rest.referenceHash,
      criteriaHash: rest.criteriaHash,
    };
  };
}
