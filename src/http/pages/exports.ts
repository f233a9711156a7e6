import type { GradingService } from '../../app/grading-service.ts';
import { NotFoundError } from '../../core/errors.ts';
import { gradesCsv } from '../../reports/grades-csv.ts';
import { chapterReport } from '../../reports/html/chapter-report.ts';
import { scoreboardSvg } from '../../reports/html/scoreboard-svg.ts';
import { jsonPieces } from '../../reports/json-pieces.ts';
import { scoreboardCsv, scoreboardMarkdown } from '../../reports/scoreboard.ts';
import type { ScoreboardReport } from '../../reports/scoreboard-content.ts';
import { studyListMarkdown } from '../../reports/study-list.ts';
import { words } from './words.ts';

/** A file to be downloaded. */
export interface Export {
  title: string;
  type: string;
  pieces: Iterable<string> | AsyncIterable<string>;
}

type Content = Pick<Export, 'title' | 'pieces'>;
type Maker = (service: GradingService, chapterId: string) => Promise<Content>;

function ofBoard(render: (report: ScoreboardReport) => string): Maker {
  return async (service, chapterId) => {
    const { judged, ...board } = await service.scoreboard([chapterId]);
    return { title: board.chapters[0]?.title ?? '', pieces: [render({ ...board, grades: judged })] };
  };
}

function ofReport(anonymous: boolean): Maker {
  return async (service, chapterId) => {
    const report = await service.report(chapterId, { anonymous });
    return { title: report.chapter.title, pieces: chapterReport(report) };
  };
}

const makers: Readonly<Record<string, readonly [type: string, make: Maker]>> = {
  'grades.csv': [
    'text/csv',
    async (service, chapterId) => {
      const { chapter, grades } = await service.grades(chapterId);
      return { title: chapter.title, pieces: gradesCsv(grades) };
    },
  ],
  'grades.json': [
    'application/json',
    async (service, chapterId) => {
      const { chapter, grades, scoreboard } = await service.grades(chapterId);
      return { title: chapter.title, pieces: jsonPieces({ schemaVersion: 1, chapter, grades, scoreboard }) };
    },
  ],
  'scoreboard.csv': ['text/csv', ofBoard(scoreboardCsv)],
  'scoreboard.md': ['text/markdown', ofBoard(scoreboardMarkdown)],
  'scoreboard.svg': ['image/svg+xml', ofBoard(scoreboardSvg)],
  'report.html': ['text/html', ofReport(false)],
  'anonymous.html': ['text/html', ofReport(true)],
  'study-list.md': [
    'text/markdown',
    async (service, chapterId) => {
      const { chapter, studyList, standing, language } = await service.report(chapterId);
      const text = studyListMarkdown(chapter.title, studyList, standing.grades, language);
      return { title: chapter.title, pieces: [text] };
    },
  ],
};

/** The names of the files that a graded chapter can be had as. */
export const exportNames: readonly string[] = Object.keys(makers);

/**
 * A graded chapter as a file.
 * @param name one of {@link exportNames}
 * @throws NotFoundError for another name, and where the chapter was not graded
 */
export async function exportOf(service: GradingService, chapterId: string, name: string): Promise<Export> {
  const found = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (!found) throw new NotFoundError({ ko: words.ko.notFound, en: words.en.notFound });
  const [type, make] = found;
  return { type: `${type}; charset=utf-8`, ...(await make(service, chapterId)) };
}

/** Characters that RFC 5987 wants encoded beside those that a URL wants. */
const beyondUrl = /['()*]/gu;

/** The header that has a file saved under a chapter's title and its own name, in any script (RFC 6266, RFC 5987). */
export function attachmentHeader(title: string, name: string): string {
  const full = `${title.replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]+/gu, ' ').trim()} ${name}`.trim();
  const encoded = encodeURIComponent(full).replace(
    beyondUrl,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${name}"; filename*=UTF-8''${encoded}`;
}
