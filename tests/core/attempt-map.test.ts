import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AttemptName, byAttempt, createAttemptMap } from '../../src/core/attempt-map.ts';

const names = fc.record<AttemptName>({
  member: fc.oneof(fc.constantFrom('', '가람', 'Ann', '1', '__proto__'), fc.string()),
  question: fc.nat(),
  attempt: fc.constantFrom('first', 'revised'),
});
const keyOf = ({ member, question, attempt }: AttemptName) => JSON.stringify([member, question, attempt]);

describe('a map by attempt', () => {
  test('gives what was set last under the very name', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.nat())), fc.array(names), (entries, others) => {
        const map = createAttemptMap<number>();
        for (const [name, value] of entries) map.set(name, value);
        const expected = new Map(entries.map(([name, value]) => [keyOf(name), value]));
        for (const name of [...entries.map(([own]) => own), ...others])
          expect(map.get(name)).toBe(expected.get(keyOf(name)));
      }),
    );
  });

  test('holds items under the attempt that they are about, the last of several', () => {
    const [first, revised] = (['first', 'revised'] as const).map((attempt) => ({
      member: 'Ann',
      question: 1,
      attempt,
      score: 1,
    }));
    if (!first || !revised) throw new Error('there are two');
    const map = byAttempt([first, revised, { ...first, score: 2 }]);
    expect([map.get(first)?.score, map.get(revised)?.score]).toEqual([2, 1]);
    expect(map.get({ ...first, question: 2 })).toBeUndefined();
  });
});
