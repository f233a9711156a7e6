import { describe, expect, test } from 'vitest';
import { comparisonOf } from '../../src/core/comparison.ts';
import { resultOf } from './marked-results.ts';

const marks = Array.from({ length: 40 }, (_, index) => (index % 5) / 4);

/** A judge who is so much too mild (below 0: too strict), in turns more and less. */
function judgeOf(shift: (index: number) => number) {
  return marks.map((human, index) =>
    resultOf({ id: `${index}`, human, machine: Math.min(1, Math.max(0, human + shift(index))) }),
  );
}

const good = judgeOf((index) => (index % 3) / 40);
const poor = judgeOf((index) => ((index % 4) - 3) / 6);

describe('comparisonOf', () => {
  const comparison = comparisonOf(good, poor);

  test('has the figures of both and the difference b - a, the bias by its size', () => {
    const { mae, bias } = comparison.figures;
    const error = (results: typeof good) => results.map((result) => result.machine! - result.human);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(comparison.count).toBe(40);
    expect(mae.a).toBeCloseTo(mean(error(good).map(Math.abs)), 12);
    expect(mae.b).toBeCloseTo(mean(error(poor).map(Math.abs)), 12);
    expect(mae.difference).toBeCloseTo(mae.b! - mae.a!, 12);
    expect(bias.b).toBeCloseTo(-mean(error(poor)), 12);
  });

  test('finds a clear difference clear', () => {
    for (const { interval, difference, excludesZero } of Object.values(comparison.figures)) {
      expect(interval!.low).toBeLessThan(difference!);
      expect(interval!.high).toBeGreaterThan(difference!);
      expect(excludesZero).toBe(true);
    }
  });

  test('turns its signs when the judges change places', () => {
    const turned = comparisonOf(poor, good);
    expect(turned.figures.mae.difference).toBeCloseTo(-comparison.figures.mae.difference!, 12);
    expect(turned.closer).toEqual({
      a: comparison.closer.b,
      b: comparison.closer.a,
      equal: comparison.closer.equal,
    });
  });

  test('finds no difference between a judge and itself', () => {
    const same = comparisonOf(good, good);
    expect(same.closer).toEqual({ a: 0, b: 0, equal: 40 });
    expect(same.figures.rmse).toMatchObject({ difference: 0, interval: { low: 0, high: 0 } });
    expect(Object.values(same.figures).some((figure) => figure.excludesZero)).toBe(false);
  });

  test('pairs by id, whatever the order, and takes answers that both graded', () => {
    const others = [
      ...poor.slice(1, 10).map((result) => ({ ...result, machine: null })),
      ...poor.slice(10).toReversed(),
    ];
    const part = comparisonOf(good.slice(1), [...others, resultOf({ id: 'elsewhere' })]);
    expect(part).toEqual(comparisonOf(good.slice(10), poor.slice(10)));
    expect(part.count).toBe(30);
  });

  test('counts whose mark is closer to the person’s', () => {
    const a = [0.5, 0.4, 0.6, 1].map((machine, index) => resultOf({ id: `${index}`, machine }));
    const b = [0.6, 0.5, 0.4, 0.5].map((machine, index) => resultOf({ id: `${index}`, machine }));
    expect(comparisonOf(a, b).closer).toEqual({ a: 1, b: 2, equal: 1 });
  });

  test('says nothing of judges without a common answer', () => {
    const { count, figures } = comparisonOf([resultOf({ id: '1' })], [resultOf({ id: '2' })]);
    const nothing = { a: null, b: null, difference: null, interval: null, excludesZero: false };
    expect(count).toBe(0);
    expect(Object.values(figures)).toEqual(Array.from({ length: 5 }, () => nothing));
  });
});
