import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  characterGrams,
  isContainedIn,
  isCopyOf,
  isRestatementOf,
  isTakenFrom,
  overlapOf,
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

/** A text in which every n-th word has become another. */
function changed(text: string, every: number): string {
  return text
    .split(' ')
    .map((word, index) => (index % every === every - 1 ? '다른말' : word))
    .join(' ');
}

describe('isCopyOf, with changes', () => {
  const longer = `${modelAnswer} ${sentences[1]} 그래서 모델을 고를 때에는 자기 언어의 글이 몇 조각이 되는지 먼저 세어 보는 편이 좋습니다.`;

  test.each([
    [modelAnswer, 15],
    [longer, 15],
    [longer, 20],
  ])('%# is true although every so-manieth word is another', (text, every) => {
    expect(isCopyOf(changed(text, every), text)).toBe(true);
  });

  test.each([2, 3, 4, 5])('is false where one word of %i is another', (every) => {
    expect(isCopyOf(changed(longer, every), longer)).toBe(false);
  });

  test.each([
    '토큰은 언어 모델이 글을 다룰 때의 가장 작은 단위인데 꼭 낱말과 같지는 않고 더 작기도 합니다. 그래서 처음 보는 낱말이 나와도 이미 아는 조각들을 이어 붙이면 되고, 대신 언어에 따라 조각 수가 달라 비용이 다르게 나옵니다.',
    '가장 작은 단위가 토큰. 어휘를 조각으로 줄였기 때문에 처음 보는 낱말도 조각을 이어서 나타낼 수 있음. 단점은 언어마다 조각의 수가 다르다는 것이고 그러면 같은 뜻인데도 비용이 달라짐. 한국어가 영어보다 많이 든다고 책에 나와 있었음.',
  ])('is false for a paraphrase that keeps the terms: %s', (text) => {
    expect(isCopyOf(text, modelAnswer)).toBe(false);
  });
});

describe('overlapOf', () => {
  test('tells what is taken and how much of the source', () => {
    expect(overlapOf(modelAnswer, modelAnswer)).toEqual({ contained: 1, covered: 1 });
    const part = overlapOf(sentences[0] ?? '', ...sentences);
    expect(part.contained).toBe(1);
    expect(part.covered).toBeGreaterThan(0.2);
    expect(part.covered).toBeLessThan(0.5);
  });

  test('is nothing for nothing', () => {
    expect(overlapOf('', modelAnswer)).toEqual({ contained: 0, covered: 0 });
    expect(overlapOf(ownAnswer)).toEqual({ contained: 0, covered: 0 });
  });
});

describe('isTakenFrom', () => {
  test('is what overlapOf counts, for every text and share', () => {
    const text = fc
      .array(fc.constantFrom(...sentences, ownAnswer, '토큰은 언어', '𠮷野家', '둘', 'x'), { maxLength: 6 })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, text, fc.constantFrom(0.1, 0.5, 0.9, 1), (own, source, share) => {
        expect(isTakenFrom(own, share, source, modelAnswer)).toBe(
          overlapOf(own, source, modelAnswer).contained >= share,
        );
      }),
    );
  });
});

describe('isRestatementOf', () => {
  const question =
    '동기 복제와 비동기 복제 가운데 어느 쪽이 데이터를 잃을 가능성이 더 낮은지, 그리고 그 까닭이 무엇인지 설명하세요.';

  test.each([
    question,
    `**${question.replace('설명하세요.', '설명하세요')}**`,
    question.replace('가능성이 더 낮은지', '가능성이 낮은지'),
  ])('is true for %s', (text) => {
    expect(isRestatementOf(text, question)).toBe(true);
  });

  test.each([
    '동기 복제',
    '동기 복제와 비동기 복제 가운데 동기 복제',
    '동기 복제가 데이터를 잃을 가능성이 더 낮다',
    `${question} 동기 복제`,
    ownAnswer,
    '',
  ])('is false for %s', (text) => {
    expect(isRestatementOf(text, question)).toBe(false);
  });

  test('is true for a short question only where it is equal', () => {
    expect(isRestatementOf('샤딩이란', '샤딩이란?')).toBe(true);
    expect(isRestatementOf('샤딩', '샤딩이란?')).toBe(false);
    expect(isRestatementOf('', '')).toBe(false);
  });
});
