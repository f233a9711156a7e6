import { foldText } from '../core/fold.ts';

/** A text reduced to the letters, digits and symbols that a quote must share with it. */
function fold(text: string): string {
  return foldText(text).replace(/[\s\p{P}]/gu, '');
}

/**
 * Whether a quote stands in a text, blind to case, spaces, punctuation, quotation marks and list markers. A
 * quote joined by "…" stands in it when each piece does, in order.
 */
export function isQuoteFrom(quote: string, text: string): boolean {
  const haystack = fold(text);
  const pieces = quote
    .split(/…|\.{3,}/u)
    .map(fold)
    .filter((piece) => piece !== '');
  let from = 0;
  for (const piece of pieces) {
    const at = haystack.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return pieces.length > 0;
}
