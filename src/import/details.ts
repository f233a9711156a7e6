import { fencedLines } from './fences.ts';
import { cutIndent, indentOf } from './indent.ts';
import { nameLikeness } from './names.ts';
import { isAnswerLabel, isOwnLabel } from './outline.ts';
import { isAsked } from './question-text.ts';

/** `<details>` with what stands before and behind it on its line. */
const detailsTag = /^(\s*)((?:[-*+]|\d{1,9}[.)])\s+)?<details\b[^<>]*>\s*(.*)$/iu;
const summaryTag = /^(\s*)<summary\b[^<>]*>(.*?)<\/summary\s*>\s*(.*)$/iu;
/** A toggle on one line. */
const wholeToggle =
  /^(\s*)((?:[-*+]|\d{1,9}[.)])\s+)?<details\b[^<>]*>\s*<summary\b[^<>]*>(.*?)<\/summary\s*>\s*(\S.*?)\s*<\/details\s*>$/iu;
const closingTag = /^\s*<\/details\s*>\s*$/iu;
const level = 4;
/** Deeper toggles stay as they are written. */
const deepest = 6;

/** What a toggle's summary is: a question, a name, a label of an answer; null where it is part of a text. */
type ToggleKind = 'question' | 'name' | 'label' | null;

interface Toggle {
  kind: ToggleKind;
  /** Where its bullet stands. */
  indent: number;
  /** The line that closes it. */
  end: number;
  /** Columns by which its content moves; known at its first line. */
  shift: number | null;
}

interface Opening {
  indent: number;
  marker: string;
  title: string;
  /** The line of the summary. */
  line: number;
  rest: string;
}

function textOfSummary(html: string): string {
  return html.replace(/<\/?[a-z][^<>]*>/giu, '').trim();
}

function kindOfSummary(title: string): ToggleKind {
  if (isAnswerLabel(title) || isOwnLabel(title)) return 'label';
  if (isAsked(title)) return 'question';
  return nameLikeness(title) > 0 ? 'name' : null;
}

/** A toggle on one line as a label with its text; null where its summary is none. */
function labelOnLine(line: string): string | null {
  const [, before = '', marker = '- ', title = '', text = ''] = wholeToggle.exec(line.trimEnd()) ?? [];
  const label = textOfSummary(title);
  const isLabel = isAnswerLabel(label) || isOwnLabel(label) || nameLikeness(label) === 1;
  return isLabel ? `${before}${marker}${label}: ${text}` : null;
}

/** A toggle that opens on a line, its summary on the same or the next. */
function openingAt(lines: readonly string[], index: number): Opening | null {
  const [, before = '', marker = '', behind = ''] = detailsTag.exec(lines[index] ?? '') ?? [];
  if (!detailsTag.test(lines[index] ?? '')) return null;
  const line = behind.trim() === '' ? index + 1 : index;
  const [, , title = '', rest = ''] = summaryTag.exec(line === index ? behind : (lines[line] ?? '')) ?? [];
  if (title === '') return null;
  return { indent: indentOf(`${before}.`), marker, title: textOfSummary(title), line, rest: rest.trim() };
}

/** The closing line of each toggle by its opening one; one that is never closed is none. */
function closingLines(lines: readonly string[]): Map<number, number> {
  const isCode = fencedLines(lines);
  const open: number[] = [];
  const ends = new Map<number, number>();
  for (const [index, line] of lines.entries()) {
    if (isCode[index]) continue;
    if (/<details\b/iu.test(line) && !/<\/details/iu.test(line)) open.push(index);
    const start = closingTag.test(line) ? open.pop() : undefined;
    if (start !== undefined) ends.set(start, index);
  }
  return ends;
}

/** Lines as they are read, with the toggles that are open. */
class Toggles {
  readonly #open: Toggle[] = [];

  open(toggle: Toggle): void {
    this.#open.push(toggle);
  }

  /** The toggle that closes on a line. */
  closeAt(index: number): Toggle | null {
    return this.#open.at(-1)?.end === index ? (this.#open.pop() ?? null) : null;
  }

  /** What a toggle is where it opens; a name or question inside of one of its kind is part of a text. */
  kindOf({ title, rest, indent, marker }: Opening): ToggleKind {
    const kind = kindOfSummary(title);
    if (rest !== '' || this.#open.length >= deepest) return null;
    if (kind === null || kind === 'label') return kind;
    const isInBullet = this.#open.length === 0 && indent > 0 && marker === '';
    // Inside of a question, only what is a full name for certain opens somebody's part.
    const isUnsure = kind === 'name' && this.#open.length > 0 && nameLikeness(title) < 1;
    return isInBullet || isUnsure || this.#open.some((own) => own.kind === kind || own.kind === null)
      ? null
      : kind;
  }

  /** Where a line in the innermost toggle belongs, and its text. */
  place(line: string): string {
    const toggle = this.#open.findLast(({ kind }) => kind !== null);
    if (!toggle || line.trim() === '') return line;
    const column = indentOf(line);
    const target = toggle.indent + level;
    toggle.shift ??= target - column;
    const indent = Math.max(target, column + toggle.shift);
    return ' '.repeat(indent) + cutIndent(line, column);
  }
}

/**
 * `<details>` whose summaries are questions, names or labels of answers, as bullets with what stands in them below.
 * Keeps the number of lines; what stands inside is moved, not changed.
 */
export function plainToggles(lines: readonly string[]): string[] {
  const ends = closingLines(lines);
  if (ends.size === 0 && !lines.some((line) => /<\/details/iu.test(line))) return [...lines];
  const result = [...lines];
  const code = fencedLines(lines);
  const toggles = new Toggles();
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const isCode = code[index];
    const placed = toggles.place(isCode ? line : (labelOnLine(line) ?? line));
    result[index] = placed;
    const closed = toggles.closeAt(index);
    if (closed) {
      if (closed.kind !== null) result[index] = '';
      continue;
    }
    const end = ends.get(index);
    if (end === undefined) continue;
    const opening = openingAt(lines, index);
    const kind = opening && toggles.kindOf(opening);
    if (!opening || kind === null) {
      toggles.open({ indent: 0, kind: null, shift: null, end });
      continue;
    }
    const indent = indentOf(placed);
    if (opening.line > index) result[index] = '';
    result[opening.line] = `${' '.repeat(indent)}${opening.marker || '- '}${opening.title}`;
    toggles.open({ indent, kind, shift: null, end });
    index = opening.line;
  }
  return result;
}
