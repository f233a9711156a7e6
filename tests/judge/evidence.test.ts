import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQuoteFrom } from '../../src/judge/evidence.ts';

const answer = `**인덱스(index)**는 키가 정렬된 별도 구조(B-tree)라서 "맨 위에서부터" 내려간다.

- 쓰기: 데이터를 넣거나 고칠 때마다 인덱스도 갱신해야 해서 느려짐
- 저장 공간: 인덱스도 결국 디스크를 먹는 파일이다…
1. Trade-off: reads get faster, writes get slower!`;

describe('isQuoteFrom', () => {
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
  ])('finds %s', (_name, quote) => {
    expect(isQuoteFrom(quote, answer)).toBe(true);
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
    expect(isQuoteFrom(quote, answer)).toBe(false);
  });

  it('does not find anything in nothing', () => {
    expect(isQuoteFrom('인덱스', '')).toBe(false);
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

  it('finds any slice of three letters or more', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (whole, a, b) => {
        const from = a % whole.length;
        const to = from + 1 + (b % (whole.length - from));
        const slice = whole.slice(from, to);
        fc.pre(letters(slice) >= 3);
        expect(isQuoteFrom(slice, whole)).toBe(true);
      }),
      { numRuns: 500 },
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
        expect(isQuoteFrom(slice.join(''), whole)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
