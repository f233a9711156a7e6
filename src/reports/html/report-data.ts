import type { Question } from '../../core/chapter.ts';
import type { Grade } from '../../core/grade.ts';
import type { GradeSummary } from '../../core/grade-summary.ts';
import type { Language } from '../../core/localized.ts';
import type { Rubric } from '../../core/rubric.ts';
import type { ChapterStanding, ScoreboardRow } from '../../core/scoreboard.ts';
import type { StudyItem } from '../../core/study-list.ts';

/** A grade with what was written. */
export interface GradedAnswer {
  /** With its number where it is stored. */
  grade: Grade & { id?: number };
  /** The attempt's text in Markdown, as the member wrote it; empty where it is not kept. */
  text: string;
}

/** A member with all attempts, in the order of the questions. */
export interface MemberAnswers {
  member: string;
  answers: readonly GradedAnswer[];
}

/** All that a page on a graded chapter shows. */
export interface ChapterReport {
  chapter: { id: string; title: string };
  language: Language;
  rubric: Rubric;
  questions: readonly Question[];
  /** Who was asked what, and the grades that stand, without their texts. */
  standing: ChapterStanding<GradeSummary>;
  /** The chapter's scoreboard, by rank. */
  rows: readonly ScoreboardRow[];
  /** What the group missed most, the most missed question first. */
  studyList: readonly StudyItem[];
  /** The members with their answers, one by one, read when they are gone through. */
  members: AsyncIterable<MemberAnswers>;
  /** The same grades in the same order without what was written, read when they are gone through. */
  grades: AsyncIterable<Grade>;
  /** One of the members, by the name on the page; null where there is none. */
  answersOf(member: string): Promise<MemberAnswers | null>;
  /** Names are taken out, so the page may leave the group. */
  isAnonymous: boolean;
}
