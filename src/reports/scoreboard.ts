import { stringify } from 'csv-stringify/sync';
import { judgeNotice } from './labels.ts';
import { inlineMarkdown } from './markdown.ts';
import { columnsOf, type Judged, notesOf, type ScoreboardReport, titleOf } from './scoreboard-content.ts';
import { markdownTable, terminalTable } from './table.ts';

export type { ScoreboardReport } from './scoreboard-content.ts';

/** The scoreboard for the terminal. */
export function scoreboardTable(report: ScoreboardReport): string {
  const columns = columnsOf(report);
  const table = terminalTable(
    columns.map((column) => column.name[report.language]),
    report.rows.map((row) => columns.map((column) => column.cell(row))),
    columns.map((column) => column.align),
  );
  return [
    titleOf(report),
    ...judgeNotice(report.grades, report.language),
    '',
    table,
    '',
    ...notesOf(report),
    '',
  ].join('\n');
}

/** The scoreboard as a Markdown page. */
export function scoreboardMarkdown(report: ScoreboardReport): string {
  const columns = columnsOf(report);
  const table = markdownTable(
    columns.map((column) => inlineMarkdown(column.name[report.language])),
    report.rows.map((row) => columns.map((column) => inlineMarkdown(column.cell(row)))),
    columns.map((column) => column.align),
  );
  const notices = judgeNotice(report.grades, report.language).flatMap((notice) => [
    `> ${inlineMarkdown(notice)}`,
    '',
  ]);
  const notes = notesOf(report).map((note) => `- ${note.replace(/^\*/u, '\\*')}`);
  return [`# ${inlineMarkdown(titleOf(report))}`, '', ...notices, table, '', ...notes, ''].join('\n');
}

function judgesOf(grades: readonly Judged[]): string {
  const kinds = new Set(grades.map((grade) => grade.judge.kind));
  const names = [kinds.has('llm') && 'language model', kinds.has('offline') && 'offline baseline'];
  return names.filter((name) => name !== false).join(' + ') || 'none needed';
}

/** The scoreboard as CSV for spreadsheets: UTF-8 with a byte order mark, cells that look like formulas quoted. */
export function scoreboardCsv({ chapters, rows, grades }: ScoreboardReport): string {
  const byMember = Map.groupBy(grades, (grade) => grade.member);
  const records = rows.map((row) => ({
    rank: row.rank,
    member: row.member,
    score: row.score,
    answeredScore: row.answeredScore,
    assigned: row.assigned,
    answered: row.answered,
    graded: row.graded,
    ungraded: row.ungraded,
    needsReview: row.needsReview,
    revisedScore: row.revisedScore,
    stale: row.stale,
    provisional: row.provisional ? 'yes' : 'no',
    ...(chapters.length > 1
      ? {
          ...Object.fromEntries(chapters.map(({ id, title }) => [title, row.chapters[id] ?? ''])),
          trend: row.trend,
        }
      : {}),
    judge: judgesOf(byMember.get(row.member) ?? []),
  }));
  return stringify(records, { header: true, bom: true, escape_formulas: true });
}
