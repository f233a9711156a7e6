import { describe, expect, test } from 'vitest';
import { sentencesOf } from '../../src/core/sentences.ts';

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
});
