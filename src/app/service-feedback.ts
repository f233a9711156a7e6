import pLimit from 'p-limit';
import { type Chapter, membersOf, type Question } from '../core/chapter.ts';
import { BusyError, NotFoundError } from '../core/errors.ts';
import type { Grade } from '../core/grade.ts';
import { createBudget } from '../judge/budget.ts';
import { createRunControl, stoppedError } from '../judge/run-control.ts';
import { gradeChapter } from './grade-chapter.ts';
import type { FeedbackRequest, GradingService } from './grading-service.ts';
import { type PreparedChapter, prepareChapter } from './prepare-chapter.ts';
import type { ServiceChapters } from './service-chapters.ts';
import type { ServiceParts } from './service-parts.ts';
import { chapterOfSingleAnswer, submissionOf } from './single-answer.ts';

/** Who comes when so many wait already is asked to come again. */
const mostWaiting = 500;

/** What feedback on an answer to a question of a chapter rests on. */
interface KnownChapterBasis {
  id: string;
  title: string;
  questions: readonly Question[];
  names: string[];
  /** Where its document lies; empty where that is not known. */
  file: string;
}

/** The part of a service that grades single answers. */
export function createServiceFeedback(
  parts: ServiceParts,
  chapters: ServiceChapters,
): Pick<GradingService, 'feedback'> {
  const { store, notes, files, places, config, concurrency, maxCostUsd } = parts;
  const limit = pLimit(concurrency);

  async function basisOf(chapterId: string): Promise<KnownChapterBasis> {
    const upload = await notes.upload(chapterId);
    const { id, title, questions, submissions } = upload?.chapter ?? (await chapters.graded(chapterId));
    return { id, title, questions, names: membersOf({ submissions }), file: upload?.source ?? '' };
  }

  async function prepare(request: FeedbackRequest): Promise<PreparedChapter> {
    const asked = { lang: request.language };
    if (!('chapter' in request)) {
      return prepareChapter({ chapter: chapterOfSingleAnswer(request), file: '' }, asked, files, places);
    }
    const { id, title, questions, names, file } = await basisOf(request.chapter);
    if (!questions.some((question) => question.no === request.question))
      throw noSuchQuestion(request.question, questions);
    const chapter: Chapter = {
      id,
      title,
      questions: [...questions],
      submissions: [submissionOf(request.answer, request.question)],
      warnings: [],
    };
    const rubric = (await store.chapter(id))?.rubricFile ?? undefined;
    const isThere = rubric !== undefined && (await files.isThere(rubric));
    const prepared = await prepareChapter(
      { chapter, file },
      { ...asked, rubric: isThere ? rubric : undefined },
      files,
      places,
    );
    return { ...prepared, names };
  }

  async function grade(request: FeedbackRequest, signal: AbortSignal): Promise<Grade> {
    if (signal.aborted) throw stoppedError();
    const control = createRunControl();
    const abandon = () => control.abandon();
    signal.addEventListener('abort', abandon);
    try {
      const prepared = await prepare(request);
      const budget = maxCostUsd === null ? null : createBudget(maxCostUsd);
      const wish = { config, fresh: false, limits: { budget, pace: null }, control };
      const { judgeFor, spent } = await parts.openJudging(wish);
      const judge = judgeFor(prepared.chapter);
      const result = await gradeChapter({ ...prepared, judge, spent, store: parts.openScratch(), control });
      if (signal.aborted) throw stoppedError();
      if (result.failure && result.totals.graded === 0) throw result.failure;
      const [own] = await result.grades();
      if (!own) throw new Error('a single answer has exactly one grade');
      return own;
    } finally {
      signal.removeEventListener('abort', abandon);
    }
  }

  return {
    async feedback(request, signal) {
      if (limit.pendingCount >= mostWaiting) throw tooMany();
      return limit(() => grade(request, signal));
    },
  };
}

function noSuchQuestion(no: number, questions: readonly Question[]): NotFoundError {
  const numbers = questions.map((question) => question.no).join(', ');
  return new NotFoundError({
    ko: `이 단원에 ${no}번 질문이 없습니다. 질문: ${numbers}.`,
    en: `this chapter has no question ${no}; its questions are ${numbers}.`,
  });
}

function tooMany(): BusyError {
  return new BusyError({
    ko: '지금 채점을 기다리는 답이 너무 많습니다. 잠시 뒤에 다시 보내세요.',
    en: 'too many answers are waiting to be graded; try again in a moment.',
  });
}
