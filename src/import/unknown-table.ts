import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import { shorten } from '../core/sentences.ts';
import { refuseNoTable } from './csv-rows.ts';
import { hasKnownColumn } from './first-row.ts';
import { beginningOfCsv, csvGrid } from './grid.ts';
import type { ReadingHints, SourceDocument } from './reader.ts';
import { isAddress } from './respondents.ts';
import { shownColumn } from './table-columns.ts';

/** A table whose first row may well be an answer. */
function namelessColumns(seen: string): Localized {
  return {
    ko: `첫 줄의 칸(${seen}) 가운데 누가 쓴 답인지 알려 주는 것이 없으니, 첫 줄에 칸 이름(member나 이름, question이나 질문, answer나 답)을 적거나 import.yaml의 columns:에 어느 칸이 무엇인지 적으세요.`,
    en: `none of the columns in the first row (${seen}) says who wrote the answers; put names of columns there (such as member, question and answer), or say under columns: in import.yaml which column holds what.`,
  };
}

/** Characters of a column's name that are shown: without a header it is somebody's text. */
const longestName = 40;

function nameOf(text: string, index: number): string {
  return shownColumn(isAddress(text) ? '…' : shorten(text, longestName), index);
}

/**
 * What to say of a table whose columns do not tell what it holds.
 * @throws InputError where it is no table at all, or a quote hides its columns
 */
export function unknownTable({ text, file }: SourceDocument, hints: ReadingHints): InputError {
  refuseNoTable(text, file);
  const header = (beginningOfCsv(text, 0) ?? csvGrid(text, file))?.header;
  const line = header?.from ?? 1;
  const names = (header?.cells ?? []).map((cell) => cell.text);
  const seen = names.map(nameOf).join(', ');
  if (!hasKnownColumn(names, hints)) return new InputError(namelessColumns(seen), { place: { file, line } });
  return new InputError(
    {
      ko: `답이 든 표인지 칸의 이름으로 알 수 없습니다. 본 칸: ${seen}. 한 줄에 답 하나라면 member, question(또는 no), answer 칸이, 한 줄에 멤버 하나라면 이름 칸과 질문마다 한 칸이, 한 줄에 질문 하나라면 질문 칸과 멤버마다 한 칸이 있어야 합니다. 이름이 다르면 import.yaml의 columns:에 적으세요.`,
      en: `the names of its columns do not tell that this table holds answers; it has ${seen}. With one answer on each row it needs the columns member, question (or no) and answer; with one member on each row, a column name and one for each question; with one question on each row, a column question and one for each member. Columns of other names go under columns: in import.yaml.`,
    },
    { place: { file, line } },
  );
}
