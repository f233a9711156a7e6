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
  for (const member of members) {
    const base = chapterIdOf(member);
    let name = base;
    // Kim and kim are one file on many systems.
    const taken = new Set([...names.values()].map((other) => other.toLowerCase()));
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base}-${count}`;
    names.set(member, name);
  }
  return names;
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
  const { chapter, standing, scoreboard, rubric, language } = result;
  const { grades } = standing;
  const graded = new Set(grades.map((grade) => grade.member));
  const members = [...new Set(standing.submissions.map((submission) => submission.member))].filter((member) =>
    graded.has(member),
  );
  const feedback = [...feedbackNames(members)].map(([member, name]): [string, string] => [
    join('feedback', `${name}.md`),
    feedbackMarkdown({
      title: chapter.title,
      member,
      questions: chapter.questions,
      grades: grades.filter((grade) => grade.member === member),
      rubric: rubric.rubric,
      language,
    }),
  ]);
  const documents: [string, string][] = [
    [
      'scoreboard.md',
      scoreboardMarkdown({
        chapters: [chapter],
        rows: scoreboard,
        grades,
        isWeighted: isWeighted([standing]),
        language,
      }),
    ],
    ['study-list.md', studyListMarkdown(chapter.title, studyListFor(result), grades, language)],
    ['grades.json', gradesJson(result)],
    ['grades.csv', gradesCsv(grades)],
    ...(hasCost(grades)
      ? [['cost.md', costMarkdown(chapter.title, grades, language)] as [string, string]]
      : []),
    ...feedback,
  ];
  const folder = join(out, chapter.id);
  for (const [name, text] of documents) await files.write(join(folder, name), text);
  return { folder, files: documents.map(([name]) => name) };
}
