import { describe, expect, test } from 'vitest';
import { attemptsIn } from '../../src/import/attempt-parts.ts';

function attemptsOf(text: string) {
  const lines = text.split('\n');
  const { first, later } = attemptsIn({ from: 1, to: lines.length, text }, lines);
  return { first: first?.text ?? null, later: later.map((part) => [part.from, part.to, part.text]) };
}

describe('attemptsIn', () => {
  test.each([
    ['글\n\n수정: 다른 글', '글', [[3, 3, '다른 글']]],
    ['글\n(추가) 더\n이어서', '글', [[2, 3, '더\n이어서']]],
    ['1차 답변\n\n글\n\n2차 답변\n\n다른 글', '글', [[7, 7, '다른 글']]],
    ['**1차 답변:** 글\n\n**수정**\n다른 글', '글', [[4, 4, '다른 글']]],
    [
      '글\n\n[수정] 하나\n\n(수정) 둘',
      '글',
      [
        [3, 3, '하나'],
        [5, 5, '둘'],
      ],
    ],
    ['~~처음에 쓴 긴 글입니다.~~ 다른 글', '처음에 쓴 긴 글입니다.', [[1, 1, '다른 글']]],
  ])('takes %j apart', (text, first, later) => {
    expect(attemptsOf(text)).toEqual({ first, later });
  });

  test.each([
    '글을 수정: 하지 않았습니다',
    '수정하면 됩니다',
    '추가 비용이 듭니다',
    '글\n\n```\n수정: 코드\n```',
    '~~낱말~~ 조각으로 나눈 것',
    '나눈 ~~처음에 쓴 긴 글~~ 조각',
  ])('leaves %j whole', (text) => {
    expect(attemptsOf(text)).toEqual({ first: text, later: [] });
  });

  test.each([
    ['-- YOUR ANSWER HERE --\n\n글', '글'],
    ['글\n<!-- your answer here -->', '글'],
    ['여기에 작성', null],
  ])('takes the template off %j', (text, first) => {
    expect(attemptsOf(text)).toEqual({ first, later: [] });
  });
});
