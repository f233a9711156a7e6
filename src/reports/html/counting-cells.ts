import { countingGrade } from '../../core/counting-grade.ts';
import type { GradeSummary } from '../../core/grade-summary.ts';
import type { ChapterStanding } from '../../core/scoreboard.ts';

/** A question that a member was asked; without a grade while there is none. */
export interface CountingCell {
  member: string;
  question: number;
  grade: GradeSummary | undefined;
}

/** For each member, for each question that they were asked, the grade that counts, in the order of the chapter. */
export function countingCells(
  standing: ChapterStanding<GradeSummary>,
): Map<string, Map<number, CountingCell>> {
  const byMember = Map.groupBy(standing.grades, (grade) => grade.member);
  const cells = new Map<string, Map<number, CountingCell>>();
  for (const submission of standing.submissions) {
    const { member, question } = submission;
    const own = cells.get(member) ?? new Map<number, CountingCell>();
    const grade = countingGrade(byMember.get(member) ?? [], submission, standing.attempt);
    cells.set(member, own.set(question, { member, question, grade }));
  }
  return cells;
}
