import { describe, expect, test } from 'vitest';
import { type BaselineItem, baselinesOf, logLength, tokenF1 } from '../../src/core/calibration-baselines.ts';

function itemOf(question: string, answer: string, human: number): BaselineItem {
  return { question, answer, reference: 'sorted rows', human };
}

describe('tokenF1', () => {
  test.each([
    ['is 2·PR/(P + R): 2 of 3 words, 2 of 5', 'the sorted rows', 'sorted so that rows come', 2 / 4],
    ['counts repetitions as often as both have them', 'rows rows rows', 'rows and rows', 4 / 6],
    ['is 1 whatever case, signs and composition', 'Größe, ROWS!', 'gro\u0308ße rows', 1],
    ['is 0 without a shared word', 'one', 'two', 0],
    ['is 0 of nothing', '', '', 0],
    ['takes Korean words as they stand', '색인은 정렬된다', '색인은 빠르다', 0.5],
  ])('%s', (_, answer, reference, expected) => {
    expect(tokenF1(answer, reference)).toBeCloseTo(expected, 12);
  });
});

test('logLength is 0 for no word and grows ever slower', () => {
  expect(logLength(' – ')).toBe(0);
  expect(logLength('one, two, 3')).toBe(Math.log(4));
});

describe('baselinesOf', () => {
  test('the mean is that of the other questions', () => {
    const items = [itemOf('a', '', 0), itemOf('a', '', 0.5), itemOf('b', '', 1), itemOf('b', '', 0.5)];
    // Predicted .75 .75 for a, .25 .25 for b.
    const { mean } = baselinesOf(items, items, 2);
    expect(mean.mae).toBeCloseTo((0.75 + 0.25 + 0.75 + 0.25) / 4, 12);
    expect(mean.bias).toBeCloseTo(0, 12);
  });

  test('with one question each answer is predicted from the others', () => {
    const items = [0, 0.5, 1].map((human) => itemOf('a', '', human));
    // Predicted .75 .5 .25.
    expect(baselinesOf(items, items, 2).mean.mae).toBeCloseTo(0.5, 12);
    expect(baselinesOf(items, items, 2).mean.pearson).toBeCloseTo(-1, 12);
  });

  test('a lone answer cannot be predicted', () => {
    const items = [itemOf('a', 'one', 1)];
    const baselines = baselinesOf(items, items, 1);
    expect([baselines.mean.count, baselines.tokenF1.mae, baselines.length.mae]).toEqual([0, null, null]);
  });

  test('the length foretells marks that follow it in the other questions', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
    // Marks are half the binary logarithm of 1 + words: on one line in both questions.
    const items = ['a', 'b'].flatMap((question) =>
      [0, 1, 3].map((count) => itemOf(question, words(count), Math.log2(1 + count) / 2)),
    );
    const { length } = baselinesOf(items, items, 2);
    expect(length.mae).toBeCloseTo(0, 12);
    expect(length.quadraticKappa).toBe(1);
  });

  test('what a question’s own marks say is not used', () => {
    const items = [
      itemOf('a', 'sorted rows', 0),
      itemOf('a', '', 1),
      itemOf('b', 'sorted rows', 1),
      itemOf('b', '', 0),
    ];
    // The other question says the opposite.
    expect(baselinesOf(items, items, 1).tokenF1).toMatchObject({ mae: 1, quadraticKappa: -1 });
  });

  test('predictions are cut off at 0 and 1', () => {
    const items = [
      itemOf('a', 'one', 0.5),
      itemOf('a', 'one two three', 1),
      itemOf('b', 'one two three four five six seven', 1),
      itemOf('b', '', 0),
    ];
    const { length } = baselinesOf(items, items.slice(2), 2);
    expect(length).toMatchObject({ count: 2, mae: expect.closeTo(0, 12) });
  });

  test('items that are not counted still teach, those without a model answer are left out of token-F1', () => {
    const taught = [itemOf('a', '', 0.4), { ...itemOf('b', '', 0.8), reference: null }];
    const baselines = baselinesOf(taught, taught.slice(0, 1), 5);
    expect(baselines.mean).toMatchObject({ count: 1, mae: expect.closeTo(0.4, 12) });
    expect(baselines.tokenF1.count).toBe(0);
  });
});
