import { InputError } from '../core/errors.ts';
import { refuseNoTable } from './csv-rows.ts';
import { beginningOfCsv, csvGrid } from './grid.ts';
import type { SourceDocument } from './reader.ts';
import { shownColumn } from './table-columns.ts';

/**
 * What to say of a table whose columns do not tell what it holds.
 * @throws InputError where it is no table at all, or a quote hides its columns
 */
export function unknownTable({ text, file }: SourceDocument): InputError {
  refuseNoTable(text, file);
  const header = (beginningOfCsv(text, 0) ?? csvGrid(text, file))?.header;
  const line = header?.from ?? 1;
  const seen = (header?.cells ?? []).map((cell, index) => shownColumn(cell.text, index)).join(', ');
  return new InputError(
    {
      ko: `답이 든 표인지 칸의 이름으로 알 수 없습니다. 본 칸: ${seen}. 한 줄에 답 하나라면 member, question(또는 no), answer 칸이, 한 줄에 멤버 하나라면 이름 칸과 질문마다 한 칸이, 한 줄에 질문 하나라면 질문 칸과 멤버마다 한 칸이 있어야 합니다. 이름이 다르면 import.yaml의 columns:에 적으세요.`,
      en: `the names of its columns do not tell that this table holds answers; it has ${seen}. With one answer on each row it needs the columns member, question (or no) and answer; with one member on each row, a column name and one for each question; with one question on each row, a column question and one for each member. Columns of other names go under columns: in import.yaml.`,
    },
    { place: { file, line } },
  );
}
