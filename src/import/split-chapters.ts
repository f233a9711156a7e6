import { InputError } from '../core/errors.ts';
import { foldLetters } from '../core/fold.ts';
import { chapterMarkOf } from './chapter-title.ts';
import { type Shape, shapesIn } from './labels.ts';
import { nameLikeness } from './names.ts';
import { plainNotation } from './notation.ts';
import { type PageWords, pageWords } from './page-words.ts';
import { isAsked, isAskedTitle, readNumberedText } from './question-text.ts';
import type { ReadingHints, SourceDocument } from './reader.ts';
import type { LineRange } from './slice.ts';

/** A chapter's part of a page. */
interface Part extends LineRange {
  title: Shape;
}

function headingsOf(lines: readonly string[]): Shape[] {
  return [...shapesIn(lines, { from: 1, to: lines.length })].filter(({ form }) => form === 'heading');
}

function likenessOf({ whole }: Shape, words: PageWords): number {
  return words.names.isListed(whole) ? 1 : nameLikeness(whole);
}

/** Headings of level 1 below which the same names return, which look more like names than they. */
function headingsOverNames(headings: readonly Shape[], words: PageWords): Shape[] {
  const top = headings.filter(
    ({ level, whole }) =>
      level === 1 &&
      nameLikeness(whole) < 1 &&
      !isAsked(whole) &&
      !words.isAnswers(whole) &&
      !words.names.isListed(whole),
  );
  const topLines = new Set(top.map(({ line }) => line));
  const seen = new Map<string, Set<number>>();
  let above: Shape | null = null;
  for (const shape of headings) {
    if (shape.level === 1) above = topLines.has(shape.line) ? shape : null;
    else if (above && likenessOf(shape, words) > likenessOf(above, words)) {
      const name = words.names.memberOf(shape.whole) ?? shape.whole;
      seen.set(name, (seen.get(name) ?? new Set()).add(above.line));
    }
  }
  const over = new Set([...seen.values()].filter(({ size }) => size > 1).flatMap((lines) => [...lines]));
  return top.filter(({ line }) => over.has(line));
}

/**
 * The headings that open chapters: of one level, two at least, and named as chapters are or of level 1 over the same
 * names.
 */
function chapterHeadings(headings: readonly Shape[], words: PageWords, file: string): Shape[] {
  const named = headings.filter(({ whole }) => chapterMarkOf(whole) !== null && !isAskedTitle(whole));
  const level = Math.min(...named.map((shape) => shape.level));
  const opening = named.filter((shape) => shape.level === level);
  const different = new Map(opening.map((shape) => [foldLetters(shape.whole), shape]));
  if (different.size < 2) return headingsOverNames(headings, words);
  const again = opening.find((shape) => different.get(foldLetters(shape.whole)) !== shape);
  if (again) throw chapterTwice(again, file);
  return opening;
}

function chapterTwice({ whole, line }: Shape, file: string): InputError {
  return new InputError(
    {
      ko: `"${whole}"이라는 단원 제목이 두 번 나옵니다. 단원마다 제목을 한 번만 쓰고, 그 아래에 멤버를 두세요.`,
      en: `the chapter heading "${whole}" appears twice; write each chapter's heading once and put the members below it.`,
    },
    { place: { file, line } },
  );
}

/** Those with text below: a chapter that is nothing but a heading goes with the one before. */
function withText(opening: readonly Shape[], headings: readonly Shape[], lines: readonly string[]): Shape[] {
  const isHeading = new Set(headings.map(({ line }) => line));
  return opening.filter(({ line }, index) => {
    const to = (opening[index + 1]?.line ?? lines.length + 1) - 1;
    return lines
      .slice(line, to)
      .some((text, below) => text.trim() !== '' && !isHeading.has(line + below + 1));
  });
}

function sharedAnswers(file: string, line: number): InputError {
  return new InputError(
    {
      ko: '한 페이지에 단원이 여럿인데 이 모범답안이 어느 단원의 것인지 알 수 없습니다. 모범답안 아래에 단원 이름을 제목으로 넣거나, 단원마다 따로 적으세요.',
      en: 'the page holds several chapters, and whose model answers these are cannot be told; put the chapters’ names as headings below, or give each chapter its own.',
    },
    { place: { file, line } },
  );
}

/** Where the numbers of the model answers begin anew: the first line of each run. */
function restarts(lines: readonly string[], range: LineRange): number[] {
  const starts: number[] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const { line, whole, form } of shapesIn(lines, range)) {
    const { no } = form === 'heading' || form === 'bold' ? readNumberedText(whole) : { no: null };
    if (no === null) continue;
    if (no <= last) starts.push(line);
    last = no;
  }
  return starts;
}

/** What a chapter is known by: its number with its unit, else its name. */
function keyOf({ whole }: Shape): string {
  return foldLetters(chapterMarkOf(whole) ?? whole);
}

/** The shares of the chapters in one section of model answers for all. */
function sharesOf(
  lines: readonly string[],
  { line, level }: Shape,
  parts: readonly Part[],
  headings: readonly Shape[],
  file: string,
): LineRange[] {
  const to = lines.length;
  const titles = new Map(parts.map(({ title }, index) => [keyOf(title), index]));
  const named = headings.filter((own) => own.line > line && own.level > level && titles.has(keyOf(own)));
  const places = new Map(named.map((own, index) => [keyOf(own), index]));
  const byName = parts.map(({ title }) => places.get(keyOf(title)) ?? -1);
  const ends = (starts: readonly number[], index: number) => (starts[index + 1] ?? to + 1) - 1;
  if (named.length > 0 && byName.every((index) => index >= 0)) {
    const starts = named.map((own) => own.line);
    return byName.map((index) => ({ from: (starts[index] ?? line) + 1, to: ends(starts, index) }));
  }
  const starts = restarts(lines, { from: line + 1, to });
  if (starts.length !== parts.length) throw sharedAnswers(file, line);
  return starts.map((from, index) => ({ from, to: ends(starts, index) }));
}

/** The section of model answers for all chapters: a heading no deeper than theirs, behind the last of them. */
function answersForAll(headings: readonly Shape[], parts: readonly Part[], words: PageWords): Shape | null {
  const last = parts.at(-1)?.title;
  if (!last) return null;
  const isAnswers = ({ whole }: Shape) => words.isAnswers(whole);
  const behind = headings.find((own) => own.line > last.line && own.level <= last.level && isAnswers(own));
  if (behind) return behind;
  const answers = headings.filter(isAnswers);
  const [only] = answers;
  return only && answers.length === 1 && only.line > last.line ? only : null;
}

/**
 * The chapters of a page that holds several, each as a document of its own: their headings are of one level and named
 * as chapters are. One section of model answers for all of them is shared out by chapters' names or by numbers that
 * begin anew.
 * @returns the document itself where it holds one chapter
 * @throws InputError naming file and line when it cannot be told to which chapter model answers belong
 */
export function splitChapters(document: SourceDocument, hints: ReadingHints): SourceDocument[] {
  const written = document.text.split('\n');
  const lines = plainNotation(written);
  const headings = headingsOf(lines);
  const words = pageWords(hints);
  const opening = withText(chapterHeadings(headings, words, document.file), headings, lines);
  if (opening.length < 2) return [document];
  const parts = opening.map((title, index): Part => {
    const to = (opening[index + 1]?.line ?? lines.length + 1) - 1;
    return { title, from: index === 0 ? 1 : title.line, to };
  });
  const shared = answersForAll(headings, parts, words);
  const shares = shared && sharesOf(lines, shared, parts, headings, document.file);
  return parts.map(({ title, from, to }, index) => {
    const end = shared ? Math.min(to, shared.line - 1) : to;
    const own = linesFrom(from, end);
    const share = shares?.[index];
    // The answers' heading goes with every chapter's share.
    const pageLines =
      shared && share
        ? [...own, shared.line, ...linesFrom(Math.max(share.from, shared.line + 1), share.to)]
        : own;
    const text = pageLines.map((line) => written[line - 1] ?? '').join('\n');
    return { ...document, text, pageLines, titleLine: title.line - from + 1 };
  });
}

function linesFrom(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
