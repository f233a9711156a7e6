import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementOf, figures, type MarkPair, rangeOf, stepsOf } from '../../src/core/agreement.ts';

function pairsOf(...pairs: [human: number, machine: number][]): MarkPair[] {
  return pairs.map(([human, machine]) => ({ human, machine }));
}

/** Two columns of published data, brought into the range of shares. */
function scaled(human: number[], machine: number[], by: number): MarkPair[] {
  return human.map((mark, index) => ({ human: mark / by, machine: machine[index]! / by }));
}

function swapped(pairs: readonly MarkPair[]): MarkPair[] {
  return pairs.map(({ human, machine }) => ({ human: machine, machine: human }));
}

/** Kappa as Cohen defined it: weighted disagreement in the table of both, observed over expected. */
function kappaFromTable(pairs: readonly MarkPair[], steps: number): number | null {
  const category = (mark: number) => Math.round(mark * steps);
  const share = (holds: (pair: MarkPair) => boolean) => pairs.filter(holds).length / pairs.length;
  let observed = 0;
  let expected = 0;
  for (let row = 0; row <= steps; row += 1) {
    for (let column = 0; column <= steps; column += 1) {
      const weight = (row - column) ** 2;
      const inRow = (pair: MarkPair) => category(pair.human) === row;
      const inColumn = (pair: MarkPair) => category(pair.machine) === column;
      observed += weight * share((pair) => inRow(pair) && inColumn(pair));
      expected += weight * share(inRow) * share(inColumn);
    }
  }
  return expected === 0 ? null : 1 - observed / expected;
}

const steps = 8;
const share = fc.integer({ min: 0, max: 40 }).map((fortieths) => fortieths / 40);
const onScale = fc.integer({ min: 0, max: steps }).map((mark) => mark / steps);
const pair = fc.record({ human: share, machine: share });
const somePairs = fc.array(pair, { minLength: 1, maxLength: 30 });

describe('worked out by hand', () => {
  // Categories 0 0 1 1 2 2 against 0 1 1 2 2 2.
  const six = pairsOf([0, 0], [0, 0.5], [0.5, 0.5], [0.5, 1], [1, 1], [1, 1]);

  test('kappa: observed 2/6; sums 6 and 8, of squares 10 and 14, so by chance 24/6 - 2·6·8/36 = 4/3', () => {
    expect(agreementOf(six, 2).quadraticKappa).toBeCloseTo(1 - 2 / 6 / (4 / 3), 12);
  });

  test('Pearson, in categories: Σab - Σa·Σb/6 = 11 - 8 = 3, Σa² - 36/6 = 4, Σb² - 64/6 = 10/3', () => {
    expect(agreementOf(six, 2).pearson).toBeCloseTo(3 / Math.sqrt((4 * 10) / 3), 12);
  });

  test('distances: 0.5 twice in six', () => {
    expect(agreementOf(six, 2)).toMatchObject({
      count: 6,
      mae: 1 / 6,
      bias: 1 / 6,
      rmse: Math.sqrt(0.5 / 6),
      exact: 4 / 6,
      adjacent: 1,
    });
  });

  test('weighted RMSE: ranges 0, 2 and 4 have mean squares 1/8, 1/8 and 0', () => {
    expect(agreementOf(six, 2).weightedRmse).toBeCloseTo(Math.sqrt((1 / 8 + 1 / 8) / 3), 12);
  });

  test('weighted RMSE counts one low answer as much as many high ones', () => {
    const pairs = pairsOf([0, 1], [1, 1], [1, 1], [1, 1]);
    expect(agreementOf(pairs, 1).weightedRmse).toBeCloseTo(Math.sqrt(1 / 2), 12);
    expect(agreementOf(pairs, 1).rmse).toBeCloseTo(1 / 2, 12);
  });

  test('one step apart is adjacent, two are not; half a step is rounded up', () => {
    const { exact, adjacent } = agreementOf(pairsOf([0, 0.125], [0.5, 0.75], [0, 0.5], [1, 0.8]), 4);
    expect([exact, adjacent]).toEqual([0, 0.5 + 0.25]);
  });
});

describe('published examples', () => {
  test('Pearson: the first quartet of Anscombe 1973 has r .816', () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    expect(agreementOf(scaled(x, y, 14), 14).pearson).toBeCloseTo(0.81642, 5);
  });

  test('Spearman: intelligence quotients and hours of television, -29/165', () => {
    const quotients = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(agreementOf(scaled(quotients, hours, 113), 10).spearman).toBeCloseTo(-29 / 165, 12);
  });

  test('Spearman with equal values: ranks 1.5 1.5 3 4 against 1 2.5 2.5 4', () => {
    // Deviations -1 -1 .5 1.5 and -1.5 0 0 1.5: products 3.75, squares 4.5 and 4.5.
    const pairs = pairsOf([0.1, 0.2], [0.1, 0.3], [0.5, 0.3], [0.9, 0.8]);
    expect(agreementOf(pairs, 10).spearman).toBeCloseTo(3.75 / 4.5, 12);
  });
});

describe('what is not defined is null', () => {
  test('everything of no pairs', () => {
    expect(Object.values(agreementOf([], 4))).toEqual([0, ...figures.map(() => null)]);
  });

  test('the correlations where a side is constant; kappa is then as by chance', () => {
    const pairs = pairsOf([0.1, 0.1], [0.5, 0.1], [0.7, 0.1]);
    for (const sides of [pairs, swapped(pairs)]) {
      expect(agreementOf(sides, 10)).toMatchObject({ quadraticKappa: 0, pearson: null, spearman: null });
    }
  });

  test('kappa too where both sides are one category', () => {
    const agreement = agreementOf(pairsOf([0.1, 0.1], [0.1, 0.1], [0.1, 0.1]), 10);
    expect(agreement).toMatchObject({
      quadraticKappa: null,
      pearson: null,
      spearman: null,
      mae: 0,
      exact: 1,
    });
  });

  test('but no figure is ever NaN, and all stay in range', () => {
    fc.assert(
      fc.property(somePairs, fc.integer({ min: 1, max: 20 }), (pairs, scale) => {
        const agreement = agreementOf(pairs, scale);
        for (const name of figures) {
          const value = agreement[name] ?? 0;
          expect(value).toBeGreaterThanOrEqual(['mae', 'rmse', 'exact', 'adjacent'].includes(name) ? 0 : -1);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(agreement.adjacent).toBeGreaterThanOrEqual(agreement.exact!);
        expect(agreement.rmse).toBeGreaterThanOrEqual(agreement.mae! - 1e-12);
        expect(agreement.mae).toBeGreaterThanOrEqual(Math.abs(agreement.bias!) - 1e-12);
      }),
    );
  });
});

describe('for all marks', () => {
  test('kappa is the one from the table', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ human: onScale, machine: onScale }), { minLength: 1 }), (pairs) => {
        const expected = kappaFromTable(pairs, steps);
        const actual = agreementOf(pairs, steps).quadraticKappa;
        if (expected === null) expect(actual).toBeNull();
        else expect(actual).toBeCloseTo(expected, 9);
      }),
    );
  });

  test('equal marks agree fully', () => {
    fc.assert(
      fc.property(fc.uniqueArray(share, { minLength: 2 }), (marks) => {
        const agreement = agreementOf(
          marks.map((mark) => ({ human: mark, machine: mark })),
          40,
        );
        expect(agreement).toMatchObject({ quadraticKappa: 1, mae: 0, rmse: 0, weightedRmse: 0, bias: 0 });
        expect(agreement).toMatchObject({ exact: 1, adjacent: 1 });
        expect(agreement.pearson).toBeCloseTo(1, 9);
        expect(agreement.spearman).toBeCloseTo(1, 9);
      }),
    );
  });

  test('person and machine may change places; only the bias turns, and the ranges are the person’s', () => {
    fc.assert(
      fc.property(somePairs, (pairs) => {
        const one = agreementOf(pairs, steps);
        const other = agreementOf(swapped(pairs), steps);
        expect(other.bias).toBeCloseTo(-one.bias!, 12);
        for (const name of figures.filter((figure) => figure !== 'bias' && figure !== 'weightedRmse')) {
          if (one[name] === null) expect(other[name]).toBeNull();
          else expect(other[name]).toBeCloseTo(one[name], 9);
        }
      }),
    );
  });

  test('the order of the answers does not matter', () => {
    fc.assert(
      fc.property(somePairs, (pairs) => {
        const one = agreementOf(pairs, steps);
        const other = agreementOf(pairs.toReversed(), steps);
        for (const name of figures) {
          if (one[name] === null) expect(other[name]).toBeNull();
          else expect(other[name]).toBeCloseTo(one[name], 9);
        }
      }),
    );
  });
});

describe('stepsOf', () => {
  test.each([
    [[0, 1, 1], 1],
    [[0, 0.5], 2],
    [[1 / 3, 0.5], 6],
    [[2.1 / 3.5, 0.2], 5],
    [[1 / 7, 6 / 7], 7],
    [[0.05], 20],
    [[0.123], 10],
    [[], 1],
  ])('%j is on a scale of %d', (marks, expected) => {
    expect(stepsOf(marks)).toBe(expected);
  });

  test('finds a scale on which every mark is whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.nat()), (scale, numbers) => {
        const found = stepsOf(numbers.map((number) => (number % (scale + 1)) / scale));
        expect(found).toBeLessThanOrEqual(scale);
      }),
    );
  });
});

test.each([
  [0, 0],
  [0.199, 0],
  [0.2, 1],
  [2.1 / 3.5, 3],
  [0.8, 4],
  [1, 4],
])('the mark %d is in range %d', (mark, range) => {
  expect(rangeOf(mark)).toBe(range);
});
