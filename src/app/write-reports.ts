import { join } from 'node:path';
import { chapterIdOf } from '../core/chapter.ts';
import { isWeighted } from '../core/scoreboard.ts';
import { type StudyItem, studyListOf } from '../core/study-list.ts';
import type { Files } from '../files.ts';
import { costMarkdown, costsOf, hasCost } from '../reports/cost.ts';
import { feedbackMarkdown } from '../reports/feedback-markdown.ts';
import { gradesCsv } from '../reports/grades-csv.ts';
import { jsonPieces } from '../reports/json-pieces.ts';
import { scoreboardMarkdown } from '../reports/scoreboard.ts';
import { studyListMarkdown } from '../reports/study-list.ts';
import type { GradingResult } from './grade-chapter.ts';

export interface WrittenReports {
  folder: string;
  /** Relative to the folder. */
  files: string[];
}

/** What the group missed most, from the grades that count now. */
export function studyListFor({ standing, chapter, rubric, language }: GradingResult): StudyItem[] {
  const gradesOf = (question: number) => [...standing.whole((summary) => summary.question === question)];
  return studyListOf({ ...standing, gradesOf }, chapter.questions, rubric.rubric, language);
}

/** The document `grades.json`: the chapter's grades that count now. */
function* gradesJson({ standing, chapter, scoreboard }: GradingResult): Generator<string> {
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
function* documentsOf(
  result: GradingResult,
  studyList: readonly StudyItem[],
): Generator<[name: string, text: string | Iterable<string>]> {
  const { chapter, standing, scoreboard, rubric, language } = result;
  const { grades } = standing;
  const board = {
    chapters: [chapter],
    rows: scoreboard,
    grades,
    isWeighted: isWeighted([standing]),
    language,
  };
  yield ['scoreboard.md', scoreboardMarkdown(board)];
  yield ['study-list.md', studyListMarkdown(chapter.title, studyList, grades, language)];
  yield ['grades.json', gradesJson(result)];
  yield ['grades.csv', gradesCsv(standing.whole())];
  const costs = costsOf(standing.whole());
  if (hasCost(costs)) yield ['cost.md', costMarkdown(chapter.title, costs, language)];
  const names = feedbackNames([...new Set(grades.map((grade) => grade.member))]);
  for (const [member, own] of standing.byMember()) {
    const { title, questions } = chapter;
    const report = { title, member, questions, grades: own, rubric: rubric.rubric, language };
    yield [join('feedback', `${names.get(member) ?? member}.md`), feedbackMarkdown(report)];
  }
}

/**
 * Writes a chapter's reports into `<out>/<chapter>/`: scoreboard, study list, grades and each member's feedback.
 * @param studyList {@link studyListFor} the result, if it is there already
 * @throws StoreError when a file cannot be written
 */
export async function writeReports(
  result: GradingResult,
  out: string,
  files: Files,
  studyList: readonly StudyItem[] = studyListFor(result),
): Promise<WrittenReports> {
  const folder = join(out, result.chapter.id);
  const names: string[] = [];
  for (const [name, text] of documentsOf(result, studyList)) {
    await files.write(join(folder, name), text);
    names.push(name);
  }
  return { folder, files: names };
}
