import type { Awaitable } from '../core/awaitable.ts';
import type { AttemptKind, Question, SubmissionStatus } from '../core/chapter.ts';
import type { Grade } from '../core/grade.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import type { Language } from '../core/localized.ts';
import type { Review } from '../core/review.ts';
import type { Rubric } from '../core/rubric.ts';

/** A chapter as it was last graded, with the answers' texts. */
export interface StoredChapter {
  id: string;
  title: string;
  /** Its rubric's file, full path; null when the rubric was given as a value. */
  rubricFile: string | null;
  /** The rubric as it was then; null where an older version did not keep it. */
  rubric: Rubric | null;
  language: Language;
  /** Which attempt counts on the scoreboard. */
  attempt: Rubric['attempt'];
  questions: (Question & {
    /** What it counts on the scoreboard relative to the others. */
    points: number;
    referenceHash: string;
    criteriaHash: string;
  })[];
  submissions: {
    member: string;
    question: number;
    status: SubmissionStatus;
    attempts: { kind: AttemptKind; text: string; answerHash: string }[];
  }[];
}

/** A chapter as it was last graded; its answers' texts are asked for one by one. */
export interface ChapterOutline extends Omit<StoredChapter, 'submissions'> {
  submissions: (Omit<StoredChapter['submissions'][number], 'attempts'> & {
    attempts: { kind: AttemptKind; answerHash: string }[];
  })[];
}

/** A grade without its texts, and the number to ask for the whole of it by. */
export interface StoredSummary extends GradeSummary {
  id: number;
}

export interface RunRecord {
  chapter: string;
  startedAt: string;
  judge: 'llm' | 'offline';
  model: string | null;
}

/** A run as it is listed. */
export interface StoredRun extends RunRecord {
  id: number;
  finishedAt: string | null;
  outcome: 'finished' | 'stopped' | null;
}

/** Which run asks for which replies. Times are milliseconds since 1970. */
export interface ReplyClaims {
  /** @returns those that the run got; none that a run which is alive has claimed, be it the same one */
  claimReplies(keys: readonly string[], run: string, now: number): Awaitable<Set<string>>;
  /** Gives claims back; those of other runs are left alone. */
  releaseReplies(keys: readonly string[], run: string): Awaitable<void>;
  /** Shows that a run is alive; one that has not for some seconds counts as dead. */
  beat(run: string, now: number): Awaitable<void>;
}

/** A question whose answers a run graded to the end. */
export interface SettledQuestion {
  question: number;
  /** Fingerprint of all that its grades follow from. */
  basis: string;
}

/** Which questions need no grading because nothing has changed since they were graded. */
export interface SettledQuestions {
  /**
   * The questions of a chapter that a run settled and of which nothing was graded since, with that run; none once a
   * kept reply has given way to another.
   */
  settledQuestions(chapterId: string): Awaitable<(SettledQuestion & { run: number })[]>;
  /** Notes what a run graded to the end, save questions that another run graded meanwhile. */
  settleQuestions(run: number, questions: readonly SettledQuestion[]): Awaitable<void>;
  /** Makes the grades that another run made of a question a run's own as well. */
  takeOver(run: number, question: number, origin: number): Awaitable<void>;
}

/** Port: where chapters, runs, grades, reviews and replies are kept. Grades and reviews are only ever added. */
export interface GradeStore extends ReplyClaims, SettledQuestions {
  saveChapter(chapter: StoredChapter): Awaitable<void>;
  /** Every chapter that was graded, by id and title, ordered by id as a person would count. */
  chapterNames(): Awaitable<Pick<StoredChapter, 'id' | 'title'>[]>;
  /** null when no such chapter was graded. */
  chapter(id: string): Awaitable<ChapterOutline | null>;
  /** All of them, in the same order. */
  chapters(): Awaitable<ChapterOutline[]>;
  /** The text of an answer of a chapter; empty where it is not kept. */
  answerText(chapterId: string, answerHash: string): Awaitable<string>;
  /** @returns the run's number */
  startRun(run: RunRecord): Awaitable<number>;
  finishRun(run: number, outcome: 'finished' | 'stopped', finishedAt: string): Awaitable<void>;
  addGrades(run: number, grades: readonly Grade[]): Awaitable<void>;
  /** Oldest first. */
  runs(): Awaitable<StoredRun[]>;
  /** All grades of a chapter, oldest first. */
  gradesOf(chapterId: string): Awaitable<Grade[]>;
  /** The same without texts, read as they are gone through, as often as that is done. */
  summariesOf(chapterId: string): Awaitable<Iterable<StoredSummary>>;
  /** The grades of one member's answers to a question, oldest first. */
  summariesOfAnswer(chapterId: string, member: string, question: number): Awaitable<Iterable<StoredSummary>>;
  /** The grades made by a run, oldest first, then those that it took over. */
  summariesOfRun(run: number): Awaitable<Iterable<StoredSummary>>;
  /** The whole of a grade by the number of its summary; null where there is none. */
  grade(id: number): Awaitable<Grade | null>;
  addReview(review: Review): Awaitable<void>;
  /**
   * Adds decisions on one attempt, all of them or none: none where another than this was its last one by then.
   * @returns whether they were added
   */
  addReviewsAfter(
    last: Pick<Review, 'by' | 'at'>,
    reviews: readonly [Review, ...Review[]],
  ): Awaitable<boolean>;
  /** All reviews of a chapter, oldest first. */
  reviewsOf(chapterId: string): Awaitable<Review[]>;
  /** @param newerThan the reply must not be among the first this many to its request; 0 when left out */
  findReply(key: string, newerThan?: number): Awaitable<string | null>;
  /** All of them are kept, or none. */
  keepReplies(entries: readonly (readonly [key: string, reply: string])[]): Awaitable<void>;
  /** How many replies to this request were kept so far, each in place of the one before. */
  timesKept(key: string): Awaitable<number>;
  close(): Awaitable<void>;
}

/** Sorts chapters as a person counts: 2 before 10. */
export function byChapterId(a: { id: string }, b: { id: string }): number {
  return a.id.localeCompare(b.id, 'ko', { numeric: true });
}
