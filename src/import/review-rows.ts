import type { AttemptKind } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import { markedRows } from './marked-rows.ts';
import { foldedName, type TableRow } from './table-row.ts';

/** A row of a review sheet that holds a decision. */
export interface ReviewedRow {
  line: number;
  chapter: string;
  member: string;
  question: number;
  attempt: AttemptKind;
  /** 0 to 100. */
  override: number;
  reason: string;
  /** Blank where the sheet names nobody. */
  by: string;
  /** Fingerprint of the answer that was looked at; null where the sheet has none. */
  answerVersion: string | null;
  /** When the decision that the sheet was made with was made, blank where there was none; null without the column. */
  decidedAt: string | null;
}

function cell(row: TableRow, name: string): string {
  const value = row.fields.get(foldedName(name));
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  // The export puts an apostrophe before what a spreadsheet would take for a formula.
  return text
    .trim()
    .replace(/^'(?=[=+\-@＝＋－＠])/u, '')
    .normalize('NFC');
}

function fault(file: string, row: TableRow, text: Localized): InputError {
  return new InputError(text, { place: { file, line: row.line } });
}

function readRow(row: TableRow, file: string): ReviewedRow {
  const question = Number(cell(row, 'question'));
  const override = Number(cell(row, 'override').replace(',', '.'));
  const attempt = cell(row, 'attempt') || 'first';
  const [chapter, member, reason] = [cell(row, 'chapter'), cell(row, 'member'), cell(row, 'reason')];
  if (member === '' || !Number.isInteger(question) || question < 1) {
    throw fault(file, row, {
      ko: '누구의 몇 번 답인지 알 수 없습니다. member와 question 칸을 확인하세요.',
      en: 'this row does not say whose answer it is about; check the columns member and question.',
    });
  }
  if (attempt !== 'first' && attempt !== 'revised') {
    throw fault(file, row, {
      ko: `attempt 칸의 "${attempt}"을(를) 알 수 없습니다. first나 revised로 적으세요.`,
      en: `the attempt "${attempt}" is not known; write first or revised.`,
    });
  }
  if (!Number.isFinite(override) || override < 0 || override > 100) {
    throw fault(file, row, {
      ko: 'override 칸에는 0부터 100까지의 점수를 적으세요.',
      en: 'the column override takes a score from 0 to 100.',
    });
  }
  if (reason === '') {
    throw fault(file, row, {
      ko: 'override를 적은 줄에는 reason(이유)도 적으세요.',
      en: 'a row with an override needs a reason.',
    });
  }
  const answerVersion = cell(row, 'answerVersion') || null;
  const decidedAt = row.fields.has(foldedName('decidedAt')) ? cell(row, 'decidedAt') : null;
  return {
    line: row.line,
    chapter,
    member,
    question,
    attempt,
    override,
    reason,
    by: cell(row, 'by'),
    answerVersion,
    decidedAt,
  };
}

/**
 * The decisions in a review sheet: the rows whose `override` is filled in.
 * @throws InputError naming file and line when a row cannot be understood
 */
export function readReviewRows(text: string, file: string): ReviewedRow[] {
  const rows = markedRows(text, file);
  const [first] = rows;
  if (first && !first.fields.has('override')) {
    throw fault(file, first, {
      ko: 'override 칸이 없습니다. "review export"로 만든 표를 쓰세요.',
      en: 'there is no column override; use a sheet made by "review export".',
    });
  }
  return rows.filter((row) => cell(row, 'override') !== '').map((row) => readRow(row, file));
}
