import type { Criterion } from '../core/rubric.ts';
import type { CriterionVerdict, Verdict } from '../core/verdict.ts';
import { locateQuote } from './locate-quote.ts';

/** `evidence_missing`: a level above the lowest without a quote; `evidence_not_found`: a quote that is not there. */
export type EvidenceProblem = 'evidence_missing' | 'evidence_not_found';

/** What is wrong with the evidence for a level: the lowest needs none, but what is quoted must be there. */
export function evidenceProblem(
  criterion: Criterion,
  opinion: CriterionVerdict | undefined,
  answer: string,
): EvidenceProblem | null {
  if (!opinion) return 'evidence_missing';
  if (opinion.evidence.length === 0)
    return opinion.level === criterion.levels[0]?.id ? null : 'evidence_missing';
  return opinion.evidence.every((quote) => locateQuote(quote, answer) !== null) ? null : 'evidence_not_found';
}

/** The criteria of a verdict whose evidence does not hold, by id. */
export function evidenceProblems(
  criteria: readonly Criterion[],
  verdict: Verdict,
  answer: string,
): Map<string, EvidenceProblem> {
  return new Map(
    criteria.flatMap((criterion) => {
      const problem = evidenceProblem(criterion, verdict.criteria[criterion.id], answer);
      return problem === null ? [] : [[criterion.id, problem] as const];
    }),
  );
}

/** A verdict whose quotes, as far as they stand in the answer, are the member's own words. */
export function inOwnWords(verdict: Verdict, answer: string): Verdict {
  const criteria = Object.entries(verdict.criteria).map(([id, opinion]) => {
    const evidence = opinion.evidence.map((quote) => locateQuote(quote, answer) ?? quote);
    return [id, { ...opinion, evidence }] as const;
  });
  return { ...verdict, criteria: Object.fromEntries(criteria) };
}
