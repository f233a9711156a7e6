import { languages } from '../core/localized.ts';
import { type PublishedBoard, publishedMark } from '../core/published.ts';
import { judgeNotice } from './labels.ts';
import { columnsOf, notesOf, type ScoreboardReport, titleOf } from './scoreboard-content.ts';

/** More would not go into a table in one request; a course has thousands. */
const mostRows = 90;

function headingOf(about: Pick<ScoreboardReport, 'chapters' | 'language'>): string {
  return `${publishedMark} · ${titleOf(about)}`;
}

/** Whether a published scoreboard is that of one chapter, in whatever language. */
export function isBoardOf({ title }: PublishedBoard, chapter: ScoreboardReport['chapters'][number]): boolean {
  return languages.some((language) => headingOf({ chapters: [chapter], language }) === title);
}

/** The scoreboard as it stands on the group's page. */
export function publishedScoreboard(report: ScoreboardReport): PublishedBoard {
  const { rows, grades, language } = report;
  const columns = columnsOf(report);
  const more = rows.length - mostRows;
  const moreNote = language === 'ko' ? `그 밖에 ${more}명이 더 있습니다.` : `${more} more members.`;
  return {
    title: headingOf(report),
    rows: [
      columns.map((column) => column.name[language]),
      ...rows.slice(0, mostRows).map((row) => columns.map((column) => column.cell(row))),
    ],
    notes: [...judgeNotice(grades, language), ...notesOf(report), ...(more > 0 ? [moreNote] : [])],
  };
}
