import { counted } from '../../core/plural.ts';
import { AnswerTable } from '../answer-table.ts';
import { beginningOfCsv } from '../grid.ts';
import { wholeRows } from '../marked-rows.ts';
import type { ChapterReader, ReadingHints, Recognition, SourceDocument, TableColumn } from '../reader.ts';
import { columnNames, columnRoles } from '../table-columns.ts';
import { isTableFile } from '../table-file.ts';
import { isJsonl } from '../table-row.ts';

/** Names of columns that the beginning of a table gives. */
function writtenNames(text: string): string[] {
  if (!isJsonl(text)) return (beginningOfCsv(text, 0)?.header.cells ?? []).map((cell) => cell.text);
  const [line = ''] = text.trimStart().split('\n', 1);
  try {
    return Object.keys(JSON.parse(line));
  } catch {
    return [];
  }
}

/** How sure the columns make it; 0 where fewer than two of the three that are needed are there. */
function surenessOf(roles: ReadonlySet<TableColumn>): number {
  const hasQuestion = roles.has('question') || roles.has('number');
  const found = [roles.has('member'), roles.has('answer'), hasQuestion].filter(Boolean).length;
  if (found === 3) return 0.95;
  return found === 2 ? 0.4 : 0;
}

function readWhole({ text, file }: SourceDocument, hints: ReadingHints) {
  const table = new AnswerTable(file, hints);
  for (const row of wholeRows(text, file)) table.add(row);
  return table.finishWithUses(text);
}

/** One answer on each row: member, question and answer in columns of their own; CSV or JSONL. */
export const answerRows: ChapterReader = {
  name: 'answer-rows',
  about: {
    ko: '한 줄에 답 하나씩 적은 표(CSV, JSONL)',
    en: 'a table with one answer on each row (CSV, JSONL)',
  },
  recognise(documents, hints): Recognition | null {
    const [document, ...others] = documents;
    if (!document || others.length > 0 || !isTableFile(document.path)) return null;
    const { text, file } = document;
    const roleOf = columnRoles(columnNames(hints));
    const known = writtenNames(text).filter((name) => roleOf(name) !== null);
    const roles = new Set(known.map(roleOf).filter((role) => role !== null));
    // JSONL is nothing else, and a table without rows has to be told what is missing.
    const sureness = isJsonl(text) ? Math.max(0.4, surenessOf(roles)) : surenessOf(roles);
    if (sureness === 0) return null;
    return {
      sureness,
      why: {
        ko: `답 하나에 한 줄인 표의 칸 ${known.length}개가 있습니다(${known.join(', ')}).`,
        en: `${counted(known.length, 'column')} of a table with one answer on each row (${known.join(', ')}).`,
      },
      files: [file],
      read: () => readWhole(document, hints),
    };
  },
};
