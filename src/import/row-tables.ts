import { InputError } from '../core/errors.ts';
import type { ChapterWithReading } from './choose-reader.ts';
import { LineUses } from './line-uses.ts';
import { databasesAmong, narrowerViews } from './notion-databases.ts';
import type { SourceDocument } from './reader.ts';

/** Chapters, and the documents that are left. */
interface Read {
  chapters: ChapterWithReading[];
  rest: SourceDocument[];
}

/** With the tables that show less of another one, and why they are left out. */
interface ReadWithTables extends Read {
  skipped: { file: string; why: InputError }[];
}

function shownElsewhere({ file }: SourceDocument): InputError {
  return new InputError(
    {
      ko: '이름이 같고 _all로 끝나는 표에 이 표의 행이 모두 있어 그쪽을 읽습니다.',
      en: 'the table of the same name with _all holds all of its rows and is read instead.',
    },
    { place: { file } },
  );
}

/** A chapter with a table that says no more than what its pages are. */
function withTable(read: ChapterWithReading, { file, text }: SourceDocument): ChapterWithReading {
  const lines = text.split('\n');
  const uses = new LineUses(lines);
  uses.mark({ from: 1, to: lines.length }, { role: 'property' });
  return { ...read, uses: new Map([...read.uses, [file, uses]]) };
}

/**
 * Counts a database's tables as read whose rows' pages were read, and leaves out tables that only show less of
 * another one.
 * @param documents everything that was handed in
 */
export function withRowTables(
  { chapters, rest }: Read,
  documents: readonly SourceDocument[],
): ReadWithTables {
  const left = new Set(rest);
  const views = new Set(narrowerViews(documents));
  const result = [...chapters];
  const covered = new Set<SourceDocument>();
  for (const { table, views: others, rows } of chapters.length > 0 ? databasesAmong(documents) : []) {
    const files = new Set(rows.flatMap(({ page }) => page?.document.file ?? []));
    const position = result.findIndex(({ uses }) => [...uses.keys()].some((file) => files.has(file)));
    for (const own of [table, ...others].filter((document) => left.has(document))) {
      const read = result[position];
      if (!read) continue;
      result[position] = withTable(read, own);
      covered.add(own);
    }
  }
  const open = rest.filter((document) => !covered.has(document));
  return {
    chapters: result,
    rest: open.filter((document) => !views.has(document)),
    skipped: open
      .filter((document) => views.has(document))
      .map((document) => ({ file: document.file, why: shownElsewhere(document) })),
  };
}
