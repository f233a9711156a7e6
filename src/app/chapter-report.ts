import type { Chapter } from '../core/chapter.ts';
import type { Grade } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import type { Rubric } from '../core/rubric.ts';
import type { ScoreboardRow } from '../core/scoreboard.ts';
import { byMissing, type StudyItem, studyListOf } from '../core/study-list.ts';
import type { ChapterReport, MemberAnswers } from '../reports/html/report-data.ts';
import type { ReadableStanding } from './standing.ts';

/** What a page about a chapter is made of. */
export interface ReportBasis {
  chapter: Pick<Chapter, 'id' | 'title' | 'questions'>;
  standing: ReadableStanding;
  /** By rank. */
  scoreboard: readonly ScoreboardRow[];
  rubric: Rubric;
  language: Language;
}

/** What the group missed most, from the grades that count now. */
export async function studyListFrom({
  standing,
  chapter,
  rubric,
  language,
}: ReportBasis): Promise<StudyItem[]> {
  const items: StudyItem[] = [];
  for (const question of chapter.questions) {
    // Those of one question at a time, since a course has too many to hold.
    const grades = await Array.fromAsync(standing.whole((summary) => summary.question === question.no));
    items.push(...studyListOf({ ...standing, gradesOf: () => grades }, [question], rubric, language));
  }
  return items.sort(byMissing);
}

/** What the members answered, in the order of the scoreboard, read one member after the other. */
function membersIn({
  standing,
  scoreboard,
}: ReportBasis): Pick<ChapterReport, 'members' | 'grades' | 'answersOf'> {
  const names = scoreboard.map((row) => row.member);
  const withText = async (grade: Grade) => ({ grade, text: await standing.textOf(grade) });
  async function* answersOf(members: readonly string[]): AsyncGenerator<MemberAnswers> {
    for await (const [member, grades] of standing.byMember(members))
      yield { member, answers: await Promise.all(grades.map(withText)) };
  }
  async function* grades(): AsyncGenerator<Grade> {
    for await (const [, own] of standing.byMember(names)) yield* own;
  }
  return {
    members: { [Symbol.asyncIterator]: () => answersOf(names) },
    grades: { [Symbol.asyncIterator]: grades },
    async answersOf(name) {
      const [found = null] = await Array.fromAsync(answersOf(names.filter((member) => member === name)));
      return found;
    },
  };
}

/**
 * Everything that a page about a chapter shows.
 * @param studyList {@link studyListFrom} the basis, if it is there already
 */
export async function chapterReportOf(
  basis: ReportBasis,
  studyList?: readonly StudyItem[],
): Promise<ChapterReport> {
  const { chapter, standing, scoreboard, rubric, language } = basis;
  return {
    chapter: { id: chapter.id, title: chapter.title },
    language,
    rubric,
    questions: chapter.questions,
    standing,
    rows: scoreboard,
    studyList: studyList ?? (await studyListFrom(basis)),
    ...membersIn(basis),
    isAnonymous: false,
  };
}
