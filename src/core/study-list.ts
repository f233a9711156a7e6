import type { Question } from './chapter.ts';
import type { Grade } from './grade.ts';
import type { Language } from './localized.ts';
import { type Criterion, criteriaFor, type Rubric } from './rubric.ts';
import { type ChapterStanding, countingGrade } from './scoreboard.ts';

/** A member who lacks something, in the attempt that counts. */
export interface Miss {
  member: string;
  /** The name of the level reached; null when the question was not attempted. */
  level: string | null;
  /** The member's revised attempt has it. */
  mended: boolean;
}

/** Something the group missed: a key point, or a question as a whole where it has no key points. */
export interface StudyPoint {
  text: string;
  missedBy: Miss[];
  /** Share of it that the group lacks, 0 to 1. */
  missing: number;
}

export interface StudyItem {
  question: number;
  questionText: string;
  /** Members whose attempt has a grade or was not made. */
  outOf: number;
  /** Most missed first. */
  points: StudyPoint[];
  /** Mean share of the question's points that the group lacks, 0 to 1. */
  missing: number;
}

function levelIn(grade: Grade | undefined, criterion: Criterion) {
  const scored = [...(grade?.keyPoints ?? []), ...(grade?.criteria ?? [])].find(
    (item) => item.id === criterion.id,
  );
  return criterion.levels.find((level) => level.id === scored?.level);
}

function studyPoint(
  criterion: Criterion,
  question: Question,
  counting: readonly Grade[],
  all: readonly Grade[],
  language: Language,
): StudyPoint {
  const misses = counting.flatMap((grade) => {
    const level = levelIn(grade, criterion);
    const lost = grade.state === 'not_attempted' ? 1 : 1 - (level?.share ?? 1);
    if (lost === 0) return [];
    const revised = all.find(
      (other) =>
        other.member === grade.member && other.question === grade.question && other.attempt === 'revised',
    );
    const mended = revised !== grade && levelIn(revised, criterion)?.share === 1;
    return [{ miss: { member: grade.member, level: level?.name[language] ?? null, mended }, lost }];
  });
  return {
    text: criterion.kind === 'key_point' ? criterion.description : question.text,
    missedBy: misses.map(({ miss }) => miss),
    missing: misses.reduce((sum, { lost }) => sum + lost, 0) / Math.max(1, counting.length),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function mendedIn(item: StudyItem): number {
  return item.points.flatMap((point) => point.missedBy).filter((miss) => miss.mended).length;
}

/**
 * What the group should read again, the question it missed most first, among equals those that revised attempts
 * have not mended. Ungraded answers say nothing about what
 * was missed and are left out.
 */
export function studyListOf(
  standing: ChapterStanding,
  questions: readonly Question[],
  rubric: Rubric,
  language: Language,
): StudyItem[] {
  const items = questions.map((question): StudyItem => {
    const counting = standing.submissions
      .filter((submission) => submission.question === question.no)
      .map((submission) => countingGrade(standing.grades, submission, standing.attempt))
      .filter((grade): grade is Grade => grade !== undefined && grade.state !== 'ungraded');
    const points = criteriaFor(rubric, question.no)
      .filter((criterion) => criterion.kind !== 'general')
      .map((criterion) => studyPoint(criterion, question, counting, standing.grades, language));
    return {
      question: question.no,
      questionText: question.text,
      outOf: counting.length,
      points: points.filter((point) => point.missing > 0).toSorted((a, b) => b.missing - a.missing),
      missing: mean(points.map((point) => point.missing)),
    };
  });
  return items
    .filter((item) => item.points.length > 0)
    .sort((a, b) => b.missing - a.missing || mendedIn(a) - mendedIn(b) || a.question - b.question);
}
