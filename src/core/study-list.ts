import { type AttemptMap, byAttempt } from './attempt-map.ts';
import type { Question } from './chapter.ts';
import { countingGrade } from './counting-grade.ts';
import type { Grade } from './grade.ts';
import type { Language } from './localized.ts';
import { type Criterion, criteriaFor, type Level, type Rubric } from './rubric.ts';
import type { ChapterStanding } from './scoreboard.ts';

/** A member who lacks something, in the attempt that counts. */
export interface Miss {
  member: string;
  /** The name of the level reached; null when the question was not attempted. */
  level: string | null;
  /** The member's revised attempt has it. */
  mended: boolean;
  /** What the member's feedback names as missing; only where the question has no key points. */
  lacks?: string[];
}

/** Something the group missed: a key point, or a question as a whole where it has no key points. */
export interface StudyPoint {
  /** null for a question as a whole: then the members' `lacks` say what was missed. */
  text: string | null;
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

/** Coverage of a model answer is never whole in practice; from this share on, nothing of weight is missing. */
const enoughCoverage = 0.75;
const mostLacks = 3;

/** The share of a criterion that a grade of this level lacks, 0 to 1; without a level nothing is known. */
function lostAt(level: Level | undefined, criterion: Criterion): number {
  const share = level?.share ?? 1;
  return criterion.kind === 'coverage' && share >= enoughCoverage ? 0 : 1 - share;
}

function levelIn(grade: Grade | undefined, criterion: Criterion) {
  const scored = [...(grade?.keyPoints ?? []), ...(grade?.criteria ?? [])].find(
    // The rubric may have changed since: another key point under the same id says nothing of this one.
    (item) =>
      item.id === criterion.id && (criterion.kind !== 'key_point' || item.name === criterion.description),
  );
  return criterion.levels.find((level) => level.id === scored?.level);
}

function studyPoint(
  criterion: Criterion,
  counting: readonly Grade[],
  all: AttemptMap<Grade>,
  language: Language,
): StudyPoint {
  const isWhole = criterion.kind === 'coverage';
  const misses = counting.flatMap((grade) => {
    const level = levelIn(grade, criterion);
    const lost = grade.state === 'not_attempted' ? 1 : lostAt(level, criterion);
    if (lost === 0) return [];
    const revised = all.get({ ...grade, attempt: 'revised' });
    const after = levelIn(revised, criterion);
    const miss: Miss = {
      member: grade.member,
      level: level?.name[language] ?? null,
      mended: revised !== grade && after !== undefined && lostAt(after, criterion) === 0,
      ...(isWhole ? { lacks: grade.feedback?.improvements.slice(0, mostLacks) ?? [] } : {}),
    };
    return [{ miss, lost }];
  });
  return {
    text: isWhole ? null : criterion.description,
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

/** Puts the question that was missed most first, among equals the one that revised attempts have mended less. */
export function byMissing(a: StudyItem, b: StudyItem): number {
  return b.missing - a.missing || mendedIn(a) - mendedIn(b) || a.question - b.question;
}

/** A chapter as it stands, of which the grades of one question are looked at at a time. */
export interface StudyBasis extends Pick<ChapterStanding, 'submissions' | 'attempt'> {
  gradesOf(question: number): readonly Grade[];
}

/**
 * What the group should read again, the question it missed most first, among equals those that revised attempts
 * have not mended. Ungraded answers say nothing about what was missed and are left out.
 */
export function studyListOf(
  { submissions, attempt, gradesOf }: StudyBasis,
  questions: readonly Question[],
  rubric: Rubric,
  language: Language,
): StudyItem[] {
  /** Nothing is known of what was missed there but who left it blank. */
  const withoutReference = new Set<number>();
  const items = questions.map((question): StudyItem => {
    const grades = gradesOf(question.no);
    if (grades.some((grade) => grade.ungradedReason === 'no_reference')) withoutReference.add(question.no);
    const all = byAttempt(grades);
    const byMember = Map.groupBy(grades, (grade) => grade.member);
    const counting = submissions
      .filter((submission) => submission.question === question.no)
      .map((submission) => countingGrade(byMember.get(submission.member) ?? [], submission, attempt))
      .filter((grade): grade is Grade => grade !== undefined && grade.state !== 'ungraded');
    const points = criteriaFor(rubric, question.no)
      .filter((criterion) => criterion.kind !== 'general')
      .map((criterion) => studyPoint(criterion, counting, all, language));
    return {
      question: question.no,
      questionText: question.text,
      outOf: counting.length,
      points: points.filter((point) => point.missing > 0).toSorted((a, b) => b.missing - a.missing),
      missing: mean(points.map((point) => point.missing)),
    };
  });
  return items
    .filter((item) => item.points.length > 0 && !withoutReference.has(item.question))
    .sort(byMissing);
}
