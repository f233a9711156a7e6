import type { ImportWarning } from '../core/chapter.ts';
import type { QuestionNames } from './database-chapter.ts';
import { LineUses } from './line-uses.ts';
import { columnFor } from './notion-databases.ts';
import type { Database, RowPage } from './notion-rows.ts';
import { isAnswerSection } from './outline.ts';
import type { ReadingHints, SourceDocument, TableColumn } from './reader.ts';
import { sliceLines, trimRange } from './slice.ts';

/** The uses of a document's lines, none known yet. */
export function usesOf({ text }: SourceDocument): LineUses {
  return new LineUses(text.split('\n'));
}

/** Marks title and properties of a row's page. */
export function markPage({ taken, propertyLines }: RowPage, uses: LineUses): void {
  if (taken.title) uses.mark({ from: taken.title.line, to: taken.title.line }, { role: 'title' });
  uses.mark(propertyLines, { role: 'property' });
}

/** What a row of a list of questions holds beside its properties that is no model answer. */
function beside({ document }: RowPage, line: number): ImportWarning {
  return {
    code: 'text_ignored',
    file: document.file,
    line,
    message: {
      ko: '질문의 페이지에서 모범답안 제목 밖의 글은 읽지 않았습니다.',
      en: "text on a question's page outside a heading for the model answer was not read.",
    },
  };
}

/** Reads a list of questions: a database without members. @returns what it left out */
export function addListed(
  database: Database,
  questions: QuestionNames,
  hints: ReadingHints,
  uses: Map<string, LineUses>,
): ImportWarning[] {
  const [titleColumn = ''] = database.columns;
  const columnOf = (column: TableColumn) => columnFor(database, column, hints);
  const question = columnOf('question') ?? titleColumn;
  const [number, reference] = [columnOf('number'), columnOf('reference')];
  return database.rows.flatMap(({ values, line, page }) => {
    const value = (column: string | null) => (column === null ? '' : (values.get(column) ?? ''));
    const named = questions.named(value(number), value(question), database.table.path);
    const answer = named.text === '' ? null : questions.add(named, database.table.file, line ?? 1);
    if (answer?.text === '') answer.text = value(reference);
    if (!page) return [];
    const { taken, document, propertyLines } = page;
    const own = usesOf(document);
    uses.set(document.file, own);
    markPage(page, own);
    const heading = taken.places.find(({ kind, written }) => kind === 'heading' && isAnswerSection(written));
    if (heading && answer) {
      const body = trimRange({ from: heading.from + 1, to: taken.body.to }, taken.source);
      const text = sliceLines(taken.source, body, 0);
      if (text !== '') Object.assign(answer, { file: document.file, line: heading.from, text, body });
    }
    const from = Math.max(taken.body.from, propertyLines.to + 1);
    const rest = trimRange({ from, to: heading ? heading.from - 1 : taken.body.to }, taken.source);
    own.mark(rest, { role: 'ignored' });
    return rest.from <= rest.to ? [beside(page, rest.from)] : [];
  });
}
