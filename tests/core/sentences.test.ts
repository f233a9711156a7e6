import { describe, expect, test } from 'vitest';
import { claimsOf, sentencesOf, shorten } from '../../src/core/sentences.ts';

describe('sentencesOf', () => {
  test('splits at the ends of sentences', () => {
    expect(sentencesOf('토큰은 조각이다. 왜 나눌까? 어휘가 준다!')).toEqual([
      '토큰은 조각이다.',
      '왜 나눌까?',
      '어휘가 준다!',
    ]);
  });

  test('splits at line ends, with or without punctuation', () => {
    expect(sentencesOf('하나\n둘\n\n셋')).toEqual(['하나', '둘', '셋']);
  });

  test('takes off indentation and list markers', () => {
    expect(sentencesOf('- 하나\n    * 둘\n1. 셋\n12) 넷')).toEqual(['하나', '둘', '셋', '넷']);
  });

  test('keeps markup: a sentence is a slice of the text', () => {
    expect(sentencesOf('- **토큰:** `글`의 조각')).toEqual(['**토큰:** `글`의 조각']);
  });

  test('does not split inside numbers', () => {
    expect(sentencesOf('비용은 3.5배가 든다.')).toEqual(['비용은 3.5배가 든다.']);
  });

  test('leaves out what holds no letter or digit', () => {
    expect(sentencesOf('---\n\n...\n글\n→')).toEqual(['글']);
  });

  test('of nothing are none', () => {
    expect(sentencesOf(' \n ')).toEqual([]);
  });

  test.each([
    'Gemini vs. GPT-4의 비교이다.',
    'Tools, e.g. Git and npm, help.',
    'A map, i.e. A picture of the land.',
    '책(cf. 둘째 장)을 본다.',
    '이미지, 음성, etc. 여러 양식을 다룬다.',
    'Das gilt z. B. Für alle.',
    'See Fig. 3 for more.',
    'Dr. Kim wrote it.',
  ])('does not split after an abbreviation: %s', (text) => {
    expect(sentencesOf(text)).toEqual([text]);
  });

  test('splits after an abbreviation that stands last', () => {
    expect(sentencesOf('Images, sound etc. Then it stops.')).toEqual([
      'Images, sound etc.',
      'Then it stops.',
    ]);
  });

  test('splits after a word that only ends like an abbreviation, and after "no"', () => {
    expect(sentencesOf('It is in the local. Then not.')).toHaveLength(2);
    expect(sentencesOf('No. It is not.')).toHaveLength(2);
  });
});

describe('claimsOf', () => {
  const claim = '인덱스는 정렬된 자료구조이다.';

  test.each([
    ['headings', `주요 차이점은 다음과 같습니다:\n${claim}`],
    ['bold headings', `**주요 차이점은 다음과 같습니다:**\n${claim}`],
    ['asides in parentheses', `${claim}\n(이 부분은 책의 둘째 장을 보세요.)`],
    ['labels', `정의.\n${claim}`],
  ])('leaves out %s', (_name, text) => {
    expect(claimsOf(text)).toEqual([claim]);
  });

  test('keeps a sentence that only begins or ends in parentheses', () => {
    const text = '(대개) 인덱스는 정렬된 자료구조이다(B-tree).';
    expect(claimsOf(text)).toEqual([text]);
  });

  test('takes off marks for bold, italics and strikethrough', () => {
    expect(claimsOf('**인덱스**는 ~~느린~~ __정렬된__ 구조입니다.')).toEqual([
      '인덱스는 느린 정렬된 구조입니다.',
    ]);
  });

  test('keeps everything where nothing else is left', () => {
    expect(claimsOf('찾기:\n빠름.')).toEqual(['찾기:', '빠름.']);
    expect(claimsOf('')).toEqual([]);
  });
});

describe('shorten', () => {
  test('leaves short texts as they are, on one line', () => {
    expect(shorten('하나\n  둘', 4)).toBe('하나 둘');
  });

  test('cuts long ones to so many characters, the mark included', () => {
    expect(shorten('하나둘셋넷', 4)).toBe('하나둘…');
    expect(shorten('하나 둘셋', 4)).toBe('하나…');
  });

  test('cuts between words, and inside of one only where it is most of the text', () => {
    expect(shorten('차이를 예를 들어 설명하세요', 12)).toBe('차이를 예를 들어…');
    expect(shorten('차이를 예를 들어 설명하세요', 10)).toBe('차이를 예를 들어…');
    expect(shorten('보기 https://example.org/path', 12)).toBe('보기 https://…');
  });
});
