import type { Chapter } from '../core/chapter.ts';
import { type AttemptState, currentGrades, latestGrades } from '../core/current-grades.ts';
import type { Grade } from '../core/grade.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import type { Language } from '../core/localized.ts';
import { readAhead } from '../core/read-ahead.ts';
import {
  type Review,
  type StandingGrade,
  standingGrades,
  standingSummary,
  standingWhole,
} from '../core/review.ts';
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
    rubric,
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

/** People's decisions on a chapter and all its grades, oldest first. */
async function recordsOf(chapterId: string, store: GradeReader) {
  // First the decisions: a grade that one is about is there by then.
  const reviews = await store.reviewsOf(chapterId);
  return { reviews, history: await store.summariesOf(chapterId) };
}

/** The last grade of each attempt of a chapter, whatever text it was made on, people's decisions included. */
export async function earlierGrades(chapterId: string, store: GradeReader): Promise<GradeSummary[]> {
  const { reviews, history } = await recordsOf(chapterId, store);
  const latest = latestGrades(history);
  return standingGrades(latest, [], reviews, latest).map(standingSummary);
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

/** What counts now for each attempt of a stored chapter. */
async function standingsIn(
  stored: ChapterOutline,
  store: GradeReader,
): Promise<StandingGrade<StoredSummary>[]> {
  const attempts = attemptStates(stored);
  const { reviews, history } = await recordsOf(stored.id, store);
  return standingGrades(currentGrades(history, attempts), history, reviews, attempts);
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

/** A stored chapter with the grades that count now, people's decisions included, without their texts. */
export async function summaryStandingOf(
  stored: ChapterOutline,
  store: GradeReader,
): Promise<ChapterStanding<GradeSummary>> {
  return standingWith(stored, (await standingsIn(stored, store)).map(standingSummary));
}

/**
 * The whole of a grade as it stands.
 * @param standing what is known of it by its summary
 */
export async function wholeGrade(
  { now, grade: { id }, decision }: StandingGrade<StoredSummary>,
  store: Pick<GradeStore, 'grade'>,
): Promise<Grade> {
  const grade = await store.grade(id);
  if (!grade) throw new Error(`grade ${id} has gone from the store`);
  return standingWhole({ now, grade, decision });
}

/** A grade that can be asked for again by its number. */
export interface NumberedGrade extends Grade {
  id: number;
}

async function numberedGrade(
  standing: StandingGrade<StoredSummary>,
  store: Pick<GradeStore, 'grade'>,
): Promise<NumberedGrade> {
  return { id: standing.grade.id, ...(await wholeGrade(standing, store)) };
}

/**
 * The whole grades of one member's answer to one question as they stand.
 * @param stored the chapter with that submission only
 * @param reviews people's decisions, that member's at least
 */
export async function gradesOfAnswer(
  stored: ChapterOutline,
  store: Pick<GradeStore, 'summariesOfAnswer' | 'grade'>,
  reviews: readonly Review[],
): Promise<NumberedGrade[]> {
  const attempts = attemptStates(stored);
  const [{ member, question } = { member: '', question: 0 }] = attempts;
  const history = [...(await store.summariesOfAnswer(stored.id, member, question))];
  const standings = standingGrades(currentGrades(history, attempts), history, reviews, attempts);
  return Promise.all(standings.map((standing) => numberedGrade(standing, store)));
}

/** A chapter as it stands now, of which whole grades are read from the store as they are gone through. */
export interface ReadableStanding extends ChapterStanding<GradeSummary> {
  /** The whole grades in the chapter's order: all, or those whose summary is meant. */
  whole(isMeant?: (summary: GradeSummary) => boolean): AsyncIterable<Grade>;
  /** The same with their numbers. */
  numbered(isMeant?: (summary: GradeSummary) => boolean): AsyncIterable<NumberedGrade>;
  /** The whole grades of one member after the other: in the chapter's order, or of those named. */
  byMember(members?: readonly string[]): AsyncIterable<[member: string, grades: NumberedGrade[]]>;
  /** What was written where a grade was given; empty where it is not kept. */
  textOf(grade: Pick<Grade, 'answerHash'>): Promise<string>;
}

/** Everything that gives items, gone through as often as somebody asks. */
function repeatable<T>(items: () => AsyncIterator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: items };
}

/** A stored chapter with the grades that count now, people's decisions included. */
export async function readableStanding(
  stored: ChapterOutline,
  store: GradeReader & Pick<GradeStore, 'grade' | 'answerText'>,
): Promise<ReadableStanding> {
  const standings = await standingsIn(stored, store);
  const summaries = standings.map(standingSummary);
  function meant<T>(
    read: (standing: StandingGrade<StoredSummary>) => Promise<T>,
    isMeant: (summary: GradeSummary) => boolean,
  ): AsyncIterable<T> {
    const isWanted = (_: unknown, index: number) => isMeant(summaries[index] as GradeSummary);
    return repeatable(() => readAhead(standings.values().filter(isWanted), read));
  }
  const all = () => true;
  return {
    ...standingWith(stored, summaries),
    whole: (isMeant = all) => meant((standing) => wholeGrade(standing, store), isMeant),
    numbered: (isMeant = all) => meant((standing) => numberedGrade(standing, store), isMeant),
    byMember: (members) =>
      repeatable(async function* () {
        const byMember = Map.groupBy(standings, ({ now }) => now.member);
        for (const member of members ?? byMember.keys()) {
          const own = byMember.get(member) ?? [];
          yield [member, await Promise.all(own.map((standing) => numberedGrade(standing, store)))];
        }
      }),
    textOf: async ({ answerHash }) => store.answerText(stored.id, answerHash),
  };
}

/** A stored chapter with the whole grades that count now, people's decisions included. */
export async function standingOf(
  stored: ChapterOutline,
  store: GradeReader & Pick<GradeStore, 'grade' | 'answerText'>,
): Promise<ChapterStanding> {
  const standing = await readableStanding(stored, store);
  return { ...standing, grades: await Array.fromAsync(standing.whole()) };
}
