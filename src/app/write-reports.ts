import { join } from 'node:path';
import { chapterIdOf } from '../core/chapter.ts';
import { isWeighted } from '../core/scoreboard.ts';
import { type StudyItem, studyListOf } from '../core/study-list.ts';
import type { Files } from '../files.ts';
import { costMarkdown, hasCost } from '../reports/cost.ts';
import { feedbackMarkdown } from '../reports/feedback-markdown.ts';
import { gradesCsv } from '../reports/grades-csv.ts';
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
  return studyListOf(standing, chapter.questions, rubric.rubric, language);
}

/** The document `grades.json`: the chapter's grades that count now. */
function gradesJson({ standing, chapter, scoreboard }: GradingResult): string {
  const { id, title } = chapter;
  const document = { schemaVersion: 1, chapter: { id, title }, grades: standing.grades, scoreboard };
  return `${JSON.stringify(document, null, 2)}\n`;
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

/** The reports one after the other, by file name; each is made when it is its turn, so that one is held at a time. */
function* documentsOf(result: GradingResult): Generator<[name: string, text: string]> {
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
  yield ['study-list.md', studyListMarkdown(chapter.title, studyListFor(result), grades, language)];
  yield ['grades.json', gradesJson(result)];
  yield ['grades.csv', gradesCsv(grades)];
  if (hasCost(grades)) yield ['cost.md', costMarkdown(chapter.title, grades, language)];
  const byMember = Map.groupBy(grades, (grade) => grade.member);
  const members = new Set(standing.submissions.map((submission) => submission.member));
  for (const [member, name] of feedbackNames([...members].filter((own) => byMember.has(own)))) {
    const own = byMember.get(member) ?? [];
    const { title, questions } = chapter;
    const report = { title, member, questions, grades: own, rubric: rubric.rubric, language };
    yield [join('feedback', `${name}.md`), feedbackMarkdown(report)];
  }
}

/**
 * Writes a chapter's reports into `<out>/<chapter>/`: scoreboard, study list, grades and each member's feedback.
 * @throws StoreError when a file cannot be written
 */
export async function writeReports(
  result: GradingResult,
  out: string,
  files: Files,
): Promise<WrittenReports> {
  const folder = join(out, result.chapter.id);
  const names: string[] = [];
  for (const [name, text] of documentsOf(result)) {
    await files.write(join(folder, name), text);
    names.push(name);
  }
  return { folder, files: names };
}
