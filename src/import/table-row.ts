import { InputError } from '../core/errors.ts';
import { remembered } from '../core/remembered.ts';

/** One record of a table: where it begins, and its values by {@link foldedName}. */
export interface TableRow {
  /** The line that names the fields: the header of a CSV file, the record itself in JSONL. */
  namesLine: number;
  /** The names as they are written there. */
  names: readonly string[];
  line: number;
  /** The line that it ends on. */
  lastLine: number;
  fields: ReadonlyMap<string, unknown>;
}

/** A field's name without case, spaces, hyphens, underscores, invisible signs and punctuation at its end. */
export const foldedName = remembered((name) =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_\-\p{Cf}]/gu, '')
    .replace(/[.:：*]+$/u, ''),
);

/** Whether a table is JSONL rather than CSV: its first sign is a brace. */
export function isJsonl(text: string): boolean {
  return text.trimStart().startsWith('{');
}

/**
 * The record on a line of JSONL; null where the line is blank.
 * @throws InputError when it is no JSON object
 */
export function jsonlRow(text: string, line: number, file: string): TableRow | null {
  if (text.trim() === '') return null;
  const place = { file, line };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      {
        ko: 'JSON이 아닌 줄입니다. 한 줄에 JSON 객체 하나씩 적으세요.',
        en: 'this line is not JSON; write one JSON object on each line.',
      },
      { place, cause },
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(
      {
        ko: 'JSON 객체가 아닙니다. {"question": …}처럼 중괄호로 적으세요.',
        en: 'this is not a JSON object; write it in braces, like {"question": …}.',
      },
      { place },
    );
  }
  const fields = Object.entries(value).map(([name, content]) => [foldedName(name), content] as const);
  return { namesLine: line, names: Object.keys(value), line, lastLine: line, fields: new Map(fields) };
}
