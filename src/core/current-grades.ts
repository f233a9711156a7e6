import type { AttemptKind } from './chapter.ts';
import type { Grade } from './grade.ts';

/** An attempt that exists now, with the fingerprint of its text. */
export interface KnownAttempt {
  member: string;
  question: number;
  attempt: AttemptKind;
  answerHash: string;
}

/** An attempt with everything a grade of it rests on, by fingerprint. */
export interface AttemptState extends KnownAttempt {
  referenceHash: string;
  criteriaHash: string;
}

/** Identifies an attempt within its chapter. */
export function attemptKey({ member, question, attempt }: Omit<KnownAttempt, 'answerHash'>): string {
  return JSON.stringify([member, question, attempt]);
}

/**
 * A newer grade replaces an older one, but the baseline never replaces a model's grade, nor a failure a grade
 * of its own kind. A failed run of a model does replace a grade of the baseline: whoever asks for a model
 * should see that it did not grade, not a number that it did not give.
 */
function replaces(newer: Grade, older: Grade): boolean {
  const isBaseline = newer.judge.kind === 'offline';
  if (older.judge.kind === 'llm' && isBaseline) return older.state === 'ungraded';
  if (newer.state === 'ungraded' && older.state === 'graded')
    return older.judge.kind === 'offline' && !isBaseline;
  return true;
}

/**
 * The last grade of each attempt, whatever text it was made on.
 * @param history grades of the chapter, oldest first
 */
export function latestGrades(history: readonly Grade[]): Grade[] {
  const latest = new Map<string, Grade>();
  for (const grade of history) {
    const key = attemptKey(grade);
    const older = latest.get(key);
    if (!older || replaces(grade, older)) latest.set(key, grade);
  }
  return [...latest.values()];
}

/**
 * The grades that count now: for each attempt that exists, the latest one made on this very text.
 * @param history grades of the chapter, oldest first
 */
export function currentGrades(history: readonly Grade[], attempts: readonly KnownAttempt[]): Grade[] {
  const known = new Map(attempts.map((attempt) => [attemptKey(attempt), attempt.answerHash]));
  const onThisText = history.filter((grade) => known.get(attemptKey(grade)) === grade.answerHash);
  const current = new Map(latestGrades(onThisText).map((grade) => [attemptKey(grade), grade]));
  return attempts.flatMap((attempt) => current.get(attemptKey(attempt)) ?? []);
}
