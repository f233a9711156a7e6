const segmenter = new Intl.Segmenter('ko', { granularity: 'sentence' });
const listMarker = /^(?:[-*+]|\d{1,3}[.)])\s+/u;
/** Abbreviations that another word always follows, so that their full stop ends no sentence. */
const leadingAbbreviation =
  /(?:^|[^\p{L}])(?:vs|e\.\s?g|i\.\s?e|cf|viz|approx|ca|bzw|vgl|z|z\.\s?B|d|d\.\s?h|Dr|Mr|Mrs|Ms|Prof)\.$/iu;
/** Abbreviations that may as well stand last: only a capital letter after them begins a sentence. */
const closingAbbreviation = /(?:^|[^\p{L}])(?:etc|usw|al|Inc|Ltd|Co)\.$/iu;
/** Abbreviations only in front of a number; "No." is also an answer. */
const numbering = /(?:^|[^\p{L}])(?:No|Nr|Fig|Eq|Sec|Ch|pp?)\.$/iu;

function goesOn(before: string, after: string): boolean {
  const end = before.trimEnd();
  return (
    leadingAbbreviation.test(end) ||
    (closingAbbreviation.test(end) && !/^\p{Lu}/u.test(after)) ||
    (numbering.test(end) && /^\d/u.test(after))
  );
}

function sentencesOfLine(line: string): string[] {
  const sentences: string[] = [];
  for (const { segment } of segmenter.segment(line.trim().replace(listMarker, ''))) {
    const before = sentences.at(-1);
    if (before !== undefined && goesOn(before, segment)) sentences[sentences.length - 1] = before + segment;
    else sentences.push(segment);
  }
  return sentences.map((sentence) => sentence.trim());
}

/** The sentences of a Markdown text as slices of it, without list markers; lines end sentences too. */
export function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap(sentencesOfLine)
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** A claim has at least this many letters; what is shorter is a heading or a label. */
const fewestLetters = 8;
const announcement = /[:：]$/u;
const aside = /^[(（][^()（）]*[)）][.!?。]?$/u;

/**
 * The sentences of a text that state something, without marks for bold, italics and strikethrough: no
 * headings ("Its parts:"), no asides in parentheses, no labels. All sentences where nothing else is left.
 */
export function claimsOf(text: string): string[] {
  const sentences = sentencesOf(withoutEmphasis(text));
  const claims = sentences.filter(
    (sentence) =>
      !announcement.test(sentence) &&
      !aside.test(sentence) &&
      (sentence.match(/\p{L}/gu) ?? []).length >= fewestLetters,
  );
  return claims.length > 0 ? claims : sentences;
}

/** A text without Markdown's marks for bold and strikethrough. */
export function withoutEmphasis(text: string): string {
  return text.replace(/\*\*|__|~~/gu, '');
}

/** A text on one line, cut between words to at most so many characters; what is cut off is shown by "…". */
export function shorten(text: string, most: number): string {
  const characters = [...text.replace(/\s+/gu, ' ').trim()];
  if (characters.length <= most) return characters.join('');
  const space = characters.lastIndexOf(' ', most - 1);
  // What has no spaces, as an address, is cut anywhere.
  const end = space >= most / 2 ? space : most - 1;
  return `${characters.slice(0, end).join('').trimEnd()}…`;
}
