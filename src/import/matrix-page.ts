import { InputError } from '../core/errors.ts';
import { LineUses } from './line-uses.ts';
import type { MembersAcross, MembersDown } from './matrix-layout.ts';
import { readModelAnswers } from './model-answers.ts';
import { isAnswerSection, type Section } from './outline.ts';
import { pageWords } from './page-words.ts';
import type { PageTable, TablePage } from './pipe-tables.ts';
import { readMatrix } from './read-matrix.ts';
import type { ReadChapter, ReadingHints } from './reader.ts';
import { splitSections, titleOfFile } from './split-sections.ts';
import { withUses } from './table-uses.ts';

/** A table of a page that is a matrix. */
export interface PageMatrix extends PageTable {
  layout: MembersAcross | MembersDown;
}

interface PageOfMatrices extends Pick<TablePage, 'source' | 'sections'> {
  file: string;
  text: string;
  /** The line of the chapter's title, where that is known. */
  titleLine?: number | undefined;
  matrices: readonly PageMatrix[];
  hints: ReadingHints;
}

function titleSection({ sections, titleLine }: PageOfMatrices): Section | undefined {
  if (titleLine !== undefined) return sections.find(({ line }) => line === titleLine);
  const [first] = sections.filter(({ title }) => title !== '');
  return first && !isAnswerSection(first.title) ? first : undefined;
}

/** Titles of the chapters; of several tables each has that of its section, since each is a chapter. */
function titlesOf(page: PageOfMatrices): string[] {
  const { file, matrices } = page;
  const whole = titleSection(page)?.title ?? titleOfFile(file);
  if (matrices.length === 1) return [whole];
  const seen = new Map<string, number>();
  return matrices.map(({ section }) => {
    const title = section.title || whole;
    const count = (seen.get(title) ?? 0) + 1;
    seen.set(title, count);
    return count === 1 ? title : `${title} (${count})`;
  });
}

/** Marks headings. */
function markHeadings(uses: LineUses, page: PageOfMatrices, answers: readonly Section[]) {
  const { sections, matrices } = page;
  const title = titleSection(page);
  const known = new Set([...matrices.map(({ section }) => section), ...answers.slice(0, 1)]);
  for (const section of sections) {
    if (section.title === '') continue;
    const isHeading = known.has(section) || section.content.length === 0;
    if (section === title) uses.mark({ from: section.line, to: section.line }, { role: 'title' });
    else if (isHeading) uses.mark({ from: section.line, to: section.line }, { role: 'heading' });
  }
}

/**
 * Makes sure that every row of a table has its cells under the names they belong to.
 * @throws InputError with the line of a row that has more cells than there are columns
 */
function refuseBars({ grid }: PageMatrix, file: string): void {
  const long = grid.rows.find(({ cells }) => cells.length > grid.header.cells.length);
  if (!long) return;
  throw new InputError(
    {
      ko: '이 줄은 첫 줄보다 칸이 많아 어느 칸이 누구의 답인지 알 수 없습니다. 글 안의 |는 \\|로 적으세요.',
      en: 'this row has more cells than the first one, so whose answer is whose cannot be told; write a bar within a text as \\|.',
    },
    { place: { file, line: long.from } },
  );
}

/**
 * Reads the matrices of a Markdown page, a chapter each; one may have its model answers in a section of their own.
 * What else stands there is named in warnings.
 * @throws InputError with the line of a row whose cells cannot be told apart
 */
export function readMatrixPage(page: PageOfMatrices): ReadChapter[] {
  const { file, text, source, sections, matrices, hints } = page;
  for (const matrix of matrices) refuseBars(matrix, file);
  const lines = text.split('\n');
  const uses = new LineUses(lines);
  const titles = titlesOf(page);
  const answers =
    matrices.length === 1 ? splitSections(sections, { file }, pageWords(hints), source).answers.flat() : [];
  const models = readModelAnswers(answers, source, file);
  const chapters = matrices.flatMap(({ grid, layout }, index) =>
    readMatrix({ file, title: titles[index] ?? '', grid, layout, models, uses, hints }),
  );
  markHeadings(uses, page, answers);
  return withUses(chapters, file, lines, uses);
}
