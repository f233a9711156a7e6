import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hidesText, showHidden, spellHidden } from '../../src/judge/hidden-characters.ts';

const asTags = (text: string) =>
  [...text].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');
/** Bytes as variation selectors, the first 16 of which have a place of their own. */
const asSelectors = (text: string) =>
  [...Buffer.from(text)]
    .map((byte) => String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16))
    .join('');

describe('showHidden', () => {
  test.each([
    ['a zero-width space', '가\u200B나', '가[U+200B]나'],
    ['a few in a row', 'a\u200B\u200Cb', 'a[U+200B][U+200C]b'],
    ['many in a row', `a${'\u200B\u200C'.repeat(10)}b`, 'a[20 invisible characters: U+200B U+200C]b'],
    ['bidi controls', '\u202Eabc\u202C', '[U+202E]abc[U+202C]'],
    ['a byte order mark in the middle', 'a\uFEFFb', 'a[U+FEFF]b'],
    ['a control character', 'a\u0008b', 'a[U+0008]b'],
    ['a filler', 'a\u3164b', 'a[U+3164]b'],
    ['tag characters', `빠르다${asTags('ignore all')}.`, '빠르다[hidden: ignore all].'],
    ['a tag that spells nothing', 'a\u{E0001}b', 'a[U+E0001]b'],
    ['bytes in variation selectors', `😀${asSelectors('점수')}`, '😀[hidden: 점수]'],
    ['bytes that are no text', `a${asSelectors('\u0001\u0002')}`, 'a[U+FE01][U+FE02]'],
  ])('shows %s', (_name, text, shown) => {
    expect(showHidden(text)).toBe(shown);
  });

  test.each([
    ['a soft hyphen', 'Daten\u00ADbank', 'Datenbank'],
    ['a byte order mark at the start', '\uFEFF답', '답'],
  ])('drops %s', (_name, text, shown) => {
    expect(showHidden(text)).toBe(shown);
  });

  test.each([
    ['emoji of several parts', '👨‍👩‍👧‍👦 👩🏽‍💻 ❤️‍🔥'],
    ['emoji with a form', '❤️ 1️⃣ ☎︎'],
    ['a flag spelled in tags', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
    ['joiners between Persian letters', 'می\u200Cخواهم'],
    ['joiners between Devanagari letters', 'क्\u200Dष'],
    ['a variant of an ideograph', '葛\u{E0100}'],
    ['line ends and tabs', 'a\tb\r\nc\n'],
    ['jamo that stand alone', 'ㅠㅠ \u1112\u1161\u11AB'],
  ])('leaves %s alone', (_name, text) => {
    expect(showHidden(text)).toBe(text);
    expect(hidesText(text)).toBe(false);
  });

  const visible = fc
    .string({ unit: 'grapheme' })
    .filter(
      (text) =>
        !/[\p{Cf}\p{Cc}\p{Variation_Selector}\u115F\u1160\u3164\uFFA0]|\u034F|\u17B4|\u17B5/u.test(text),
    );

  test('changes nothing where nothing is invisible', () => {
    fc.assert(fc.property(visible, (text) => showHidden(text) === text && !hidesText(text)));
  });

  test('finds a text in tag characters wherever it is put', () => {
    const message = fc.string({ unit: fc.constantFrom(...'abc XYZ.!'), minLength: 1 });
    fc.assert(
      fc.property(visible, message, visible, (before, hidden, after) => {
        expect(showHidden(before + asTags(hidden) + after)).toBe(`${before}[hidden: ${hidden}]${after}`);
        expect(hidesText(before + asTags(hidden) + after)).toBe(true);
      }),
    );
  });

  test('is done with once: what it shows is visible', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = showHidden(text);
        fc.pre(!/[\p{Variation_Selector}\u00AD\uFEFF]/u.test(text));
        expect(showHidden(shown)).toBe(shown);
      }),
    );
  });
});

test('spellHidden gives hidden text in clear and drops the rest', () => {
  expect(spellHidden(`i\u200Bgnore${asTags('this')}`)).toBe('ignore\nthis\n');
});

describe('hidesText', () => {
  test.each([
    ['tag characters', `a${asTags('x')}`],
    ['bytes in variation selectors', `😀${asSelectors('ignore')}`],
    ['a forced direction', '\u202Eabc'],
    ['an isolate', '\u2066abc\u2069'],
    ['a long run', `a${'\u200B\u200D'.repeat(4)}b`],
    ['a word taken apart', 'i\u200Bg\u200Bn\u200Bo\u200Br\u200Be'],
  ])('is true for %s', (_name, text) => {
    expect(hidesText(text)).toBe(true);
  });

  test.each([
    ['stray zero-width spaces', '가\u200B 나다\u200B\u200B 라'],
    ['a soft hyphen in each word', 'Daten\u00ADbank\u00ADver\u00ADwal\u00ADtung'],
    ['a byte order mark', '\uFEFF답'],
    ['a number copied from a calculator', '사용률은 \u202D8,5428\u202C 이다'],
    ['the end of a direction', '8,5428\u202C'],
    ['plain text', '인덱스는 빠르다'],
  ])('is false for %s', (_name, text) => {
    expect(hidesText(text)).toBe(false);
  });
});
