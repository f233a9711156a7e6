const segmenter = new Intl.Segmenter('ko', { granularity: 'sentence' });
const listMarker = /^(?:[-*+]|\d{1,3}[.)])\s+/u;

/** The sentences of a Markdown text as slices of it, without list markers; lines end sentences too. */
export function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) =>
      [...segmenter.segment(line.trim().replace(listMarker, ''))].map((part) => part.segment.trim()),
    )
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}
