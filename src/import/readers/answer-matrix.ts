import type { Localized } from '../../core/localized.ts';
import { counted } from '../../core/plural.ts';
import { formColumns } from '../form-columns.ts';
import { beginningOfCsv, csvGrid, type Grid } from '../grid.ts';
import { LineUses } from '../line-uses.ts';
import { type MembersAcross, type MembersDown, matrixLayout } from '../matrix-layout.ts';
import { type PageMatrix, readMatrixPage } from '../matrix-page.ts';
import { pageWords } from '../page-words.ts';
import { pipeTables, type TablePage } from '../pipe-tables.ts';
import { readMatrix } from '../read-matrix.ts';
import type { ChapterReader, ReadChapter, ReadingHints, Recognition, SourceDocument } from '../reader.ts';
import { splitSections, titleOfFile } from '../split-sections.ts';
import { isTableFile } from '../table-file.ts';
import { isJsonl } from '../table-row.ts';
import { withUses } from '../table-uses.ts';

type Layout = MembersAcross | MembersDown;

/** The line below a table's header. */
const delimiterRow = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[ \t:|-]*$/mu;

/** Rows that tell how a table lies. */
const tellingRows = 50;

function whyOf({ members, columns }: Layout): Localized {
  const count = columns.length;
  return members === 'across'
    ? {
        ko: `질문이 한 줄에 하나씩, 멤버 ${count}명이 칸으로 있는 표입니다.`,
        en: `a table with one question on each row and a column for each of ${counted(count, 'member')}.`,
      }
    : {
        ko: `멤버가 한 줄에 한 명씩, 질문 ${count}개가 칸으로 있는 표입니다.`,
        en: `a table with one member on each row and a column for each of ${counted(count, 'question')}.`,
      };
}

function readCsv({ text, file }: SourceDocument, layout: Layout, hints: ReadingHints): ReadChapter[] {
  const grid = csvGrid(text, file);
  if (!grid) return [];
  const lines = text.split('\n');
  const uses = new LineUses(lines);
  const title = titleOfFile(file);
  return withUses(readMatrix({ file, title, grid, layout, models: [], uses, hints }), file, lines, uses);
}

/** How much of a page stands in its matrices, model answers apart: 0 to 1. */
function shareOfPage(
  { source, sections }: TablePage,
  { file, hints, matrices }: { file: string; hints: ReadingHints; matrices: readonly PageMatrix[] },
): number {
  const answers = splitSections(sections, { file }, pageWords(hints), source).answers.flat();
  const [from, to] = [answers[0]?.from ?? 0, answers.at(-1)?.to ?? 0];
  const others = source.filter((line, index) => line.trim() !== '' && (index + 1 < from || index + 1 > to));
  const inTables = matrices.reduce((sum, { grid: { header, rows } }) => {
    return sum + header.to - header.from + 1 + rows.length;
  }, 0);
  return Math.min(1, inTables / Math.max(1, others.length));
}

/** A sheet with time stamps or addresses is a form's. */
function isOfForm(grid: Grid, hints: ReadingHints): boolean {
  const { time, email } = formColumns(grid, hints);
  return time !== null || email !== null;
}

function recogniseCsv(document: SourceDocument, hints: ReadingHints): Recognition | null {
  const grid = isJsonl(document.text) ? null : beginningOfCsv(document.text, tellingRows);
  const layout = grid && matrixLayout(grid, hints);
  if (!grid || !layout) return null;
  return {
    sureness: isOfForm(grid, hints) ? 0.2 : layout.sureness,
    why: whyOf(layout),
    files: [document.file],
    read: () => readCsv(document, layout, hints),
  };
}

/** A chapter's part of a page with its lines where they stand on the page, and the line of its title there. */
function inPlace({ text, pageLines, titleLine }: SourceDocument): { text: string; titleLine?: number } {
  if (!pageLines) return { text };
  const lines = new Array<string>(pageLines.at(-1) ?? 0).fill('');
  for (const [index, line] of text.split('\n').entries()) lines[(pageLines[index] ?? 1) - 1] = line;
  const title = pageLines[(titleLine ?? 0) - 1];
  return { text: lines.join('\n'), ...(title === undefined ? {} : { titleLine: title }) };
}

function recognisePage(document: SourceDocument, hints: ReadingHints): Recognition | null {
  // Most pages have no table, and need not be taken apart for one.
  if (!delimiterRow.test(document.text)) return null;
  const { file } = document;
  const { text, titleLine } = inPlace(document);
  const page = pipeTables(text);
  const matrices = page.tables.flatMap((table): PageMatrix[] => {
    const layout = matrixLayout(table.grid, hints);
    return layout ? [{ ...table, layout }] : [];
  });
  const [first] = matrices;
  if (!first) return null;
  return {
    // A table among much else may belong to somebody's answer.
    sureness: first.layout.sureness * (0.5 + shareOfPage(page, { file, hints, matrices }) / 2),
    why: whyOf(first.layout),
    files: [file],
    read: () => readMatrixPage({ ...page, file, text, titleLine, matrices, hints }),
  };
}

/** Questions against members, in whichever direction: a CSV table, or a table on a Markdown page. */
export const answerMatrix: ChapterReader = {
  name: 'answer-matrix',
  about: {
    ko: '질문과 멤버를 가로세로에 놓은 표(CSV, Markdown)',
    en: 'a table of questions against members, in either direction (CSV, Markdown)',
  },
  recognise(documents, hints): Recognition | null {
    const [document, ...others] = documents;
    if (!document || others.length > 0) return null;
    return isTableFile(document.path) ? recogniseCsv(document, hints) : recognisePage(document, hints);
  },
};
