/** Scripts whose letters join or part by invisible joiners. */
const joining =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Nko}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}';
/** What may stand before a joiner of emoji: the picture, with its colour or its form. */
const picture = '[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F]';
/** Invisible characters that do their work: joiners, a form of the character before, the flags of countries. */
const working = [
  '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}',
  `(?<=${picture})\\u200D(?=\\p{Extended_Pictographic})`,
  `(?<=[${joining}])[\\u200C\\u200D](?=[${joining}])`,
  '(?<=[^\\s\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}])[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}](?![\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}])',
  '(?<=[\\u1100-\\u115F])\\u1160|\\u115F(?=[\\u1160-\\u11A7])',
  '[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}]',
].join('|');
/** Hints that nobody misses: where a word may be parted, and in which order the bytes of a file stood. */
const idle = '\\u00AD|^\\uFEFF';
const tags = '[\\u{E0000}-\\u{E007F}]+';
const selectors = '[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]+';
/** Format and control characters, and fillers that look like nothing, save line ends, tabs and what is above. */
const unseen =
  '(?:(?![\\u00AD\\u{E0000}-\\u{E007F}\\t-\\r\\u0085])[\\p{Cf}\\p{Cc}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u3164\\uFFA0])+';
const parts = new RegExp(
  `(?<working>${working})|(?<idle>${idle})|(?<tags>${tags})|(?<selectors>${selectors})|(?<unseen>${unseen})`,
  'gu',
);

function codePoints(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0) ?? 0);
}

/** The text that tag characters stand for; each is an ASCII character moved up. */
function textOfTags(run: string): string {
  return codePoints(run)
    .map((code) => String.fromCharCode(code - 0xe0000))
    .join('')
    .replace(/\p{Cc}/gu, '');
}

/** The text whose bytes a run of variation selectors may stand for: the first is 0, the last 255. */
function textOfSelectors(run: string): string {
  const bytes = codePoints(run).map((code) => (code >= 0xe0100 ? code - 0xe0100 + 16 : code - 0xfe00));
  const text = new TextDecoder().decode(Uint8Array.from(bytes));
  return /\p{Cc}|\uFFFD/u.test(text) ? '' : text;
}

const longestListed = 8;

function nameOf(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Invisible characters by number; of a long run just which they are and how many. */
function named(run: string): string {
  const codes = codePoints(run);
  if (codes.length <= longestListed) return codes.map((code) => `[${nameOf(code)}]`).join('');
  const kinds = [...new Set(codes)].slice(0, longestListed).map(nameOf);
  return `[${codes.length} invisible characters: ${kinds.join(' ')}]`;
}

function hiddenText(groups: Record<string, string | undefined>): string {
  if (groups['tags'] !== undefined) return textOfTags(groups['tags']);
  return groups['selectors'] === undefined ? '' : textOfSelectors(groups['selectors']);
}

type Replacement = (run: string, hidden: string) => string;

/** Replaces what cannot be seen: `run` is what stands there, `hidden` the text that it spells, if any. */
function replaceHidden(text: string, replacement: Replacement): string {
  return text.replace(parts, (run: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    if (groups['working'] !== undefined) return run;
    return groups['idle'] === undefined ? replacement(run, hiddenText(groups)) : '';
  });
}

/**
 * A text in which nothing is invisible: zero-width characters, bidi controls and the like become `[U+200B]`,
 * text spelled in tag characters or variation selectors becomes `[hidden: …]`. What belongs to emoji, to a
 * script or to typesetting stays or vanishes quietly.
 */
export function showHidden(text: string): string {
  return replaceHidden(text, (run, hidden) => (hidden === '' ? named(run) : `[hidden: ${hidden}]`));
}

/** A text as a model may read it: what is spelled invisibly in clear, without other invisible characters. */
export function spellHidden(text: string): string {
  return replaceHidden(text, (_run, hidden) => (hidden === '' ? '' : `\n${hidden}\n`));
}

/** Nobody copies so many from a web page by chance. */
const longRun = 8;
const zeroWidth = '[\\u200B-\\u200D\\u2060-\\u2064\\uFEFF]';
/**
 * A run of them, a word taken apart letter by letter, or a direction forced on the text; pocket calculators
 * force one on the numbers that are copied from them.
 */
const hiding = new RegExp(
  `${zeroWidth}{${longRun}}|(?:\\p{L}${zeroWidth}){4}|[\\u202A\\u202B\\u202D\\u202E\\u2066-\\u2068](?![\\d\\s.,+-]*[\\u202C\\u2069])`,
  'u',
);

/**
 * Whether somebody hides something: text in tag characters or variation selectors, forced directions, or
 * zero-width characters in such a number or place that no copy from a web page explains them.
 */
export function hidesText(text: string): boolean {
  let hides = false;
  const rest = text.replace(new RegExp(working, 'gu'), '');
  replaceHidden(text, (_run, hidden) => {
    hides ||= hidden !== '';
    return '';
  });
  return hides || hiding.test(rest);
}
