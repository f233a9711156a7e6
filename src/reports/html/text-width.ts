/** Signs as wide as they are high: Hangul, kana, Chinese characters, full-width forms, pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3ffff}]/u;
const narrow = /[ilj.,:;!'|()[\]\s]/u;
const invisible = /[\p{M}\p{Cf}]/u;

/** Estimated width of a character in em; a little too wide rather than too narrow. */
function widthOf(character: string): number {
  if (invisible.test(character)) return 0;
  if (wide.test(character)) return 1;
  if (narrow.test(character)) return 0.36;
  return /[\p{Lu}\p{So}%@mwMW]/u.test(character) ? 0.8 : 0.6;
}

/** Characters of a text as they are read, so that no accent or joined picture is torn off. */
const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' });

function charactersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The estimated width of a text at a font size, in the size's unit. */
function textWidth(text: string, size: number): number {
  const widths = charactersOf(text).map((character) => Math.max(...Array.from(character, widthOf)));
  return size * widths.reduce((sum, own) => sum + own, 0);
}

/** A text on one line, cut with "…" where it would be wider than `most`. */
export function fittingText(text: string, size: number, most: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (textWidth(line, size) <= most) return line;
  let [kept, left] = ['', most - size];
  for (const character of charactersOf(line)) {
    left -= textWidth(character, size);
    if (left < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** A text in lines no wider than `most`, broken between words; a longer word is cut. */
export function fittingLines(text: string, size: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/\s+/u)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, size) <= most) line = longer;
    else {
      if (line !== '') lines.push(line);
      line = fittingText(word, size, most);
    }
  }
  return line === '' ? lines : [...lines, line];
}
