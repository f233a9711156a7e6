import { InputError } from '../core/errors.ts';
import type { Language } from '../core/localized.ts';
import type { PublishedBoard } from '../core/published.ts';
import type { Files } from '../files.ts';
import type { GradeStore } from '../store/store.ts';
import type { RubricPlaces } from './load-rubric.ts';
import type { NotionChapter, NotionChapters } from './notion-chapters.ts';
import type { NotionWriter } from './notion-pages.ts';
import { prepareChapter } from './prepare-chapter.ts';
import { type PublishChannel, type PublishForm, publishChannel } from './publish-channel.ts';
import {
  type FeedbackStep,
  feedbackStep,
  notRemoved,
  type PublishBasis,
  type PublishStep,
  scoreboardStep,
  touchedMeanwhile,
} from './publish-plan.ts';
import { earlierGrades, readableStanding, storedChapterOf } from './standing.ts';

/** What is asked for. */
export interface PublishWish {
  as: PublishForm;
  scoreboard: boolean;
  lang?: Language | undefined;
}

/** What is to be written on a page, or was. */
export interface PublishPlan {
  /** The page of the scoreboard; members may have pages of their own below it. */
  page: { id: string; title: string };
  chapter: { id: string; title: string };
  language: Language;
  feedback: FeedbackStep[];
  /** null when it was not asked for. */
  scoreboard: PublishStep<PublishedBoard> | null;
}

interface PublishParts {
  store: GradeStore;
  files: Files;
  places: RubricPlaces;
  writer: NotionWriter;
}

function notGraded({ chapter, file }: NotionChapter): InputError {
  return new InputError(
    {
      ko: `"${chapter.title}" 단원은 아직 채점하지 않았습니다. 먼저 "answer-grader grade"로 이 페이지를 채점하세요.`,
      en: `the chapter "${chapter.title}" has not been graded yet; grade this page first with "answer-grader grade".`,
    },
    { place: { file } },
  );
}

/**
 * Leaves out the chapters that were never graded, and says so.
 * @throws InputError when that is all of them
 */
export async function gradedOnly(
  found: NotionChapters,
  store: Pick<GradeStore, 'chapter'>,
): Promise<NotionChapters> {
  const without: NotionChapter[] = [];
  for (const document of found.chapters)
    if ((await store.chapter(document.chapter.id)) === null) without.push(document);
  const [first] = without;
  if (first && without.length === found.chapters.length) throw notGraded(first);
  return {
    chapters: found.chapters.filter((document) => !without.includes(document)),
    skipped: [
      ...found.skipped,
      ...without.map((document) => ({ file: document.file, why: notGraded(document).text })),
    ],
  };
}

async function basisOf(
  document: NotionChapter,
  lang: Language | undefined,
  { store, files, places }: PublishParts,
): Promise<PublishBasis> {
  const { chapter } = document;
  const rubric = (await store.chapter(chapter.id))?.rubricFile ?? undefined;
  const isThere = rubric !== undefined && (await files.isThere(rubric));
  const asked = { lang, rubric: isThere ? rubric : undefined };
  const prepared = await prepareChapter(document, asked, files, places);
  // The page's own text decides which grades still count: what was edited since has none.
  const outline = storedChapterOf(chapter, prepared.rubric, prepared.language);
  const standing = await readableStanding(outline, store);
  return { document, prepared, standing, earlier: await earlierGrades(chapter.id, store) };
}

/**
 * Finds out what has to be written on a page so that the grades that count now stand there. Writes nothing.
 * @throws GraderError when Notion cannot be read
 */
export async function planPublishing(
  document: NotionChapter,
  wish: PublishWish,
  parts: PublishParts,
): Promise<PublishPlan> {
  const basis = await basisOf(document, wish.lang, parts);
  const channel = publishChannel(wish.as, parts.writer);
  const feedback: FeedbackStep[] = [];
  for (const submission of document.chapter.submissions)
    feedback.push(await feedbackStep(submission, basis, channel));
  const { id, title } = document.home;
  return {
    page: { id, title },
    chapter: { id: document.chapter.id, title: document.chapter.title },
    language: basis.prepared.language,
    feedback,
    scoreboard: wish.scoreboard ? scoreboardStep(basis) : null,
  };
}

/** Removes all that may be; whether that was all. */
async function removeAll(ids: readonly string[], remove: PublishChannel['remove']): Promise<boolean> {
  let isAll = true;
  for (const id of ids) isAll = (await remove(id)) && isAll;
  return isAll;
}

async function publishFeedback(
  step: FeedbackStep,
  form: PublishForm,
  writer: NotionWriter,
): Promise<FeedbackStep> {
  const channel = publishChannel(form, writer);
  const { action, content, place, old } = step;
  if (content === null || place === null) return step;
  if (action === 'add') await channel.add(place, content);
  if (old !== null && !(await channel.change(old, content))) return touchedMeanwhile(step);
  return (await removeAll(step.surplus, channel.remove)) ? step : notRemoved(step);
}

async function publishScoreboard(
  step: PublishStep<PublishedBoard>,
  page: string,
  writer: NotionWriter,
): Promise<PublishStep<PublishedBoard>> {
  const { action, content, old, surplus } = step;
  // First the new one, then away with the old: at no time is there none.
  if (content !== null && action !== 'keep') await writer.addScoreboard(page, content);
  const outdated = old === null ? surplus : [old, ...surplus];
  return (await removeAll(outdated, writer.remove)) ? step : notRemoved(step);
}

/**
 * Writes what a plan says. Each step stands by itself: after a stop anywhere, planning and writing again
 * completes the rest.
 * @returns the plan with what became of it
 * @throws GraderError when Notion cannot be written
 */
export async function publishToNotion(
  plan: PublishPlan,
  form: PublishForm,
  writer: NotionWriter,
): Promise<PublishPlan> {
  const feedback: FeedbackStep[] = [];
  for (const step of plan.feedback) feedback.push(await publishFeedback(step, form, writer));
  const scoreboard = plan.scoreboard && (await publishScoreboard(plan.scoreboard, plan.page.id, writer));
  return { ...plan, feedback, scoreboard };
}
