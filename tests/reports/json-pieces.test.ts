import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonPieces } from '../../src/reports/json-pieces.ts';

describe('jsonPieces', () => {
  test('gives together what JSON.stringify gives', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6 })), (document) => {
        expect([...jsonPieces(document)].join('')).toBe(JSON.stringify(document, null, 2));
      }),
    );
  });

  test('leaves out what is not there', () => {
    expect([...jsonPieces({ a: undefined, b: [] })].join('')).toBe('{\n  "b": []\n}');
  });

  test('takes what can be gone through for a list, one item at a time', () => {
    let given = 0;
    function* items() {
      for (; given < 3; given += 1) yield { given };
    }
    const text = [...jsonPieces({ items: items(), none: new Set() })].join('');
    expect(text).toBe(
      JSON.stringify({ items: [{ given: 0 }, { given: 1 }, { given: 2 }], none: [] }, null, 2),
    );
  });

  test('gives no long piece', () => {
    const list = Array.from({ length: 5000 }, (_, index) => ({ text: `${index} `.repeat(20) }));
    const pieces = [...jsonPieces({ list })];
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
  });
});
