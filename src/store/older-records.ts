import type { Grade } from '../core/grade.ts';
import type { StoredChapter } from './store.ts';

type Older<T, Added extends keyof T> = Omit<T, Added> & Partial<Pick<T, Added>>;

/** A grade as it was stored, with what later versions added. */
export function completeGrade(
  stored: Older<
    Grade,
    'similarTo' | 'opinions' | 'spread' | 'stale' | 'override' | 'referenceHash' | 'criteriaHash'
  >,
): Grade {
  return {
    similarTo: [],
    opinions: [],
    spread: null,
    stale: [],
    override: null,
    referenceHash: '',
    criteriaHash: '',
    ...stored,
    judge: { ...stored.judge, asked: stored.judge.asked ?? stored.judge.models },
  };
}

/** A chapter as it was stored, with what later versions added; texts that were not kept are empty. */
export function completeChapter(stored: Older<StoredChapter, 'rubricFile'>): StoredChapter {
  return {
    rubricFile: null,
    ...stored,
    questions: stored.questions.map((question) => ({
      ...question,
      modelAnswer: question.modelAnswer ?? null,
      points: question.points ?? 1,
      referenceHash: question.referenceHash ?? '',
      criteriaHash: question.criteriaHash ?? '',
    })),
    submissions: stored.submissions.map((submission) => ({
      ...submission,
      attempts: submission.attempts.map((attempt) => ({ ...attempt, text: attempt.text ?? '' })),
    })),
  };
}
