import { isDeepStrictEqual } from 'node:util';
import type { Submission } from '../core/chapter.ts';
import type { Grade } from '../core/grade.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import type { Language, Localized } from '../core/localized.ts';
import type { PublishAction, PublishedBoard, TextRun } from '../core/published.ts';
import { isWeighted, scoreboardOf } from '../core/scoreboard.ts';
import { outcomeLabel } from '../reports/labels.ts';
import { publishedFeedback } from '../reports/published-feedback.ts';
import { isBoardOf, publishedScoreboard } from '../reports/published-scoreboard.ts';
import { documentOf, type NotionChapter } from './notion-chapters.ts';
import type { NotionPlace } from './notion-pages.ts';
import { attemptsOf } from './plan.ts';
import type { PreparedChapter } from './prepare-chapter.ts';
import type { Existing, PublishChannel } from './publish-channel.ts';
import type { ReadableStanding } from './standing.ts';

/** What is to be done, or was done, with something of ours. */
export interface PublishStep<T> {
  action: PublishAction;
  /** Why nothing is done, where it is skipped. */
  why: Localized | null;
  content: T | null;
  /** What gives way to the content. */
  old: string | null;
  /** The same once more, as an interrupted run may leave it. */
  surplus: string[];
}

/** Feedback on one member's answer to one question. */
export interface FeedbackStep extends PublishStep<TextRun[]> {
  member: string;
  question: number;
  /** What the grades come to, in words; empty without grades. */
  outcome: string;
  place: NotionPlace | null;
}

/** Everything that publishing rests on. */
export interface PublishBasis {
  document: NotionChapter;
  prepared: PreparedChapter;
  standing: ReadableStanding;
  /** The last grades of all attempts, whatever text they were made on. */
  earlier: readonly GradeSummary[];
}

const reasons = {
  edited_since: {
    ko: '채점한 뒤에 답이 바뀌었습니다. 다시 채점하고 올리세요.',
    en: 'the answer was edited since it was graded; grade again, then publish.',
  },
  not_graded: {
    ko: '아직 채점하지 않았습니다. 먼저 채점하세요.',
    en: 'it has not been graded yet; grade it first.',
  },
  no_place: {
    ko: '답 아래에 블록을 놓을 수 없는 곳입니다.',
    en: 'no block can be put below the answer.',
  },
  touched: {
    ko: '사람이 고친 것이라 그대로 둡니다.',
    en: 'a person has edited it, so it is left as it is.',
  },
  not_removed: {
    ko: '새것을 썼지만, 사람이 옛것 안에 글을 써서 옛것은 지우지 않았습니다. 필요 없으면 직접 지우세요.',
    en: 'it was written, but a person has written into an older one, which is not removed; remove it yourself if it is not needed.',
  },
} satisfies Record<string, Localized>;

function skipped(why: Localized): PublishStep<never> {
  return { action: 'skip', why, content: null, old: null, surplus: [] };
}

/** A step that turned out to be about something that is no longer ours alone. */
export function touchedMeanwhile<S extends PublishStep<unknown>>(step: S): S {
  return { ...step, action: 'skip', why: reasons.touched };
}

/** A step that was done but for removing what is no longer ours alone. */
export function notRemoved<S extends PublishStep<unknown>>(step: S): S {
  return { ...step, action: 'skip', why: reasons.not_removed };
}

/** Compares what is wanted with what is there; whatever a person touched stays as it is. */
function stepFor<T>(
  content: T,
  existing: readonly { id: string; content: T; isOwn: boolean }[],
): PublishStep<T> {
  if (existing.some(({ isOwn }) => !isOwn)) return skipped(reasons.touched);
  const equal = existing.find((item) => isDeepStrictEqual(item.content, content));
  const kept = equal ?? existing[0];
  const surplus = existing.filter((item) => item !== kept).map(({ id }) => id);
  if (!kept) return { action: 'add', why: null, content, old: null, surplus };
  return { action: equal ? 'keep' : 'change', why: null, content, old: equal ? null : kept.id, surplus };
}

function isAbout({ member, question }: Submission) {
  return (grade: { member: string; question: number }) =>
    grade.member === member && grade.question === question;
}

function outcomeOf(grades: readonly Grade[], language: Language): string {
  return grades.map((grade) => outcomeLabel(grade, language)).join(' → ');
}

/** What is to be done about the feedback on a submission. */
export async function feedbackStep(
  submission: Submission,
  { document, prepared, standing, earlier }: PublishBasis,
  channel: PublishChannel,
): Promise<FeedbackStep> {
  const { member, question } = submission;
  const { chapter, rubric, language } = prepared;
  const grades = await Array.fromAsync(standing.whole(isAbout(submission)));
  const read = document.pages.get(documentOf(submission, document));
  const place = read?.places.get(submission) ?? null;
  const about = { member, question, place, outcome: outcomeOf(grades, language) };
  if (grades.length < attemptsOf(submission).length) {
    const wasGraded = earlier.some(isAbout(submission));
    return { ...about, outcome: '', ...skipped(wasGraded ? reasons.edited_since : reasons.not_graded) };
  }
  if (!read || !place) return { ...about, ...skipped(reasons.no_place) };
  const { title, questions } = chapter;
  const content = publishedFeedback({ title, member, questions, grades, rubric: rubric.rubric, language });
  const existing: Existing[] = await channel.existing(read, submission, place);
  return { ...about, ...stepFor(content, existing) };
}

/** What is to be done about the scoreboard at the end of the chapter's page. */
export function scoreboardStep({ document, prepared, standing }: PublishBasis): PublishStep<PublishedBoard> {
  const board = publishedScoreboard({
    chapters: [prepared.chapter],
    rows: scoreboardOf([standing]),
    grades: standing.grades,
    isWeighted: isWeighted([standing]),
    language: prepared.language,
  });
  const { home, isHomeShared, chapter } = document;
  const existing = home.scoreboards
    .filter((own) => !isHomeShared || isBoardOf(own.board, chapter))
    .map(({ board: content, ...item }) => ({ ...item, content }));
  return stepFor(board, existing);
}
