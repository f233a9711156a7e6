import type { ImportWarning } from '../core/chapter.ts';
import { type AnswerRow, readAnswerRow } from './answer-row.ts';
import type { ReadingHints, TableColumn } from './reader.ts';
import {
  type ColumnNames,
  type ColumnRoles,
  columnNames,
  columnRoles,
  ignoredColumns,
  refuseMissingColumns,
  shownColumn,
} from './table-columns.ts';
import { foldedName, type TableRow } from './table-row.ts';

function presentOnly(names: ColumnNames, present: ReadonlySet<string>): ColumnNames {
  const narrow = ([first, ...others]: readonly [string, ...string[]]): [string, ...string[]] => {
    const [found = first, ...rest] = [first, ...others].filter((name) => present.has(foldedName(name)));
    return [found, ...rest];
  };
  return {
    chapter: narrow(names.chapter),
    member: narrow(names.member),
    number: narrow(names.number),
    question: narrow(names.question),
    answer: narrow(names.answer),
    reference: narrow(names.reference),
    attempt: narrow(names.attempt),
  };
}

/** Two columns that hold the same. */
function spare(first: string, later: string, line: number): ImportWarning {
  const isSame = foldedName(first) === foldedName(later);
  return {
    code: 'column_ignored',
    line,
    message: {
      ko: isSame
        ? `"${first}" 칸이 두 번 있습니다. 앞의 칸이 빈 줄에서만 뒤의 칸을 읽습니다.`
        : `"${first}" 칸과 "${later}" 칸은 같은 것을 담습니다. "${first}" 칸이 빈 줄에서만 "${later}" 칸을 읽습니다.`,
      en: isSame
        ? `there are two columns "${first}"; the later one is read only where the earlier one is blank.`
        : `the columns "${first}" and "${later}" hold the same; "${later}" is read only where "${first}" is blank.`,
    },
  };
}

/** Reads the rows of a table with one answer on each, and notices columns that nothing is read from. */
export class AnswerColumns {
  readonly warnings: ImportWarning[] = [];
  readonly #file: string;
  readonly #hints: ReadingHints;
  readonly #names: ColumnNames;
  readonly #roles: ColumnRoles;
  readonly #known = new Map<string, ColumnNames>();
  readonly #reported = new Set<string>();
  #last: { names: readonly string[]; present: ColumnNames } | null = null;

  constructor(file: string, hints: ReadingHints) {
    this.#file = file;
    this.#hints = hints;
    this.#names = columnNames(hints);
    this.#roles = columnRoles(this.#names);
  }

  /** @throws InputError as {@link readAnswerRow} */
  read(row: TableRow): AnswerRow {
    if (this.#last?.names !== row.names) this.#last = { names: row.names, present: this.#presentIn(row) };
    return readAnswerRow(row, this.#file, this.#names, this.#last.present);
  }

  #presentIn({ names, namesLine }: TableRow): ColumnNames {
    const key = names.join('\n');
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size === 0) refuseMissingColumns(names, this.#hints, this.#file);
    this.#report(names, namesLine);
    const present = presentOnly(this.#names, new Set(names.map(foldedName)));
    this.#known.set(key, present);
    return present;
  }

  /** Each column once, however many records of JSONL have it. */
  #report(names: readonly string[], line: number): void {
    const first = new Map<TableColumn, string>();
    const unknown: string[] = [];
    for (const [index, name] of names.entries()) {
      const role = this.#roles(name);
      const earlier = role && first.get(role);
      if (role && !earlier) first.set(role, name);
      const isNew = !this.#reported.has(name) || earlier === name;
      this.#reported.add(name);
      if (isNew && earlier) this.warnings.push(spare(earlier, name, line));
      else if (isNew && !role) unknown.push(shownColumn(name, index));
    }
    this.warnings.push(...ignoredColumns(unknown, line));
  }
}
