import type { Awaitable } from '../core/awaitable.ts';
import type { Chapter } from '../core/chapter.ts';
import type { RequestedRun, RunOptions } from '../core/requested-run.ts';

/** A chapter as it was handed in. */
export interface UploadedChapter {
  chapter: Chapter;
  /** The document's name. */
  file: string;
  /** Where the document lies, full path; null where it was sent. */
  source: string | null;
  uploadedAt: string;
}

/** What becomes of a run, as far as it has changed; never nothing. */
export type RunChanges = Partial<Omit<RequestedRun, 'id' | 'chapter' | 'options' | 'createdAt'>>;

/** How many runs of a chapter are listed. */
export const runsListed = 50;

/** Port: what a service must still know after a restart, beside grades and replies. */
export interface ServiceStore {
  /** A chapter of the same id is replaced. */
  saveUpload(upload: UploadedChapter): Awaitable<void>;
  /** null when no such chapter was handed in. */
  upload(chapterId: string): Awaitable<UploadedChapter | null>;
  /** When a chapter was handed in last; null when it was not. */
  uploadedAt(chapterId: string): Awaitable<string | null>;
  /** Every chapter that was handed in, by id. */
  uploadNames(): Awaitable<{ id: string; title: string }[]>;
  /**
   * Notes a run that is to be made.
   * @returns the run, queued; null, and nothing is noted, while the chapter has one that has not ended
   */
  addRun(chapter: string, options: RunOptions, createdAt: string): Awaitable<RequestedRun | null>;
  /** null when there is no such run. */
  requestedRun(id: number): Awaitable<RequestedRun | null>;
  /** The runs of a chapter, newest first, at most {@link runsListed}. */
  requestedRuns(chapter: string): Awaitable<RequestedRun[]>;
  /** Runs that have not ended, oldest first. */
  openRuns(): Awaitable<RequestedRun[]>;
  /**
   * Notes what became of a run; what is not named stays as it is, also where others change it meanwhile. One that has
   * ended never changes: of several who end it at the same moment, the first does.
   * @returns the run as it is then; null, and nothing is noted, where it has ended or there is none
   */
  changeRun(id: number, changes: RunChanges): Awaitable<RequestedRun | null>;
  close(): Awaitable<void>;
}
