import { natureOf } from '../core/answer-text.ts';
import type { UngradedReason } from '../core/grade.ts';
import type { Rubric } from '../core/rubric.ts';
import { isCopyOf } from '../core/similarity.ts';

/** What code can settle about an attempt without a judge. */
export type Triage =
  | { decision: 'judge' }
  | { decision: 'not_attempted'; flag: 'blank' | 'dont_know' | 'declared_replacement' | 'undeclared_copy' }
  | { decision: 'ungraded'; reason: UngradedReason };

/**
 * Settles attempts that need no judge: blank, "don't know", the declared or verbatim model answer score 0 as
 * not attempted; images only, and questions without anything to compare with, stay ungraded.
 */
export function triage(
  answer: string,
  modelAnswer: string | null,
  hasKeyPoints: boolean,
  copies: Rubric['copies'],
): Triage {
  const nature = natureOf(answer);
  if (nature === 'not_text') return { decision: 'ungraded', reason: 'not_gradable' };
  if (nature !== 'text') return { decision: 'not_attempted', flag: nature };
  if ((modelAnswer === null || ['blank', 'not_text'].includes(natureOf(modelAnswer))) && !hasKeyPoints)
    return { decision: 'ungraded', reason: 'no_reference' };
  if (modelAnswer !== null && copies !== 'grade' && isCopyOf(answer, modelAnswer)) {
    return copies === 'review'
      ? { decision: 'ungraded', reason: 'awaiting_review' }
      : { decision: 'not_attempted', flag: 'undeclared_copy' };
  }
  return { decision: 'judge' };
}
