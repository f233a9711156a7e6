import { describe, expect, test } from 'vitest';
import { detectLanguage } from '../../src/core/localized.ts';

describe('detectLanguage', () => {
  test.each([
    ['토큰은 글의 조각입니다.', 'ko'],
    ['Fine-tuning은 pre-training 뒤에 weight를 다시 조정하는 단계', 'ko'],
    ['토큰은 조각'.normalize('NFD'), 'ko'],
    ['ㅠㅠ', 'ko'],
    ['Tokens are pieces of text.', 'en'],
    ['The word 토큰 means token, a piece of text that models read.', 'en'],
    ['123 !?', 'en'],
    ['', 'en'],
  ])('of %j is %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});
