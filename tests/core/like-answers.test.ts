import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldLetters } from '../../src/core/fold.ts';
import { likeAnswers } from '../../src/core/like-answers.ts';
import { characterGrams, shareContained } from '../../src/core/similarity.ts';

const sentences = [
  '색인은 책의 찾아보기처럼 값이 어느 쪽에 있는지 알려 주는 따로 둔 표이며, 값의 순서대로 놓입니다.',
  '그래서 모든 행을 하나씩 읽지 않고도 찾는 값이 있는 곳으로 바로 갈 수 있습니다.',
  '다만 행을 넣거나 고칠 때마다 표도 함께 고쳐야 하므로 쓰기는 그만큼 느려집니다.',
];
const modelAnswer = sentences.join('\n\n');
const ownAnswer =
  '찾는 속도를 올려 주는 구조라고 배웠습니다. 대신 저장할 곳이 더 들고 데이터를 바꿀 때 할 일이 늘어납니다.';

/** A text with every so-manieth word changed. */
function changed(text: string, every: number): string {
  return text
    .split(' ')
    .map((word, index) => (index % every === every - 1 ? '바뀐말' : word))
    .join(' ');
}

describe('likeAnswers', () => {
  const answer = (member: string, text: string) => ({ member, text });

  test('names the other members, in order, for each that has any', () => {
    const answers = [
      answer('가람', modelAnswer),
      answer('나래', ownAnswer),
      answer('다온', changed(modelAnswer, 25)),
      answer('라온', `- ${modelAnswer}`),
    ];
    expect([...likeAnswers(answers)].sort()).toEqual([
      [0, ['다온', '라온']],
      [2, ['가람', '라온']],
      [3, ['가람', '다온']],
    ]);
  });

  test("never names an answer's own member", () => {
    expect(likeAnswers([answer('가람', modelAnswer), answer('가람', modelAnswer)])).toEqual(new Map());
  });

  test.each([
    ['an answer that holds much more', `${modelAnswer} ${ownAnswer} ${ownAnswer.replaceAll('글', '말')}`],
    ['an answer that holds much less', sentences[0] ?? ''],
    ['other words', changed(modelAnswer, 4)],
  ])('leaves %s alone', (_name, text) => {
    expect(likeAnswers([answer('가람', modelAnswer), answer('나래', text)])).toEqual(new Map());
  });

  test('leaves short answers alone', () => {
    expect(
      likeAnswers([answer('가람', '정렬되어 있어서 빠르다'), answer('나래', '정렬되어 있어서 빠르다')]).size,
    ).toBe(0);
  });

  test('is mutual, for every group of answers', () => {
    const text = fc.constantFrom(
      modelAnswer,
      changed(modelAnswer, 20),
      changed(modelAnswer, 6),
      ownAnswer.repeat(2),
      '',
    );
    const member = fc.constantFrom('가', '나', '다', '라');
    fc.assert(
      fc.property(fc.array(fc.record({ member, text }), { maxLength: 12 }), (answers) => {
        const found = likeAnswers(answers);
        for (const [index, others] of found) {
          const own = answers[index]?.member;
          expect(others).not.toContain(own);
          expect(new Set(others).size).toBe(others.length);
          for (const other of others) {
            const back = answers.some(
              (item, at) => item.member === other && found.get(at)?.includes(own ?? ''),
            );
            expect(back).toBe(true);
          }
        }
      }),
    );
  });

  test('takes a thousand long answers', () => {
    const answers = Array.from({ length: 1_000 }, (_, index) =>
      answer(
        `m${index}`,
        Array.from({ length: 60 }, (_unused, at) => `${(index * 7919 + at * 104729) % 997}번째`).join(' '),
      ),
    );
    expect(likeAnswers([...answers, answer('copy', answers[500]?.text ?? '')]).get(500)).toContain('copy');
  });

  test('finds the pairs that comparing each with each finds', () => {
    const text = fc
      .tuple(
        fc.shuffledSubarray([...sentences, ownAnswer], { minLength: 1 }),
        fc.integer({ min: 2, max: 40 }),
      )
      .map(([parts, every]) => changed(parts.join(' '), every));
    const isLike = (a: string, b: string) => {
      const [one, other] = [a, b].map((own) => characterGrams(foldLetters(own), 6)) as [
        Set<string>,
        Set<string>,
      ];
      return Math.min(shareContained(one, other), shareContained(other, one)) >= 0.8;
    };
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
        const answers = texts.map((own, index) => answer(`m${index}`, own));
        const expected = texts.flatMap((own, index) => {
          const others = texts.flatMap((other, at) => (at !== index && isLike(own, other) ? [`m${at}`] : []));
          return others.length > 0 && foldLetters(own).length >= 60 ? [[index, others] as const] : [];
        });
        expect([...likeAnswers(answers)].sort(([a], [b]) => a - b)).toEqual(expected);
      }),
    );
  });

  test('names some where a whole course gave one answer', () => {
    const answers = Array.from({ length: 3000 }, (_, index) =>
      answer(`m${index}`, `${modelAnswer} ${index}`),
    );
    const found = likeAnswers(answers);
    expect(found.size).toBe(3000);
    const named = [...found.values()].reduce((sum, members) => sum + members.length, 0);
    expect(named).toBeLessThan(3000 * 50);
  });
});
