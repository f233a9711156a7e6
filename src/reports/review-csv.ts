import { stringify } from 'csv-stringify/sync';
import type { Grade } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import { doubtsLabel } from './review.ts';

/** A grade with the texts a person needs to decide. */
export interface ReviewRow {
  /** Title of the chapter. */
  chapter: string;
  questionText: string;
  answer: string;
  grade: Grade;
}

/**
 * Grades as CSV for people who live in spreadsheets: they fill in `override`, `reason` and `by`, and the file
 * goes back through `review import`.
 */
export function reviewCsv(rows: readonly ReviewRow[], language: Language): string {
  const records = rows.map(({ chapter, questionText, answer, grade }) => ({
    chapter,
    member: grade.member,
    question: grade.question,
    attempt: grade.attempt,
    machineScore: grade.override === null ? grade.score : grade.override.machine.score,
    why: doubtsLabel(grade, language),
    override: grade.override?.score,
    reason: grade.override?.reason,
    by: grade.override?.by,
    decidedAt: grade.override?.at,
    questionText,
    answer,
    summary: grade.feedback?.summary,
    answerVersion: grade.answerHash,
  }));
  return stringify(records, { header: true, bom: true, escape_formulas: true });
}
