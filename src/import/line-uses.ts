import type { ImportWarning } from '../core/chapter.ts';
import type { LineUse, UsedLine } from '../core/line-use.ts';
import type { LineRange } from './slice.ts';

/** Lines that hold no content of anybody. */
const markup =
  /^\s*(?:<\/?(?:aside|details|summary|br|callout|empty-block)\b[^<>]*>\s*)+$|^\s*(?:-{3,}|\*{3,}|_{3,}|:{3,}.*|[-*+•]|\d{1,3}[.)])\s*$/iu;
const icon =
  /^\s*(?:>\s*)*(?:\p{Extended_Pictographic}(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\u200D)*|<img\b[^<>]*>)\s*$/u;

/** The uses of a document's lines. Of several marks on a line the first holds. */
export class LineUses {
  readonly #lines: readonly string[];
  readonly #uses: (LineUse | undefined)[];

  readonly #pageLines: readonly number[] | undefined;
  /** The index of each line of the page, where the document is a part of one. */
  readonly #indexes: ReadonlyMap<number, number> | null;

  /**
   * @param lines of the document, as it was handed in
   * @param pageLines the lines of the page that they are, by which they are counted
   */
  constructor(lines: readonly string[], pageLines?: readonly number[]) {
    this.#lines = lines;
    this.#pageLines = pageLines;
    this.#indexes = pageLines ? new Map(pageLines.map((line, index) => [line, index])) : null;
    this.#uses = new Array<LineUse | undefined>(lines.length);
  }

  /** Marks the lines of a range that have no mark yet; blank lines need none. */
  mark({ from, to }: LineRange, use: LineUse): void {
    const last = Math.min(to, this.#lineAt(this.#lines.length - 1));
    for (let line = Math.max(1, from); line <= last; line += 1) {
      const index = this.#indexes ? this.#indexes.get(line) : line - 1;
      if (index !== undefined) this.#uses[index] ??= use;
    }
  }

  #lineAt(index: number): number {
    return this.#pageLines?.[index] ?? index + 1;
  }

  /**
   * Marks what no reader marked: markup as such, and all else as unread.
   * @returns a warning for each run of unread lines, so that nothing is left out silently
   */
  finish(): ImportWarning[] {
    const warnings: ImportWarning[] = [];
    let from: number | null = null;
    let last = 0;
    const end = () => {
      if (from !== null) warnings.push(unread(from, last));
      from = null;
    };
    for (const [index, line] of this.#lines.entries()) {
      if (line.trim() === '') continue;
      if (this.#uses[index]) {
        end();
        continue;
      }
      const isMarkup = markup.test(line) || icon.test(line);
      this.#uses[index] = { role: isMarkup ? 'markup' : 'unread' };
      if (isMarkup) continue;
      from ??= this.#lineAt(index);
      last = this.#lineAt(index);
    }
    end();
    return warnings;
  }

  /** Each line that is not blank, with the use that was made of it. */
  *entries(): Generator<UsedLine> {
    for (const [index, text] of this.#lines.entries()) {
      const use = this.#uses[index];
      if (text.trim() !== '' && use) yield { line: this.#lineAt(index), text, use };
    }
  }
}

function unread(from: number, to: number): ImportWarning {
  const lines = from === to ? String(from) : `${from}-${to}`;
  return {
    code: 'text_not_read',
    line: from,
    message: {
      ko: `${lines}행은 무엇인지 알 수 없어 읽지 않았습니다. 답이라면 어느 멤버의 어느 질문인지 알 수 있는 곳으로 옮기세요.`,
      en: `lines ${lines} were not understood and not read; if this is an answer, move it to where its member and question can be told.`,
    },
  };
}
