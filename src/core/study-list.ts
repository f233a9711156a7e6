import type { Question } from './chapter.ts';
import type { Grade } from './grade.ts';
import type { Language } from './localized.ts';
import { type Criterion, criteriaFor, type Rubric } from './rubric.ts';
import { type ChapterStanding, countingGrade } from './scoreboard.ts';

export interface StudyItem {
  question: number;
  questionText: string;
  /** A key point, or the question itself where it has no key points. */
  criterion: string;
  /** Members whose counting attempt does not fully have it, with the name of their level; null: not attempted. */
  missedBy: { member: string; level: string | null }[];
  /** Members whose attempt at the question has a grade or was not made. */
  outOf: number;
  /** Share of the point that the group lacks, 0 to 1. */
  missing: number;
}

interface Miss {
  member: string;
  level: string | null;
  /** 0 to 1. */
  lost: number;
}

function missOf(grade: Grade, criterion: Criterion, language: Language): Miss | null {
  if (grade.state === 'not_attempted') return { member: grade.member, level: null, lost: 1 };
  const scored = [...grade.keyPoints, ...grade.criteria].find((item) => item.id === criterion.id);
  const level = criterion.levels.find((item) => item.id === scored?.level);
  if (!level || level.share === 1) return null;
  return { member: grade.member, level: level.name[language], lost: 1 - level.share };
}

/**
 * What the group should read again: the key points it missed most, most missed first, then those that more
 * members missed, then by question. Ungraded answers say nothing about what was missed and are left out.
 */
export function studyListOf(
  standing: ChapterStanding,
  questions: readonly Question[],
  rubric: Rubric,
  language: Language,
): StudyItem[] {
  const items = questions.flatMap((question) => {
    const grades = standing.submissions
      .filter((submission) => submission.question === question.no)
      .map((submission) => countingGrade(standing.grades, submission, standing.attempt))
      .filter((grade): grade is Grade => grade !== undefined && grade.state !== 'ungraded');
    return criteriaFor(rubric, question.no)
      .filter((criterion) => criterion.kind !== 'general')
      .map((criterion): StudyItem => {
        const misses = grades
          .map((grade) => missOf(grade, criterion, language))
          .filter((miss) => miss !== null);
        return {
          question: question.no,
          questionText: question.text,
          criterion: criterion.kind === 'key_point' ? criterion.description : question.text,
          missedBy: misses.map(({ member, level }) => ({ member, level })),
          outOf: grades.length,
          missing: grades.length === 0 ? 0 : misses.reduce((sum, miss) => sum + miss.lost, 0) / grades.length,
        };
      });
  });
  return items
    .filter((item) => item.missing > 0)
    .sort(
      (a, b) => b.missing - a.missing || b.missedBy.length - a.missedBy.length || a.question - b.question,
    );
}
