import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  characterGrams,
  isContainedIn,
  isCopyOf,
  shareContained,
  textLikeness,
} from '../../src/core/similarity.ts';

const sentences = [
  '토큰은 언어 모델이 글을 다룰 때 쓰는 가장 작은 단위이며, 낱말보다 작을 수 있습니다.',
  '어휘를 조각으로 줄이면 처음 보는 낱말도 아는 조각을 이어 붙여 나타낼 수 있습니다.',
  '다만 언어마다 조각의 수가 달라서 같은 뜻이라도 드는 비용이 달라질 수 있습니다.',
];
const modelAnswer = sentences.join('\n\n');
const ownAnswer =
  '글을 모델이 읽을 수 있게 쪼갠 것으로, 한국어는 영어보다 더 많이 쪼개져서 돈이 더 든다고 배웠습니다.';

describe('characterGrams', () => {
  test('are the distinct runs of characters', () => {
    expect([...characterGrams('가나가나', 2)]).toEqual(['가나', '나가']);
  });

  test('of a shorter text are the text itself', () => {
    expect([...characterGrams('가', 2)]).toEqual(['가']);
  });

  test('of nothing are none', () => {
    expect([...characterGrams('', 2)]).toEqual([]);
  });

  test('count a character beyond the basic plane as one', () => {
    expect([...characterGrams('😀가😀', 2)]).toEqual(['😀가', '가😀']);
  });
});

test('shareContained is the share of the part found in the whole, 0 for an empty part', () => {
  const whole = new Set(['가', '나', '다']);
  expect(shareContained(new Set(['가', '라']), whole)).toBe(0.5);
  expect(shareContained(new Set(), whole)).toBe(0);
});

describe('textLikeness', () => {
  test('is 1 for texts that differ in markup, punctuation, spaces and case only', () => {
    expect(textLikeness('**LLM(대형 모델)**이란?', 'llm 대형모델 이란')).toBe(1);
  });

  test('is 0 for texts without a common pair of letters', () => {
    expect(textLikeness('토큰이란?', '벡터 검색')).toBe(0);
  });

  test('is 0 where there are no letters', () => {
    expect(textLikeness('', '?!')).toBe(0);
  });

  test('is higher for a small slip than for another question', () => {
    const question = '임베딩이 검색에서 하는 일을 설명하세요';
    expect(textLikeness(question, '임배딩이 검색에서 하는 일을 설명하세요')).toBeGreaterThan(
      textLikeness(question, '토큰이 요금에서 하는 일을 설명하세요'),
    );
  });

  test('is symmetric and between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const likeness = textLikeness(a, b);
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness).toBeLessThanOrEqual(1);
        expect(textLikeness(b, a)).toBeCloseTo(likeness, 12);
      }),
      { numRuns: 200 },
    );
  });
});

describe('isContainedIn', () => {
  test('is true for the model answer and for any of its sentences', () => {
    expect([modelAnswer, ...sentences].map((text) => isContainedIn(text, modelAnswer))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('is true although markup, list marks and punctuation differ', () => {
    const written = `- **${sentences[0]?.replace(/\.$/u, '')}**`;
    expect(isContainedIn(written, modelAnswer)).toBe(true);
  });

  test('is false for an answer in own words', () => {
    expect(isContainedIn(ownAnswer, modelAnswer)).toBe(false);
  });

  test('is false for a copied sentence in front of own words', () => {
    expect(isContainedIn(`${sentences[0]} ${ownAnswer}`, modelAnswer)).toBe(false);
  });

  test('is false for a short phrase, which may be equal by chance', () => {
    expect(isContainedIn('언어 모델이 글을 다룰 때', modelAnswer)).toBe(false);
  });
});

describe('isCopyOf', () => {
  test('is true for the model answer, with or without its last words', () => {
    expect(isCopyOf(modelAnswer, modelAnswer)).toBe(true);
    expect(isCopyOf(modelAnswer.slice(0, -12), modelAnswer)).toBe(true);
  });

  test('is true for a short model answer that is equal, false for a phrase', () => {
    expect(
      isCopyOf(
        '토큰은 언어 모델이 글을 읽을 때 쓰는 조각입니다',
        '토큰은 언어 **모델**이 글을 읽을 때 쓰는 조각입니다.',
      ),
    ).toBe(true);
    expect(isCopyOf('토큰은 조각입니다', '토큰은 조각입니다.')).toBe(false);
  });

  test('is false for a part of the model answer', () => {
    expect(isCopyOf(sentences[1] ?? '', modelAnswer)).toBe(false);
  });

  test('is false for the model answer with as much of one’s own', () => {
    expect(isCopyOf(`${modelAnswer}\n\n${ownAnswer}\n\n${ownAnswer.toUpperCase()}`, modelAnswer)).toBe(false);
  });

  test('is false for an answer in own words, and for nothing', () => {
    expect([ownAnswer, ''].map((text) => isCopyOf(text, modelAnswer))).toEqual([false, false]);
  });
});
