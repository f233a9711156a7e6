/** The languages in which messages, feedback and reports exist. */
export const languages = ['ko', 'en'] as const;
export type Language = (typeof languages)[number];

/** One text in every language; which one is shown is decided at the edge. */
export type Localized = Readonly<Record<Language, string>>;

const hangulSyllable = /[\uAC00-\uD7A3\u1100-\u11FF\u3130-\u318F]/gu;
const letter = /\p{L}/gu;

/**
 * The language a text is written in. Korean technical prose is full of English terms, so a fifth of
 * Hangul among the letters is enough.
 */
export function detectLanguage(text: string): Language {
  const letters = text.match(letter)?.length ?? 0;
  const hangul = text.match(hangulSyllable)?.length ?? 0;
  return letters > 0 && hangul / letters >= 0.2 ? 'ko' : 'en';
}
