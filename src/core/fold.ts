import { remembered } from './remembered.ts';

/** Marks that Markdown and typography add to a text without changing what it says. */
const markup = /[*_`~#>|]/gu;
const listMarker = /^[^\S\n]*(?:[-*+•·]|\d{1,3}[.)]|[①-⑳])\s+/gmu;
const quotation = /[\p{Pi}\p{Pf}'"`´]/gu;
const invisible = /[\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A text reduced to what it says: NFKC, lower case, no markup, list markers, quotation marks, invisible
 * characters or surplus white space. For comparing, never for showing.
 */
export function foldText(text: string): string {
  return text
    .replace(invisible, '')
    .replace(listMarker, '')
    .normalize('NFKC')
    .replace(markup, '')
    .replace(quotation, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
}

/** {@link foldText} with all white space and punctuation gone as well. */
export const foldLetters = remembered((text) => foldText(text).replace(/[^\p{L}\p{N}]/gu, ''));
