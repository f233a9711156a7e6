import { describe, expect, test } from 'vitest';
import { natureOf } from '../../src/core/answer-text.ts';

describe('an answer that goes on after naming the model answer is judged', () => {
  test.each([
    '모범답안으로 대체합니다\nMVCC는 잠금 없이 일관성을 얻는 방식이다',
    '모범답안으로 대체합니다. 시간 지역성과 공간 지역성 때문에 캐시가 빠르다',
    '정답을 대신하려 하지 말고 캐시를 쓴다',
    '배치가 너무 커서 시간이 부족하면 모범답안으로 대체하겠다는 정책을 쓴다',
    'Use sample answers instead, so that the grader learns from few shots.',
  ])('%j', (answer) => {
    expect(natureOf(answer)).toBe('text');
  });
});

test.each(['ㄱ, ㄷ', 'Na', 'ㄱ'])('%j may be a whole answer', (answer) => {
  expect(natureOf(answer)).toBe('text');
});
