import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  featuresOf,
  inverseDocumentFrequency,
  totalWeight,
  weightedShare,
} from '../../src/judge/word-features.ts';

const features = (text: string) => [...featuresOf(text)];

describe('featuresOf', () => {
  it.each([
    ['Hangul as pairs of syllables', '인덱스는', ['인덱', '덱스', '스는']],
    ['a single syllable as itself', '키', ['키']],
    ['a short other word with its spaces', 'B', [' b ']],
    ['other words in runs of four', 'trees', [' tre', 'tree', 'rees', 'ees ']],
    ['words with digits likewise', '2024-10', [' 202', '2024', '024 ', ' 10 ']],
    ['mixed words in parts', 'API를', [' api', 'api ', '를']],
    ['no formal endings', '찾습니다', ['찾습']],
    ['each feature once', '쓰기 쓰기', ['쓰기']],
    ['nothing in nothing', ' … ', []],
  ])('%s', (_name, text, expected) => {
    expect(features(text)).toEqual(expected);
  });

  it('makes forms of a word alike', () => {
    expect(features('정규화를').filter((item) => featuresOf('정규화는').has(item))).toEqual(['정규', '규화']);
    expect(features('indexing').filter((item) => featuresOf('indexes').has(item))).toEqual([
      ' ind',
      'inde',
      'ndex',
    ]);
  });

  it('is blind to markup, case and composition', () => {
    const plain = features('인덱스 Index');
    expect(features('**인덱스** `INDEX`')).toEqual(plain);
    expect(features('인덱스 Index'.normalize('NFD'))).toEqual(plain);
  });
});

describe('inverseDocumentFrequency', () => {
  const weight = inverseDocumentFrequency(['인덱스 정렬', '인덱스 쓰기', '인덱스 잠금']);

  it('weighs a rare feature more than a common one, and none at nothing', () => {
    expect(weight('없음')).toBeGreaterThan(weight('정렬'));
    expect(weight('정렬')).toBeGreaterThan(weight('인덱'));
    expect(weight('인덱')).toBeGreaterThan(0);
  });

  it('is ln(1 + (1 + texts) / (1 + texts with it))', () => {
    expect(weight('정렬')).toBeCloseTo(Math.log(1 + 4 / 2), 12);
    expect(weight('인덱')).toBeCloseTo(Math.log(1 + 4 / 4), 12);
  });

  it('weighs everything the same, and something, where there are no texts', () => {
    const none = inverseDocumentFrequency([]);
    expect(none('정렬')).toBeGreaterThan(0);
    expect(none('정렬')).toBe(none('인덱'));
  });
});

test('totalWeight adds up the weights of distinct features', () => {
  expect(totalWeight(new Set(['a', 'b']), (item) => (item === 'a' ? 3 : 1))).toBe(4);
  expect(totalWeight(new Set(), () => 1)).toBe(0);
});

describe('weightedShare', () => {
  const set = (...items: string[]) => new Set(items);

  it.each([
    ['all', set('a', 'b'), set('a', 'b', 'c'), 1],
    ['half', set('a', 'b'), set('a'), 0.5],
    ['none', set('a'), set('b'), 0],
    ['nothing wanted', set(), set('a'), 0],
  ])('%s', (_name, target, answer, expected) => {
    expect(weightedShare(target, answer, () => 1)).toBe(expected);
  });

  it('counts features by their weight', () => {
    expect(weightedShare(set('rare', 'common'), set('rare'), (item) => (item === 'rare' ? 3 : 1))).toBe(0.75);
  });

  it('lies between 0 and 1, and grows with the answer', () => {
    const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));
    fc.assert(
      fc.property(
        words,
        words,
        words,
        fc.array(fc.nat(9), { minLength: 6, maxLength: 6 }),
        (target, less, more, weights) => {
          const weight = (item: string) => weights['abcdef'.indexOf(item)] ?? 0;
          const small = weightedShare(new Set(target), new Set(less), weight);
          const large = weightedShare(new Set(target), new Set([...less, ...more]), weight);
          expect(small).toBeGreaterThanOrEqual(0);
          expect(large).toBeGreaterThanOrEqual(small);
          expect(large).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
