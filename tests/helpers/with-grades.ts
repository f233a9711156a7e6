import type { GradingResult } from '../../src/app/grade-chapter.ts';
import type { Grade } from '../../src/core/grade.ts';

/** What came of grading, with its grades read. */
export async function withGrades(
  grading: Promise<GradingResult>,
): Promise<Omit<GradingResult, 'grades'> & { grades: Grade[] }> {
  const result = await grading;
  return { ...result, grades: await result.grades() };
}
