import { type Chapter, chapterIdOf, type ImportWarning } from '../core/chapter.ts';
import type { AnswerRow } from './answer-row.ts';
import type { LineUses } from './line-uses.ts';
import { type MemberNames, memberNames } from './member-names.ts';
import type { ReadingHints } from './reader.ts';
import { TableChapter } from './table-chapter.ts';
import type { QuestionPlaces } from './table-questions.ts';

function notListed(member: string, line: number): ImportWarning {
  return {
    code: 'member_not_listed',
    line,
    message: {
      ko: `"${member}"은(는) 멤버 목록에 없어 그 답을 읽지 않았습니다. 멤버라면 import.yaml의 members:나 aliases:에 적으세요.`,
      en: `"${member}" is not on the list of members, so these answers were not read; a member's name goes under members: or aliases: in import.yaml.`,
    },
  };
}

/** The chapters of a table, built answer by answer. */
export class AnswerChapters {
  readonly #ownTitle: string;
  readonly #places: QuestionPlaces;
  readonly #members: MemberNames;
  readonly #chapters = new Map<string, TableChapter>();
  readonly #byTitle = new Map<string, TableChapter>();
  readonly #strangers = new Map<string, ImportWarning>();
  readonly #leftOut: { from: number; to: number }[] = [];

  constructor(title: string, hints: ReadingHints, places: QuestionPlaces) {
    this.#ownTitle = title;
    this.#places = places;
    this.#members = memberNames(hints);
  }

  add(row: AnswerRow): void {
    const chapter = this.#chapterOf(row.chapter || this.#ownTitle);
    const member = row.member === '' ? '' : this.#members(row.member);
    if (member !== null) {
      chapter.add(member === row.member ? row : { ...row, member });
      return;
    }
    if (!this.#strangers.has(row.member)) this.#strangers.set(row.member, notListed(row.member, row.line));
    this.#leftOut.push({ from: row.line, to: row.lastLine });
    chapter.add({ ...row, member: '', answer: '' });
  }

  #chapterOf(title: string): TableChapter {
    const known = this.#byTitle.get(title);
    if (known) return known;
    const id = chapterIdOf(title);
    const chapter = this.#chapters.get(id) ?? new TableChapter(title, this.#places);
    this.#chapters.set(id, chapter);
    this.#byTitle.set(title, chapter);
    return chapter;
  }

  #withAnswers(): TableChapter[] {
    return [...this.#chapters.values()].filter((chapter) => chapter.hasAnswers);
  }

  /**
   * The chapters that have answers, in the order of their first rows.
   * @param others warnings of the whole table, which the first chapter tells
   */
  finish(others: readonly ImportWarning[]): Chapter[] {
    return this.#withAnswers().map((own, index) => {
      const chapter = own.finish();
      if (index > 0) return chapter;
      const warnings = [...others, ...this.#strangers.values(), ...chapter.warnings];
      return { ...chapter, warnings: warnings.sort((a, b) => a.line - b.line) };
    });
  }

  /** Marks the lines of the rows with what they were taken for. */
  markUses(uses: LineUses): void {
    for (const range of this.#leftOut) uses.mark(range, { role: 'ignored' });
    for (const chapter of this.#chapters.values()) chapter.markUses(uses);
  }
}
