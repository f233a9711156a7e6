import { describe, expect, test } from 'vitest';
import { endsAsQuestion, isQuestionLine, readNumberedText } from '../../src/import/question-text.ts';

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
    ['3\\. 질문', 3, '질문'],
    ['③ 질문', 3, '질문'],
    ['**③** 질문', 3, '질문'],
    ['1-3. 질문', 3, '질문'],
    ['[3] 질문', 3, '질문'],
    ['[Q3] 질문', 3, '질문'],
    ['\\[3\\] 질문', 3, '질문'],
    ['Q03 질문', 3, '질문'],
    ['3번. 질문', 3, '질문'],
    ['문제 3', 3, '문제 3'],
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
    ['Q. 질문', '질문'],
    ['질문: 무엇인가요', '무엇인가요'],
    ['[1](https://example.test)', '[1](https://example.test)'],
    ['[데이터] 모으기', '[데이터] 모으기'],
    ['2-3일 걸리나요?', '2-3일 걸리나요?'],
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

describe('endsAsQuestion', () => {
  test.each(['토큰이란?', '설명하세요', '설명하세요.', '쓰시오', '무엇인가요', '**왜죠?**', '비교하라'])(
    'is true for %j',
    (text) => {
      expect(endsAsQuestion(text)).toBe(true);
    },
  );

  test.each(['윤가람', '참고 자료', '토큰의 뜻', '물었습니다.', ''])('is false for %j', (text) => {
    expect(endsAsQuestion(text)).toBe(false);
  });
});
