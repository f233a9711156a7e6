import type { Chapter } from '../core/chapter.ts';
import { type AttemptState, currentGrades, latestGrades } from '../core/current-grades.ts';
import type { Grade } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import { withReviews } from '../core/review.ts';
import type { Rubric } from '../core/rubric.ts';
import type { ChapterStanding } from '../core/scoreboard.ts';
import type { GradeStore, StoredChapter } from '../store/store.ts';
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

/** The last grade of each attempt of a chapter, whatever text it was made on, people's decisions included. */
export function earlierGrades(chapterId: string, store: Pick<GradeStore, 'gradesOf' | 'reviewsOf'>): Grade[] {
  const latest = latestGrades(store.gradesOf(chapterId));
  return withReviews(latest, [], store.reviewsOf(chapterId), latest);
}

/** The attempts of a chapter with what their grades should rest on now. */
export function attemptStates({ questions, submissions }: StoredChapter): AttemptState[] {
  return submissions.flatMap(({ member, question, attempts }) => {
    const asked = questions.find((item) => item.no === question);
    const { referenceHash = '', criteriaHash = '' } = asked ?? {};
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
export function underRubric(stored: StoredChapter, rubric: Rubric): StoredChapter {
  const questions = stored.questions.map((question) => ({
    ...question,
    criteriaHash: criteriaHashOf(rubric, question.no),
  }));
  return { ...stored, questions };
}

/** A stored chapter with the grades that count now, people's decisions included. */
export function standingOf(
  stored: StoredChapter,
  store: Pick<GradeStore, 'gradesOf' | 'reviewsOf'>,
): ChapterStanding {
  const attempts = attemptStates(stored);
  const history = store.gradesOf(stored.id);
  const points = new Map(stored.questions.map((question) => [question.no, question.points]));
  return {
    chapter: { id: stored.id, title: stored.title },
    submissions: stored.submissions.map((item) => ({ ...item, points: points.get(item.question) ?? 1 })),
    grades: withReviews(currentGrades(history, attempts), history, store.reviewsOf(stored.id), attempts),
    attempt: stored.attempt,
  };
}
