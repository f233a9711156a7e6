import pLimit from 'p-limit';
import { isForReview, mostDoubtfulFirst } from '../core/doubt.ts';
import { ConflictError, NotFoundError } from '../core/errors.ts';
import { criteriaFor, type Rubric } from '../core/rubric.ts';
import { scoreboardOf } from '../core/scoreboard.ts';
import type { ChapterOutline } from '../store/store.ts';
import { anonymousReport } from './anonymous.ts';
import { chapterReportOf } from './chapter-report.ts';
import { type FoundAttempt, findAttempt } from './find-attempt.ts';
import type { GradingService } from './grading-service.ts';
import { findRubric, loadRubric } from './load-rubric.ts';
import { clearReview, reviewHistory, setReview } from './review.ts';
import type { ServiceChapters } from './service-chapters.ts';
import type { ServiceParts } from './service-parts.ts';
import { scoreboardFrom } from './show-scoreboard.ts';
import { type NumberedGrade, readableStanding } from './standing.ts';
import { rubricForReading, rubricOfStored, underCurrentRubric } from './stored-rubric.ts';
import { undoReview } from './undo-review.ts';

/** The part of a service that is about what was graded. */
type ServiceGrades = Pick<
  GradingService,
  'scoreboard' | 'grades' | 'report' | 'reviewQueue' | 'grade' | 'review' | 'clearReview' | 'undoReview'
>;

export function createServiceGrades(parts: ServiceParts, chapters: ServiceChapters): ServiceGrades {
  const { store, files, places, now } = parts;
  /** Nobody decides between what another one sees of a grade and what comes of it. */
  const decideInTurn = pLimit(1);

  async function standingOf(chapterId: string) {
    const stored = await underCurrentRubric(await chapters.graded(chapterId), files, places);
    return { stored, standing: await readableStanding(stored, store) };
  }

  /** The chapter's rubric as it is now, to decide by; the one that would be found where its file is gone. */
  async function rubricFor(stored: ChapterOutline): Promise<Rubric> {
    const own = await rubricOfStored(stored, files, places);
    if (own !== null) return own;
    return (await loadRubric(await findRubric(stored.id, '', files, places), files, places)).rubric;
  }

  async function find(id: number): Promise<FoundAttempt> {
    const grade = await store.grade(id);
    if (!grade || (await store.chapter(grade.chapter)) === null) throw noSuchGrade(id);
    const { chapter, member, question, attempt } = grade;
    return findAttempt(store, { chapter, member, question, attempt }, files, places);
  }

  /** What is to be decided on. @throws ConflictError where whoever knows it by this number saw another text */
  async function findUnchanged(id: number): Promise<FoundAttempt> {
    const found = await find(id);
    const { gradeId, answerHash } = found;
    if (gradeId !== id && (await store.grade(id))?.answerHash !== answerHash) throw gradedAnew(id, gradeId);
    return found;
  }

  const signed = ({ by, reason }: { by: string; reason: string }) => ({ by, reason, at: now() });

  async function numbered(id: number): Promise<NumberedGrade> {
    const { gradeId, grade } = await find(id);
    return { id: gradeId, ...grade };
  }

  /** The grade as it stands after a decision. */
  function decided(id: number, decide: (found: FoundAttempt) => Promise<unknown>): Promise<NumberedGrade> {
    return decideInTurn(async () => {
      await decide(await findUnchanged(id));
      return numbered(id);
    });
  }

  return {
    async scoreboard(chapterIds) {
      for (const id of chapterIds) await chapters.graded(id);
      if ((await store.chapterNames()).length === 0) throw nothingGraded();
      return scoreboardFrom(store, chapterIds, files, places);
    },
    async grades(chapterId) {
      const { stored, standing } = await standingOf(chapterId);
      const { id, title } = stored;
      return { chapter: { id, title }, grades: standing.numbered(), scoreboard: scoreboardOf([standing]) };
    },
    async report(chapterId, { anonymous = false, language } = {}) {
      const { stored, standing } = await standingOf(chapterId);
      const rubric = await rubricForReading(stored, files, places);
      const report = await chapterReportOf({
        chapter: stored,
        standing,
        scoreboard: scoreboardOf([standing]),
        rubric,
        language: language ?? stored.language,
      });
      return anonymous ? anonymousReport(report) : report;
    },
    async reviewQueue(chapterId) {
      const { standing } = await standingOf(chapterId);
      const grades = await Array.fromAsync(standing.numbered(isForReview));
      const open = mostDoubtfulFirst(grades);
      return [...open, ...grades.filter((grade) => !open.includes(grade))];
    },
    async grade(id) {
      const found = await find(id);
      const { stored, grade, gradeId, question, answer } = found;
      return {
        chapter: { id: stored.id, title: stored.title },
        grade: { id: gradeId, ...grade },
        question: question.text,
        modelAnswer: question.modelAnswer,
        answer,
        criteria: criteriaFor(await rubricForReading(stored, files, places), grade.question),
        history: await reviewHistory(store, found),
      };
    },
    review: (id, decision, signature) =>
      decided(id, async (found) => {
        const rubric = 'levels' in decision ? await rubricFor(found.stored) : null;
        await setReview(store, found, decision, signed(signature), rubric);
      }),
    clearReview: (id, signature) => decided(id, (found) => clearReview(store, found, signed(signature))),
    undoReview: (id, undone) => decided(id, (found) => undoReview(store, found, undone, now())),
  };
}

function nothingGraded(): NotFoundError {
  return new NotFoundError({
    ko: '아직 채점한 단원이 없습니다. 먼저 단원을 채점하세요.',
    en: 'no chapter has been graded yet; grade one first.',
  });
}

function noSuchGrade(id: number): NotFoundError {
  return new NotFoundError({ ko: `${id}번 점수가 없습니다.`, en: `there is no grade ${id}.` });
}

function gradedAnew(id: number, current: number): ConflictError {
  return new ConflictError({
    ko: `${id}번 점수를 준 뒤에 답이 바뀌어 다시 채점했습니다. ${current}번 점수를 보고 거기서 정하세요.`,
    en: `the answer has changed since grade ${id} was given and was graded anew; look at grade ${current} and decide there.`,
  });
}
