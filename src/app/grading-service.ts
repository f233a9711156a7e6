import type { Chapter } from '../core/chapter.ts';
import type { Grade } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import type { RequestedRun, RunOptions } from '../core/requested-run.ts';
import type { Review } from '../core/review.ts';
import type { Criterion } from '../core/rubric.ts';
import type { ScoreboardRow } from '../core/scoreboard.ts';
import type { ChapterReport } from '../reports/html/report-data.ts';
import type { Progress } from './grade-chapter.ts';
import type { Decision, Signature } from './review.ts';
import type { Scoreboard } from './show-scoreboard.ts';
import type { NumberedGrade } from './standing.ts';
import type { UndoneDecision } from './undo-review.ts';

export type { NumberedGrade } from './standing.ts';

/** A chapter that a service knows. */
export interface KnownChapter {
  id: string;
  title: string;
  /** Its document was handed in, so it can be graded. */
  isUploaded: boolean;
  isGraded: boolean;
}

/** A run with how far it is. */
export interface ServiceRun extends RequestedRun {
  /** null while it waits and once it has ended. */
  progress: Progress | null;
}

/** What a run would send, in sums. */
export interface RunEstimate {
  judge: 'llm' | 'offline';
  models: string[];
  /** The rubric's file, for a person. */
  rubric: string;
  /** Attempts that would be graded. */
  attempts: number;
  /** Attempts that code settles. */
  settled: number;
  /** Requests that would be sent. */
  requests: number;
  /** Requests whose reply is kept. */
  kept: number;
  inputTokens: number;
  outputTokens: number;
  /** US dollars; null when the model's price is not known. */
  costUsd: number | null;
  mostCostUsd: number | null;
}

/** One answer that belongs to no chapter, or an answer to a question of a chapter. */
export type FeedbackRequest =
  | { question: string; modelAnswer: string; answer: string; language?: Language | undefined }
  | { chapter: string; question: number; answer: string; language?: Language | undefined };

/** Everything about one grade, for a person who decides on it. */
export interface GradeInFull {
  chapter: { id: string; title: string };
  grade: NumberedGrade;
  question: string;
  modelAnswer: string | null;
  /** What was written. */
  answer: string;
  /** What can be decided on, by the rubric as it is now. */
  criteria: Criterion[];
  /** Everything that was decided about it, oldest first. */
  history: Review[];
}

/** A chapter's grades that stand. */
interface ChapterGrades {
  chapter: { id: string; title: string };
  grades: AsyncIterable<NumberedGrade>;
  scoreboard: ScoreboardRow[];
}

/** A chapter that was read, and where it comes from. */
export interface HandedChapter {
  chapter: Chapter;
  /** The document's name. */
  file: string;
  /** Its full path, beside which rubrics are looked for; null where it has none. */
  source: string | null;
}

/**
 * What a service offers, whatever it is reached by. Calls throw NotFoundError for what is not there, InputError and
 * ConfigError for what does not fit, ConflictError for what cannot be now, BusyError when too much is asked at once.
 */
export interface GradingService {
  /** The models that would be asked; none where there is only the baseline. */
  readonly models: readonly string[];
  /** What a run may cost at most, US dollars. */
  readonly maxCostUsd: number | null;
  /** Every chapter that was handed in or graded, by id as a person counts. */
  chapters(): Promise<KnownChapter[]>;
  /** Keeps chapters that were read already; a chapter of the same title is replaced. */
  keep(chapters: readonly HandedChapter[]): Promise<void>;
  /** Reads a document or an archive, which holds one chapter or several, and keeps them as {@link keep} does. */
  upload(document: { name: string; bytes: Uint8Array }): Promise<Chapter[]>;
  /** A chapter as it was handed in. */
  uploaded(chapterId: string): Promise<Chapter>;
  /** Names of the rubrics to choose from, the default one included. */
  rubrics(): Promise<string[]>;
  estimate(chapterId: string, options: RunOptions): Promise<RunEstimate>;
  /** Asks for a run; they are made one after the other. @throws ConflictError while the chapter has one that has not ended */
  startRun(chapterId: string, options: RunOptions): Promise<ServiceRun>;
  run(id: number): Promise<ServiceRun>;
  /** The runs of a chapter, newest first. */
  runs(chapterId: string): Promise<ServiceRun[]>;
  /** Requests in flight may still finish; what was graded stays. */
  stopRun(id: number): Promise<ServiceRun>;
  /** Resolves at the run's next change, or when the signal is aborted. */
  nextChange(id: number, signal: AbortSignal): Promise<void>;
  /** Grades one answer; nothing of it goes on a scoreboard. @param signal gives it up */
  feedback(request: FeedbackRequest, signal: AbortSignal): Promise<Grade>;
  /** The scoreboard over graded chapters; all of them when none is named. */
  scoreboard(chapterIds: readonly string[]): Promise<Scoreboard>;
  grades(chapterId: string): Promise<ChapterGrades>;
  /** A graded chapter for a page about it. @param options `anonymous`: without names */
  report(
    chapterId: string,
    options?: { anonymous?: boolean; language?: Language | undefined },
  ): Promise<ChapterReport>;
  /** Grades of a chapter that a person should look at, the most doubtful first, then those decided. */
  reviewQueue(chapterId: string): Promise<NumberedGrade[]>;
  /** @param id of any grade of an attempt. @returns the one that counts now */
  grade(id: number): Promise<GradeInFull>;
  /**
   * A person's decision on a grade.
   * @returns the grade as it stands then
   * @throws ConflictError where the answer was graded anew since, with another text
   */
  review(id: number, decision: Decision, signature: Pick<Signature, 'by' | 'reason'>): Promise<NumberedGrade>;
  /** Takes a decision back. @returns the grade as it stands then */
  clearReview(id: number, signature: Pick<Signature, 'by' | 'reason'>): Promise<NumberedGrade>;
  /**
   * Undoes the decision that stands: the one before stands again, where there was one.
   * @returns the grade as it stands then
   * @throws ConflictError when it is another decision that stands, or none
   */
  undoReview(id: number, undone: UndoneDecision): Promise<NumberedGrade>;
  /** Ends what is under way within some seconds; a run goes on when a service is started on the same database. */
  close(): Promise<void>;
}
