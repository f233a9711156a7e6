import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import { shorten } from '../core/sentences.ts';
import { foldedName, type TableRow } from './table-row.ts';

/** The names under which each field of a table is accepted; the first is the usual one. */
export type FieldNames<Field extends string> = Readonly<Record<Field, readonly [string, ...string[]]>>;

/** The values of one record, read with a check; `file` is named in errors. */
export interface FieldReader<Field extends string> {
  file: string;
  row: TableRow;
  names: FieldNames<Field>;
}

/** An error in a record, with file and line. */
export function rowError(
  { file, row }: Pick<FieldReader<string>, 'file' | 'row'>,
  text: Localized,
  line = row.line,
): InputError {
  return new InputError(text, { place: { file, line } });
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** The name to call a field by: the one that has a value in the record, else one it has, else the usual one. */
function shownName<Field extends string>({ row, names: all }: FieldReader<Field>, field: Field): string {
  const names = all[field];
  const present = names.filter((name) => row.fields.has(foldedName(name)));
  return present.find((name) => !isBlank(row.fields.get(foldedName(name)))) ?? present[0] ?? names[0];
}

/** What a record holds for a field under any of its names; null where there is nothing or a blank. */
export function rawField<Field extends string>(reader: FieldReader<Field>, field: Field): unknown {
  const value = reader.row.fields.get(foldedName(shownName(reader, field)));
  return isBlank(value) ? null : value;
}

/** Accepted names that an error tells; the others are variations. */
const namesShown = 7;

/**
 * Makes sure that a record names a field.
 * @throws InputError with the names that are accepted
 */
export function requireField<Field extends string>(reader: FieldReader<Field>, field: Field): void {
  const names = reader.names[field];
  if (names.some((name) => reader.row.fields.has(foldedName(name)))) return;
  const others = names.length > namesShown ? `${names.slice(0, namesShown).join(', ')}, …` : names.join(', ');
  throw rowError(
    reader,
    {
      ko: `"${names[0]}" 항목이 없습니다. 쓸 수 있는 이름: ${others}.`,
      en: `the field "${names[0]}" is missing; accepted names: ${others}.`,
    },
    reader.row.namesLine,
  );
}

/**
 * A text as it stands in the record (numbers and yes/no as they are written); null where it is blank.
 * @throws InputError when it is a list or an object
 */
export function textField<Field extends string>(reader: FieldReader<Field>, field: Field): string | null {
  const value = rawField(reader, field);
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const name = shownName(reader, field);
  throw rowError(reader, {
    ko: `"${name}"은(는) 글이어야 합니다. 목록이나 객체는 쓸 수 없습니다.`,
    en: `"${name}" must be a text, not a list or an object.`,
  });
}

/** Characters of a wrong value that an error shows. */
const longestShown = 40;

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;
/** Spreadsheets of much of Europe; three digits after the comma might as well be thousands. */
const decimalComma = /^([+-]?\d+),(\d{1,2})$/u;

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value.trim().replace(decimalComma, '$1.$2') : '';
  return decimal.test(text) ? Number(text) : Number.NaN;
}

/**
 * A number from 0 to `most`; null where the record has none.
 * @throws InputError when it is no number or lies outside
 */
export function numberField<Field extends string>(
  reader: FieldReader<Field>,
  field: Field,
  most: number,
): number | null {
  const value = rawField(reader, field);
  if (value === null) return null;
  const number = numberOf(value);
  const name = shownName(reader, field);
  const shown = shorten(typeof value === 'string' ? value : JSON.stringify(value), longestShown);
  if (!Number.isFinite(number)) {
    throw rowError(reader, {
      ko: `"${name}"이(가) 숫자가 아닙니다(${shown}). 2나 1.5처럼 적으세요.`,
      en: `"${name}" is not a number (${shown}); write it like 2 or 1.5.`,
    });
  }
  if (number < 0 || number > most) {
    const range = `0–${Number.isFinite(most) ? most : '∞'}`;
    throw rowError(reader, {
      ko: `"${name}"의 값 ${shown}은(는) 범위(${range})를 벗어났습니다. 점수와 만점을 확인하세요.`,
      en: `"${name}" is ${shown}, outside ${range}; check the mark and the maximum.`,
    });
  }
  return number;
}

/**
 * A number from 0 to `most` that every record must have.
 * @throws InputError when it is missing, no number or outside
 */
export function requiredNumber<Field extends string>(
  reader: FieldReader<Field>,
  field: Field,
  most: number,
): number {
  const number = numberField(reader, field, most);
  if (number !== null) return number;
  const name = shownName(reader, field);
  throw rowError(reader, {
    ko: `"${name}"이(가) 비어 있습니다. 답마다 숫자로 적으세요.`,
    en: `"${name}" is blank; give a number for every answer.`,
  });
}
