import type { Grade, JudgeRecord } from '../core/grade.ts';
import type { ChapterOutline } from './store.ts';

type Older<T, Added extends keyof T> = Omit<T, Added> & Partial<Pick<T, Added>>;

/** Who judged as it was stored, with what later versions added. */
export function completeJudge(stored: Older<JudgeRecord, 'asked'>): JudgeRecord {
  return { ...stored, asked: stored.asked ?? stored.models };
}

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
    judge: completeJudge(stored.judge),
  };
}

/** What a chapter's record holds; its submissions stand in a table of their own. */
export type ChapterRecord = Omit<ChapterOutline, 'submissions'>;

/** A chapter's record as it was stored, with what later versions added. */
export function completeChapter(stored: Older<ChapterRecord, 'rubricFile' | 'rubric'>): ChapterRecord {
  return {
    rubricFile: null,
    rubric: null,
    ...stored,
    questions: stored.questions.map((question) => ({
      ...question,
      modelAnswer: question.modelAnswer ?? null,
      points: question.points ?? 1,
      referenceHash: question.referenceHash ?? '',
      criteriaHash: question.criteriaHash ?? '',
    })),
  };
}
