import type { Question } from '../core/chapter.ts';
import { criteriaFor, type Rubric } from '../core/rubric.ts';
import { fingerprint } from '../judge/fingerprint.ts';

/** Fingerprint of what an answer is compared with. */
export function referenceHashOf({ text, modelAnswer }: Pick<Question, 'text' | 'modelAnswer'>): string {
  return fingerprint({ text, modelAnswer }).slice(0, 16);
}

/**
 * Fingerprint of what a rubric says about a question: criteria, points, notes. Marked examples are left out:
 * they help a model to the same standard, and would make the very decision stale that became an example.
 */
export function criteriaHashOf(rubric: Rubric, question: number): string {
  const { evidence, copies, questions } = rubric;
  const guide = questions[question]?.guide ?? null;
  return fingerprint({ criteria: criteriaFor(rubric, question), guide, evidence, copies }).slice(0, 16);
}
