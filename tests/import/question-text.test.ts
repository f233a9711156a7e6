import { describe, expect, test } from 'vitest';
import { isQuestionLine, readNumberedText } from '../../src/import/question-text.ts';

describe('readNumberedText', () => {
  test.each([
    ['3. 질문', 3, '질문'],
    ['12) 질문', 12, '질문'],
    ['7: 질문', 7, '질문'],
    ['Q3. 질문', 3, '질문'],
    ['q3) 질문', 3, '질문'],
    ['Q 3 질문', 3, '질문'],
    ['Q01. 질문', 1, '질문'],
    ['문제 2) 질문', 2, '질문'],
    ['질문 4: 무엇인가요', 4, '무엇인가요'],
    ['문항 5 무엇인가요', 5, '무엇인가요'],
    ['**3. 질문**', 3, '질문'],
    ['  **Q3. 질문**  ', 3, '질문'],
    ['**3.** 질문', 3, '질문'],
    ['3. **토큰**이란?', 3, '**토큰**이란?'],
  ])('splits %j into number and text', (written, no, text) => {
    expect(readNumberedText(written)).toEqual({ no, text });
  });

  test.each([
    ['토큰이란?', '토큰이란?'],
    ['**토큰이란?**', '토큰이란?'],
    ['3가지 요인을 쓰세요', '3가지 요인을 쓰세요'],
    ['3 가지 요인을 쓰세요', '3 가지 요인을 쓰세요'],
    ['2024. 5월에 나온 것은?', '2024. 5월에 나온 것은?'],
    ['(1) 무엇', '(1) 무엇'],
    ['질문이 좋은가요?', '질문이 좋은가요?'],
    ['5.', '5.'],
    ['3.5 버전은 무엇이 다른가요?', '3.5 버전은 무엇이 다른가요?'],
    ['1.3.2 기대치 설정', '1.3.2 기대치 설정'],
    ['10:30', '10:30'],
    ['**가** 나 **다**', '**가** 나 **다**'],
    ['', ''],
  ])('finds no number in %j', (written, text) => {
    expect(readNumberedText(written)).toEqual({ no: null, text });
  });
});

describe('isQuestionLine', () => {
  test.each(['**1. 질문**', '    **10. 질문** ', '**Q3) 질문**', '**문제 2. 질문**', '** 1. 질문 **'])(
    'is true for %j',
    (line) => {
      expect(isQuestionLine(line)).toBe(true);
    },
  );

  test.each([
    '**중요한 것** 글',
    '**정리하면**',
    '**1. 앞** 뒤',
    '앞 **1. 뒤**',
    '1. **나누는 법:** 글',
    '1. 질문',
    '**1. 가** 나 **2. 다**',
    '****',
    '',
  ])('is false for %j', (line) => {
    expect(isQuestionLine(line)).toBe(false);
  });
});
