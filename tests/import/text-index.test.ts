import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldLetters } from '../../src/core/fold.ts';
import { textLikeness } from '../../src/core/similarity.ts';
import { textIndex } from '../../src/import/text-index.ts';

const text = fc.string({ unit: fc.constantFrom('가', '나', '다', '라', ' ', '?', '𝑥'), maxLength: 8 });

describe('textIndex', () => {
  test('finds what comparing with every text finds', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), text, fc.nat(12), (texts, wanted, given) => {
        const index = textIndex(texts.slice(0, given));
        for (const added of texts.slice(given)) index.add(added);
        const same = texts.findIndex((other) => foldLetters(other) === foldLetters(wanted));
        expect(index.same(wanted)).toBe(same < 0 ? null : same);

        const likeness = texts.map((other) => textLikeness(other, wanted));
        const [best = 0, second = 0] = likeness.toSorted((a, b) => b - a);
        const closest = index.closest(wanted);
        expect(closest?.likeness ?? 0).toBeCloseTo(best, 10);
        expect(closest?.second ?? 0).toBeCloseTo(second, 10);
        if (closest) expect(likeness[closest.position]).toBeCloseTo(best, 10);
      }),
    );
  });

  test('knows nothing where nothing was given', () => {
    expect([textIndex([]).same('가'), textIndex([]).closest('가')]).toEqual([null, null]);
  });
});
