import type { Chapter } from '../core/chapter.ts';
import { type AttemptState, currentGrades, latestGrades } from '../core/current-grades.ts';
import type { Grade } from '../core/grade.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import type { Language } from '../core/localized.ts';
import {
  type Review,
  type StandingGrade,
  standingGrades,
  standingSummary,
  standingWhole,
} from '../core/review.ts';
import type { Rubric } from '../core/rubric.ts';
import type { ChapterStanding } from '../core/scoreboard.ts';
import type { ChapterOutline, GradeStore, StoredChapter, StoredSummary } from '../store/store.ts';
import type { LoadedRubric } from './load-rubric.ts';
import { answerHashOf, attemptsOf } from './plan.ts';
import { criteriaHashOf, referenceHashOf } from './standard.ts';

/** A chapter as it is kept beside its grades. */
export function storedChapterOf(chapter: Chapter, loaded: LoadedRubric, language: Language): StoredChapter {
  const { rubric, path } = loaded;
  return {
    id: chapter.id,
    title: chapter.title,
    rubricFile: path,
    language,
    attempt: rubric.attempt,
    questions: chapter.questions.map(({ no, text, modelAnswer }) => ({
      no,
      text,
      modelAnswer,
      points: rubric.questions[no]?.points ?? 1,
      referenceHash: referenceHashOf({ text, modelAnswer }),
      criteriaHash: criteriaHashOf(rubric, no),
    })),
    submissions: chapter.submissions.map((submission) => ({
      member: submission.member,
      question: submission.question,
      status: submission.status,
      attempts: attemptsOf(submission).map(({ kind, text }) => ({
        kind,
        text,
        answerHash: answerHashOf(text),
      })),
    })),
  };
}

/** Where the grades of chapters and people's decisions are read. */
type GradeReader = Pick<GradeStore, 'summariesOf' | 'reviewsOf'>;

/** The last grade of each attempt of a chapter, whatever text it was made on, people's decisions included. */
export function earlierGrades(chapterId: string, store: GradeReader): GradeSummary[] {
  const latest = latestGrades(store.summariesOf(chapterId));
  return standingGrades(latest, [], store.reviewsOf(chapterId), latest).map(standingSummary);
}

/** The attempts of a chapter with what their grades should rest on now. */
export function attemptStates({
  questions,
  submissions,
}: Pick<ChapterOutline, 'questions' | 'submissions'>): AttemptState[] {
  const asked = new Map(questions.map((question) => [question.no, question]));
  return submissions.flatMap(({ member, question, attempts }) => {
    const { referenceHash = '', criteriaHash = '' } = asked.get(question) ?? {};
    return attempts.map(({ kind, answerHash }) => ({
      member,
      question,
      attempt: kind,
      answerHash,
      referenceHash,
      criteriaHash,
    }));
  });
}

/** A chapter whose questions carry the fingerprints of a rubric as it is now. */
export function underRubric<C extends Pick<ChapterOutline, 'questions'>>(stored: C, rubric: Rubric): C {
  const questions = stored.questions.map((question) => ({
    ...question,
    criteriaHash: criteriaHashOf(rubric, question.no),
  }));
  return { ...stored, questions };
}

/** What counts now for each attempt of a stored chapter. */
function standingsIn(stored: ChapterOutline, store: GradeReader): StandingGrade<StoredSummary>[] {
  const attempts = attemptStates(stored);
  const history = store.summariesOf(stored.id);
  return standingGrades(currentGrades(history, attempts), history, store.reviewsOf(stored.id), attempts);
}

function standingWith<G extends GradeSummary>(stored: ChapterOutline, grades: G[]): ChapterStanding<G> {
  const { id, title, attempt, questions, submissions } = stored;
  const points = new Map(questions.map((question) => [question.no, question.points]));
  return {
    chapter: { id, title },
    submissions: submissions.map((item) => ({ ...item, points: points.get(item.question) ?? 1 })),
    grades,
    attempt,
  };
}

/**
 * The whole grades of one member's answer to one question as they stand.
 * @param stored the chapter with that submission only
 * @param reviews people's decisions, that member's at least
 */
export function gradesOfAnswer(
  stored: ChapterOutline,
  store: Pick<GradeStore, 'summariesOfAnswer' | 'grade'>,
  reviews: readonly Review[],
): Grade[] {
  const attempts = attemptStates(stored);
  const [{ member, question } = { member: '', question: 0 }] = attempts;
  const history = [...store.summariesOfAnswer(stored.id, member, question)];
  return standingGrades(currentGrades(history, attempts), history, reviews, attempts).map((standing) =>
    wholeGrade(standing, store),
  );
}

/** A stored chapter with the grades that count now, people's decisions included, without their texts. */
export function summaryStandingOf(stored: ChapterOutline, store: GradeReader): ChapterStanding<GradeSummary> {
  return standingWith(stored, standingsIn(stored, store).map(standingSummary));
}

/**
 * The whole of a grade as it stands.
 * @param standing what is known of it by its summary
 */
export function wholeGrade(
  { now, grade: { id }, decision }: StandingGrade<StoredSummary>,
  store: Pick<GradeStore, 'grade'>,
): Grade {
  const grade = store.grade(id);
  if (!grade) throw new Error(`grade ${id} has gone from the store`);
  return standingWhole({ now, grade, decision });
}

/** A chapter as it stands now, of which whole grades are read from the store as they are gone through. */
export interface ReadableStanding extends ChapterStanding<GradeSummary> {
  /** The whole grades in the chapter's order: all, or those whose summary is meant. */
  whole(isMeant?: (summary: GradeSummary) => boolean): Iterable<Grade>;
  /** The whole grades of one member after the other. */
  byMember(): Iterable<[member: string, grades: Grade[]]>;
}

/** A stored chapter with the grades that count now, people's decisions included. */
export function readableStanding(
  stored: ChapterOutline,
  store: GradeReader & Pick<GradeStore, 'grade'>,
): ReadableStanding {
  const standings = standingsIn(stored, store);
  const summaries = standings.map(standingSummary);
  return {
    ...standingWith(stored, summaries),
    whole: (isMeant = () => true) => ({
      *[Symbol.iterator]() {
        for (const [index, standing] of standings.entries()) {
          const summary = summaries[index];
          if (summary && isMeant(summary)) yield wholeGrade(standing, store);
        }
      },
    }),
    *byMember() {
      for (const [member, own] of Map.groupBy(standings, ({ now }) => now.member))
        yield [member, own.map((standing) => wholeGrade(standing, store))];
    },
  };
}

/** A stored chapter with the whole grades that count now, people's decisions included. */
export function standingOf(
  stored: ChapterOutline,
  store: GradeReader & Pick<GradeStore, 'grade'>,
): ChapterStanding {
  const standing = readableStanding(stored, store);
  return { ...standing, grades: [...standing.whole()] };
}
