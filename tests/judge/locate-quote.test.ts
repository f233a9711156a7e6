import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateQuote } from '../../src/judge/locate-quote.ts';

const answer = `**인덱스(index)**는 키가 정렬된 별도 구조(B-tree)라서 "맨 위에서부터" 내려간다.

- 쓰기: 데이터를 넣거나 고칠 때마다 인덱스도 갱신해야 해서 느려짐
- 저장 공간: 인덱스도 결국 디스크를 먹는 파일이다…
1. Trade-off: reads get faster, writes get slower!`;

/** Whether a quote stands in a text. */
const stands = (quote: string, text: string) => locateQuote(quote, text) !== null;

describe('locateQuote', () => {
  it.each([
    ['a slice', '별도 구조(B-tree)라서'],
    ['other spaces', '데이터를  넣거나\n고칠때마다'],
    ['other case', 'TRADE-OFF: Reads get faster'],
    ['no markup', '인덱스(index)는 키가'],
    ['other quotation marks', '‘맨 위에서부터’ 내려간다'],
    ['no list marker, across lines', '느려짐 저장 공간'],
    ['a list marker of its own', '* 쓰기: 데이터를'],
    ['punctuation left out', 'reads get faster writes get slower'],
    ['decomposed syllables', '정렬된 별도 구조'.normalize('NFD')],
    ['full-width letters', 'Ｂ-ｔｒｅｅ'],
    ['pieces joined by …', '인덱스(index)는 … 맨 위에서부터 … 파일이다'],
    ['pieces joined by dots', '쓰기: 데이터를 넣거나...느려짐'],
    ['an ellipsis at its ends', '…키가 정렬된…'],
    ['an invisible character', '정렬\u200B된 별도'],
    ['an invisible character as the prompt shows it', '정렬[U+200B]된 별도'],
  ])('finds %s', (_name, quote) => {
    expect(stands(quote, answer)).toBe(true);
  });

  it.each([
    ['another word', '키가 정리된 별도 구조'],
    ['a word left out', '키가 별도 구조'],
    ['a negation put in', '인덱스도 갱신하지 않아야 해서'],
    ['another number', 'B+3-tree'],
    ['pieces in another order', '파일이다 … 인덱스(index)는 키가'],
    ['one piece that is not there', '키가 정렬된 … 해시 테이블'],
    ['nothing', ''],
    ['only punctuation', '…!?'],
    ['the same piece twice where it stands once', '맨 위에서부터 … 맨 위에서부터'],
  ])('does not find %s', (_name, quote) => {
    expect(stands(quote, answer)).toBe(false);
  });

  it.each([
    ['not', 'It cannot be sorted.', null],
    ['not', 'It is noted.', null],
    ['not', 'It is not sorted.', 'not'],
    ['not', 'It cannot, and does not.', 'not.'],
    ['10', 'at least 100', null],
    ['10', 'at least 10 %', '10'],
    ['DB', 'DB는 파일이다', 'DB'],
    ['키', '복합키는', '키'],
    ['cann', 'It cannot be sorted.', 'cann'],
    ['it … not', 'It cannot, it does not.', 'It … not.'],
    ['is … not', 'It is what it cannot be.', null],
  ])('a few Latin letters or digits are found as a word only: %j in %j', (quote, text, own) => {
    expect(locateQuote(quote, text)).toBe(own);
  });

  it('does not find anything in nothing', () => {
    expect(stands('인덱스', '')).toBe(false);
  });

  const word = fc.constantFrom(
    '인덱스는',
    '키가',
    '정렬된',
    'B-tree',
    '(index)',
    '**굵게**',
    '"따옴표"',
    'CPU,',
    '3.5%',
    '빨라짐!',
  );
  const line = fc
    .tuple(fc.constantFrom('', '- ', '    - ', '> ', '## '), fc.array(word, { minLength: 1, maxLength: 8 }))
    .map(([marker, words]) => marker + words.join(' '));
  const text = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join('\n'));
  const letters = (part: string) => part.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  /** A few Latin letters or digits stand in a text only as a word; anything else may begin and end inside one. */
  const mayBePartOfWord = (part: string) => letters(part) >= 4 || /\p{Script=Hangul}/u.test(part);

  it('finds any slice of four letters or more, or with a syllable of Hangul in it', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (whole, a, b) => {
        const from = a % whole.length;
        const to = from + 1 + (b % (whole.length - from));
        const slice = whole.slice(from, to);
        fc.pre(mayBePartOfWord(slice));
        expect(stands(slice, whole)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('finds fewer than four Latin letters inside a longer word nowhere but beside it', () => {
    const longWord = fc.stringMatching(/^[a-z]{4,8}$/u);
    fc.assert(
      fc.property(longWord, fc.nat(), fc.integer({ min: 1, max: 3 }), (whole, at, length) => {
        const from = at % (whole.length - length + 1);
        const part = whole.slice(from, from + length);
        expect(stands(part, whole)).toBe(false);
        expect(locateQuote(part, `${whole} ${part}`)).toBe(part);
      }),
    );
  });

  it('finds no slice in which a letter became one that the text does not have', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), fc.nat(), (whole, a, b, c) => {
        const from = a % whole.length;
        const slice = [...whole.slice(from, from + 1 + (b % (whole.length - from)))];
        const places = slice.flatMap((character, index) => (letters(character) > 0 ? [index] : []));
        fc.pre(places.length >= 3);
        slice[places[c % places.length] ?? 0] = '뷁';
        expect(stands(slice.join(''), whole)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  /** A slice of a text with at least one letter, and the rest of it. */
  const sliced = fc.tuple(text, fc.nat(), fc.nat()).map(([whole, a, b]) => {
    const from = a % whole.length;
    return { whole, slice: whole.slice(from, from + 1 + (b % (whole.length - from))) };
  });
  const dressed = fc.record({
    case: fc.constantFrom(
      (part: string) => part,
      (part: string) => part.toUpperCase(),
      (part: string) => part.toLowerCase(),
    ),
    space: fc.constantFrom('', ' ', '  ', '\n', '\t', '\u00A0'),
    marker: fc.constantFrom('', '- ', '* ', '• ', '1. ', '12) ', '> ', '## '),
    quotes: fc.constantFrom(
      ['', ''],
      ['"', '"'],
      ['“', '”'],
      ["'", "'"],
      ['「', '」'],
      ['**', '**'],
      ['`', '`'],
    ),
  });

  it('finds any such slice, whatever its case, spacing, list marker and quotation marks', () => {
    fc.assert(
      fc.property(sliced, dressed, ({ whole, slice }, dress) => {
        fc.pre(mayBePartOfWord(slice));
        const [open, close] = dress.quotes;
        const quote = `${dress.marker}${open}${dress.case(slice).replace(/\s+/gu, dress.space)}${close}`;
        expect(stands(quote, whole)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  /** Words no two of which share a letter, so that their order can be told. */
  const distinct = ['가나다', '라마바', '사아자', '차카타', '파하거', '너더러', '머버서'];
  const joints = fc.constantFrom('…', ' … ', '...', '.....', '\n…\n');

  it('finds pieces joined by … exactly when they stand in order', () => {
    const places = fc.uniqueArray(fc.nat(distinct.length - 1), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(places, joints, (order, joint) => {
        const quote = order.map((place) => distinct[place]).join(joint);
        const isInOrder = order.every((place, index) => index === 0 || place > (order[index - 1] ?? 0));
        expect(stands(quote, distinct.join(' '))).toBe(isInOrder);
        const sorted = order.toSorted((a, b) => a - b).map((place) => distinct[place]);
        expect(stands(sorted.join(joint), distinct.join(' '))).toBe(true);
      }),
    );
  });

  it('finds nothing that holds a letter which the text does not have, wherever it stands', () => {
    fc.assert(
      fc.property(sliced, fc.nat(), fc.constantFrom('뷁', 'ж', 'Ω'), ({ whole, slice }, at, foreign) => {
        const place = at % (slice.length + 1);
        expect(stands(`${slice.slice(0, place)}${foreign}${slice.slice(place)}`, whole)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['as it is', '별도 구조(B-tree)라서', '별도 구조(B-tree)라서'],
    ['in other case and spacing', 'TRADE-OFF:  Reads', 'Trade-off: reads'],
    ['without its markup', '인덱스(index)는 키가', '인덱스(index)**는 키가'],
    ['in quotation marks of its own', '‘맨 위에서부터’', '"맨 위에서부터"'],
    ['up to the sign that ends the sentence', 'writes get slower', 'writes get slower!'],
    ['up to the closing bracket', '별도 구조(B-tree', '별도 구조(B-tree)'],
    ['with both quotation marks', '맨 위에서부터', '"맨 위에서부터"'],
    ['without an invisible character', '정렬[U+200B]된', '정렬된'],
    ['in pieces', '쓰기: 데이터를...저장공간', '쓰기: 데이터를 … 저장 공간'],
    ['decomposed', '정렬된 별도'.normalize('NFD'), '정렬된 별도'],
  ])("brings the answer's own words for a quote %s", (_name, quote, own) => {
    expect(locateQuote(quote, answer)).toBe(own);
  });

  it.each([
    ['It is sorted', '("It is sorted.")', '("It is sorted.")'],
    ['갱신해야 해요', '갱신해야 해요.. 아마', '갱신해야 해요..'],
    ['Is it sorted', 'Is it sorted?! Yes.', 'Is it sorted?!'],
    ['It is sorted', 'It is sorted, as said', 'It is sorted'],
  ])('keeps the signs that close a sentence: %j in %j', (quote, text, own) => {
    expect(locateQuote(quote, text)).toBe(own);
  });

  it.each([
    ['with its number', 'reads 2. writes'],
    ['without its number', 'reads writes'],
  ])('finds lines of a numbered list on one line, %s', (_name, quote) => {
    expect(locateQuote(quote, '1. reads\n2. writes')).toBe('reads\n2. writes');
  });

  it('brings what stands in the text and is found again', () => {
    fc.assert(
      fc.property(sliced, dressed, ({ whole, slice }, dress) => {
        fc.pre(mayBePartOfWord(slice));
        const own = locateQuote(`${dress.marker}${dress.case(slice)}`, whole);
        expect(whole).toContain(own);
        expect(locateQuote(own ?? '', whole)).toBe(own);
      }),
    );
  });
});
