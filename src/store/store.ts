import type { AttemptKind, Question, SubmissionStatus } from '../core/chapter.ts';
import type { Grade } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import type { Rubric } from '../core/rubric.ts';

/** A chapter as it was last graded: enough for a scoreboard, without the answers. */
export interface StoredChapter {
  id: string;
  title: string;
  language: Language;
  /** Which attempt counts on the scoreboard. */
  attempt: Rubric['attempt'];
  questions: Pick<Question, 'no' | 'text'>[];
  submissions: {
    member: string;
    question: number;
    status: SubmissionStatus;
    attempts: { kind: AttemptKind; answerHash: string }[];
  }[];
}

export interface RunRecord {
  chapter: string;
  startedAt: string;
  judge: 'llm' | 'offline';
  model: string | null;
}

/** Port: where chapters, runs, grades and replies are kept. Grades are only ever added. */
export interface GradeStore {
  saveChapter(chapter: StoredChapter): void;
  /** Every chapter that was graded, ordered by id as a person would count. */
  chapters(): StoredChapter[];
  /** @returns the run's number */
  startRun(run: RunRecord): number;
  finishRun(run: number, outcome: 'finished' | 'stopped', finishedAt: string): void;
  addGrade(run: number, grade: Grade): void;
  /** All grades of a chapter, oldest first. */
  gradesOf(chapterId: string): Grade[];
  findReply(key: string): string | null;
  keepReply(key: string, reply: string): void;
  close(): void;
}

/** Sorts chapters as a person counts: 2 before 10. */
export function byChapterId(a: { id: string }, b: { id: string }): number {
  return a.id.localeCompare(b.id, 'ko', { numeric: true });
}
