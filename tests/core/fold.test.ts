import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldLetters, foldText } from '../../src/core/fold.ts';

describe('foldText', () => {
  test.each([
    ['**굵은** `글` ~~지움~~', '굵은 글 지움'],
    ['- 하나\n* 둘\n1. 셋\n2) 넷\n① 다섯', '하나 둘 셋 넷 다섯'],
    ['  가 \t 나\n\n다  ', '가 나 다'],
    ['가\u00A0나\u3000다', '가 나 다'],
    ['가\u200B나\uFEFF다\u00AD', '가나다'],
    ['“인용” ‘말’ \'a\' "b" «c»', '인용 말 a b c'],
    ['ＡＢＣ Transformer', 'abc transformer'],
    ['단원'.normalize('NFD'), '단원'.normalize('NFC')],
    ['> 인용문\n# 제목', '인용문 제목'],
    ['3.5 버전', '3.5 버전'],
    ['2024. 5월', '2024. 5월'],
    ['', ''],
  ])('folds %j to %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test('keeps punctuation that tells texts apart', () => {
    expect(foldText('A/B, 80%!')).toBe('a/b, 80%!');
  });
});

describe('foldLetters', () => {
  test.each([
    ['A/B, 80% (가·나)!', 'ab80가나'],
    ['토큰 이란?', '토큰이란'],
    ['… → ?!', ''],
    ['ㅠㅠ'.normalize('NFKC'), 'ㅠㅠ'.normalize('NFKC')],
  ])('reduces %j to %j', (text, letters) => {
    expect(foldLetters(text)).toBe(letters);
  });

  test('leaves letters and digits only', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)) }),
        (text) => {
          expect(foldLetters(text)).toMatch(/^[\p{L}\p{N}]*$/u);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('does not care how the text is normalised', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('가', '각', '나', 'a', 'é', '1', ' ', '.', '*', '\n') }),
        (text) => {
          expect(foldLetters(text.normalize('NFD'))).toBe(foldLetters(text));
        },
      ),
      { numRuns: 200 },
    );
  });
});
