import type { Chapter } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import { AnswerChapters } from './answer-chapters.ts';
import { AnswerColumns } from './answer-columns.ts';
import { LineUses } from './line-uses.ts';
import type { ReadChapter, ReadingHints } from './reader.ts';
import { titleOfFile } from './split-sections.ts';
import { rowPlaces } from './table-questions.ts';
import { isJsonl, type TableRow } from './table-row.ts';
import { withUses } from './table-uses.ts';

/** What to say of a table in which no member has a row. */
function withoutAnswers(file: string): InputError {
  return new InputError(
    {
      ko: '멤버의 답이 하나도 없는 파일입니다. 한 줄에 답 하나씩, member와 question_id, answer 칸을 적으세요.',
      en: 'the file has no answer of a member; write one answer on each row, with member, question_id and answer.',
    },
    { place: { file } },
  );
}

/** A table with one answer on each row, read row by row. */
export class AnswerTable {
  readonly #file: string;
  readonly #columns: AnswerColumns;
  readonly #chapters: AnswerChapters;
  #namesLine: number | null = null;
  #firstLine = 0;

  constructor(file: string, hints: ReadingHints) {
    this.#file = file;
    this.#columns = new AnswerColumns(file, hints);
    this.#chapters = new AnswerChapters(titleOfFile(file), hints, rowPlaces);
  }

  /** @throws InputError naming file and line when the row cannot be understood */
  add(row: TableRow): void {
    if (this.#namesLine === null) {
      this.#namesLine = row.namesLine;
      this.#firstLine = row.line;
    }
    this.#chapters.add(this.#columns.read(row));
  }

  /** @throws InputError when there are no answers */
  finish(): Chapter[] {
    const chapters = this.#chapters.finish(this.#columns.warnings);
    if (chapters.length === 0) throw withoutAnswers(this.#file);
    return chapters;
  }

  /**
   * {@link finish}, with what each line was taken for.
   * @param text of the table
   * @throws InputError when there are no answers
   */
  finishWithUses(text: string): ReadChapter[] {
    const chapters = this.finish();
    const lines = text.split('\n');
    const uses = new LineUses(lines);
    if (!isJsonl(text))
      uses.mark({ from: this.#namesLine ?? 1, to: this.#firstLine - 1 }, { role: 'property' });
    this.#chapters.markUses(uses);
    return withUses(chapters, this.#file, lines, uses);
  }
}
