import { remembered } from '../core/remembered.ts';

/** Marks that Markdown and typography add to a text without changing what it says; spaces and punctuation too. */
const passedOver = /[\s\p{P}\p{Cf}\p{Zl}\p{Zp}`~#>|´]/u;
const listMarker = /^[^\S\n]*(?:[-*+•·]|\d{1,3}[.)]|[①-⑳])\s+/gmu;
/** How the prompt shows an invisible character; a quote may hold it, the answer does not. */
const shownCharacter = /\[U\+[0-9A-F]{4,6}\]/gu;

/** A text reduced to the letters, digits and symbols that a quote must share with it, with where each stands. */
interface FoldedText {
  letters: string;
  /** For each UTF-16 unit of `letters`, where its character begins and ends in the text. */
  starts: number[];
  ends: number[];
}

/** What is left of a character, '' for those passed over; texts are long and their characters few. */
const foldedCharacters = new Map<string, string>();

function foldCharacter(character: string): string {
  const known = foldedCharacters.get(character);
  if (known !== undefined) return known;
  const parts = [...character.normalize('NFKC').toLowerCase()].filter((part) => !passedOver.test(part));
  const folded = parts.join('');
  foldedCharacters.set(character, folded);
  return folded;
}

/** What is known of an answer, which is looked through once for every quote of it, and thrice for each quote. */
interface Reading {
  text: string;
  plain?: FoldedText;
  withListMarkers?: FoldedText;
  located: Map<string, string | null>;
}

/** Answers are judged side by side, but each is done with soon. */
const answersAtOnce = 20;
const readingOf = remembered(
  (text): Reading => ({ text: text.normalize('NFC'), located: new Map() }),
  answersAtOnce,
);

function foldedAnswer(reading: Reading, withListMarkers: boolean): FoldedText {
  const form = withListMarkers ? 'withListMarkers' : 'plain';
  const folded = reading[form] ?? fold(reading.text, withListMarkers);
  reading[form] = folded;
  return folded;
}

function fold(text: string, withListMarkers: boolean): FoldedText {
  const folded: FoldedText = { letters: '', starts: [], ends: [] };
  const markers = [...(withListMarkers ? [] : text.matchAll(listMarker))].map(({ index, 0: marker }) => [
    index,
    index + marker.length,
  ]);
  let marker = 0;
  let at = 0;
  for (const character of text) {
    const start = at;
    at += character.length;
    while (start >= (markers[marker]?.[1] ?? Number.POSITIVE_INFINITY)) marker += 1;
    if (start >= (markers[marker]?.[0] ?? Number.POSITIVE_INFINITY)) continue;
    const letters = foldCharacter(character);
    folded.letters += letters;
    for (let unit = 0; unit < letters.length; unit += 1) {
      folded.starts.push(start);
      folded.ends.push(at);
    }
  }
  return folded;
}

/** Signs before and behind a quote that belong to it: brackets, quotation marks, the end of a sentence. */
const opening = /[\p{Ps}\p{Pi}"']{1,2}$/u;
const closing = /^[\p{Pe}\p{Pf}"'.!?。]{1,3}/u;

/** A part of a text with the signs around it that belong to it. */
function rounded(text: string, start: number, end: number): string {
  const before = opening.exec(text.slice(Math.max(0, start - 2), start))?.[0] ?? '';
  const after = closing.exec(text.slice(end, end + 3))?.[0] ?? '';
  return before + text.slice(start, end) + after;
}

/** Longer pieces are no chance, wherever they begin. */
const longEnough = 4;

/** Whether a few Latin letters or digits are only a part of a longer word, as "not" is of "cannot". */
function isInsideWord(text: string, start: number, end: number, piece: string): boolean {
  if (piece.length >= longEnough || !/^[\p{Script=Latin}\p{N}]+$/u.test(piece)) return false;
  const sides = [text.slice(Math.max(0, start - 1), start), text.slice(end, end + 1)];
  return sides.some((side) => /[\p{Script=Latin}\p{N}]/u.test(side));
}

function locatePieces(quote: string, reading: Reading, withListMarkers: boolean): string | null {
  const { text } = reading;
  const { letters, starts, ends } = foldedAnswer(reading, withListMarkers);
  const pieces = quote
    .split(/…|\.{3,}/u)
    .map((piece) => fold(piece, withListMarkers).letters)
    .filter((piece) => piece !== '');
  const found: string[] = [];
  let from = 0;
  for (const piece of pieces) {
    let at = letters.indexOf(piece, from);
    while (at >= 0 && isInsideWord(text, starts[at] ?? 0, ends[at + piece.length - 1] ?? 0, piece))
      at = letters.indexOf(piece, at + 1);
    if (at < 0) return null;
    from = at + piece.length;
    found.push(rounded(text, starts[at] ?? 0, ends[from - 1] ?? 0));
  }
  return found.length === 0 ? null : found.join(' … ');
}

/**
 * A quote in the words of the text itself, or null when it does not stand there; blind to case, spaces,
 * punctuation, quotation marks and list markers. A quote joined by "…" stands in a text when each piece does, in
 * order.
 */
export function locateQuote(quote: string, text: string): string | null {
  const reading = readingOf(text);
  const known = reading.located.get(quote);
  if (known !== undefined) return known;
  const plain = quote.normalize('NFC').replace(shownCharacter, '');
  // A quote over several lines may leave the numbers of a list out, or keep them on one line.
  const located = locatePieces(plain, reading, false) ?? locatePieces(plain, reading, true);
  reading.located.set(quote, located);
  return located;
}
