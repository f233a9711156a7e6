import { describe, expect, it } from 'vitest';
import { isAsked, numbersOf, questionKey } from '../../src/import/question-key.ts';

describe('isAsked', () => {
  it.each([
    ['큐란 무엇인가요?'],
    ['3. 큐'],
    ['Q2) 큐'],
    ['큐와 스택을 비교하시오.'],
    ['큐의 예를 드세요'],
    ['**큐는 왜 쓰는가**'],
    ['언제 큐를 쓸까'],
  ])('takes %j for a question', (text) => {
    expect(isAsked(text)).toBe(true);
  });

  it.each([['한가'], ['미나'], ['이란'], ['정리'], ['큐의 뜻'], ['2024년 3.5 버전']])(
    'takes %j for none',
    (text) => {
      expect(isAsked(text)).toBe(false);
    },
  );
});

describe('questionKey', () => {
  const key = questionKey([
    { no: 1, text: '큐란 무엇이며 어디에 쓰이나요?' },
    { no: 2, text: '스택이란 무엇이며 어디에 쓰이나요?' },
    { no: 3, text: '큐란 무엇이며, 어디에 쓰이나요' },
    { no: null, text: '  ' },
  ]);

  it('holds each question once', () => {
    expect(key.questions.map(({ no }) => no)).toEqual([1, 2]);
  });

  it.each([
    ['1. 큐란 무엇이며 어디에 쓰이나요?', 1],
    ['**7) 스택이란 무엇이며\u00a0어디에 쓰이나요**', 2],
    ['2번', 2],
    ['Q1', 1],
  ])('finds %j', (written, no) => {
    expect(key.find(written)?.no).toBe(no);
  });

  it.each([['9번'], ['힙이란 무엇이며 어디에 쓰이나요?'], ['예시'], ['']])('does not find %j', (written) => {
    expect(key.find(written)).toBeNull();
  });
});

describe('numbersOf', () => {
  it('takes the numbers that are written where each question has one of its own, else their places', () => {
    expect(numbersOf([{ no: 3 }, { no: 5 }])).toEqual([3, 5]);
    expect(numbersOf([{ no: 3 }, { no: 3 }])).toEqual([1, 2]);
    expect(numbersOf([{ no: 3 }, { no: null }])).toEqual([1, 2]);
  });
});
