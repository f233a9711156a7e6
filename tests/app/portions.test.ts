import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attemptsInPortion,
  attemptsInPortionAt,
  createPortionBuilder,
  portionsAtOnce,
} from '../../src/app/portions.ts';

describe('portions', () => {
  it('hold every attempt once, of one question each, none of them too many', () => {
    const questions = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 80 }).map((own) => own.sort());
    fc.assert(
      fc.property(questions, fc.integer({ min: 1, max: 9 }), (asked, most) => {
        const builder = createPortionBuilder(most);
        for (const [place, question] of asked.entries()) builder.add(question, place);
        const portions = builder.portions();
        expect(portions.flat()).toEqual(asked.map((_, place) => place));
        for (const portion of portions) {
          expect(portion.length).toBeLessThanOrEqual(most);
          expect(new Set(portion.map((place) => asked[place])).size).toBe(1);
        }
        // None is split that could stay whole.
        const needed = [...Map.groupBy(asked, (no) => no).values()].map((own) =>
          Math.ceil(own.length / most),
        );
        expect(portions).toHaveLength(needed.reduce((sum, count) => sum + count, 0));
      }),
    );
  });

  it('that are taken at once keep all requests in flight while one of them ends', () => {
    for (const concurrency of [1, 8, 64, 500])
      expect((portionsAtOnce(concurrency) - 1) * attemptsInPortion).toBeGreaterThanOrEqual(2 * concurrency);
  });

  it('of a run with a pace are sent in half a minute', () => {
    const sizes = [undefined, 1, 3, 10, 49, 50, 6000].map(attemptsInPortionAt);
    expect(sizes).toEqual([25, 1, 1, 5, 24, 25, 25]);
  });
});
