import { join } from 'node:path';
import { chapterIdOf } from '../core/chapter.ts';
import { isWeighted } from '../core/scoreboard.ts';
import type { StudyItem } from '../core/study-list.ts';
import type { Files } from '../files.ts';
import { costMarkdown, costsOf, hasCost } from '../reports/cost.ts';
import { feedbackMarkdown } from '../reports/feedback-markdown.ts';
import { gradesCsv } from '../reports/grades-csv.ts';
import { chapterReport } from '../reports/html/chapter-report.ts';
import { jsonPieces } from '../reports/json-pieces.ts';
import { scoreboardMarkdown } from '../reports/scoreboard.ts';
import { studyListMarkdown } from '../reports/study-list.ts';
import { anonymousReport } from './anonymous.ts';
import { chapterReportOf, type ReportBasis, studyListFrom } from './chapter-report.ts';
import type { GradingResult } from './grade-chapter.ts';

export interface WrittenReports {
  folder: string;
  /** Relative to the folder. */
  files: string[];
}

function basisOf({ standing, chapter, scoreboard, rubric, language }: GradingResult): ReportBasis {
  return { standing, chapter, scoreboard, rubric: rubric.rubric, language };
}

/** What the group missed most, from the grades that count now. */
export function studyListFor(result: GradingResult): Promise<StudyItem[]> {
  return studyListFrom(basisOf(result));
}

/** The document `grades.json`: the chapter's grades that count now. */
async function* gradesJson({ standing, chapter, scoreboard }: GradingResult): AsyncGenerator<string> {
  const { id, title } = chapter;
  yield* jsonPieces({ schemaVersion: 1, chapter: { id, title }, grades: standing.whole(), scoreboard });
  yield '\n';
}

/** One file name per member; names that become equal in a file name get a number. */
function feedbackNames(members: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const member of members) {
    const base = chapterIdOf(member);
    let name = base;
    // Kim and kim are one file on many systems.
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base}-${count}`;
    taken.add(name.toLowerCase());
    names.set(member, name);
  }
  return names;
}

/** The reports one after the other, by file name; each is made when it is its turn, in parts where it is long. */
async function* documentsOf(
  result: GradingResult,
  studyList: readonly StudyItem[],
  withAnonymous: boolean,
): AsyncGenerator<[name: string, text: string | AsyncIterable<string>]> {
  const { chapter, standing, scoreboard, rubric, language } = result;
  const { grades } = standing;
  const board = {
    chapters: [chapter],
    rows: scoreboard,
    grades,
    isWeighted: isWeighted([standing]),
    language,
  };
  const page = await chapterReportOf(basisOf(result), studyList);
  yield ['index.html', chapterReport(page)];
  if (withAnonymous) yield ['anonymous.html', chapterReport(anonymousReport(page))];
  yield ['scoreboard.md', scoreboardMarkdown(board)];
  yield ['study-list.md', studyListMarkdown(chapter.title, studyList, grades, language)];
  yield ['grades.json', gradesJson(result)];
  yield ['grades.csv', gradesCsv(standing.whole())];
  const costs = await costsOf(standing.whole());
  if (hasCost(costs)) yield ['cost.md', costMarkdown(chapter.title, costs, language)];
  const names = feedbackNames([...new Set(grades.map((grade) => grade.member))]);
  for await (const [member, own] of standing.byMember()) {
    const { title, questions } = chapter;
    const report = { title, member, questions, grades: own, rubric: rubric.rubric, language };
    yield [join('feedback', `${names.get(member) ?? member}.md`), feedbackMarkdown(report)];
  }
}

/**
 * Writes a chapter's reports into `<out>/<chapter>/`: the page, scoreboard, study list, grades and each member's
 * feedback.
 * @param studyList {@link studyListFor} the result, if it is there already
 * @param withAnonymous also a page without names
 * @throws StoreError when a file cannot be written
 */
export async function writeReports(
  result: GradingResult,
  out: string,
  files: Files,
  studyList?: readonly StudyItem[],
  withAnonymous = false,
): Promise<WrittenReports> {
  const folder = join(out, result.chapter.id);
  const names: string[] = [];
  const missed = studyList ?? (await studyListFor(result));
  for await (const [name, text] of documentsOf(result, missed, withAnonymous)) {
    await files.write(join(folder, name), text);
    names.push(name);
  }
  return { folder, files: names };
}
