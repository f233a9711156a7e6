import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonPieces, jsonPiecesAtOnce } from '../../src/reports/json-pieces.ts';

type Pieces = (document: Readonly<Record<string, unknown>>) => Iterable<string> | AsyncIterable<string>;

async function* later<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

describe.each<[string, Pieces]>([
  ['jsonPieces', jsonPieces],
  ['jsonPiecesAtOnce', jsonPiecesAtOnce],
])('%s', (_name, pieces) => {
  const textOf = async (document: Parameters<Pieces>[0]) =>
    (await Array.fromAsync(pieces(document))).join('');

  test('gives together what JSON.stringify gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6 })), async (document) => {
        expect(await textOf(document)).toBe(JSON.stringify(document, null, 2));
      }),
    );
  });

  test('leaves out what is not there', async () => {
    expect(await textOf({ a: undefined, b: [] })).toBe('{\n  "b": []\n}');
  });

  test('takes what can be gone through for a list, one item at a time', async () => {
    let given = 0;
    function* items() {
      for (; given < 3; given += 1) yield { given };
    }
    expect(await textOf({ items: items(), none: new Set() })).toBe(
      JSON.stringify({ items: [{ given: 0 }, { given: 1 }, { given: 2 }], none: [] }, null, 2),
    );
  });

  test('gives no long piece', async () => {
    const list = Array.from({ length: 5000 }, (_, index) => ({ text: `${index} `.repeat(20) }));
    const all = await Array.fromAsync(pieces({ list }));
    expect(all.length).toBeGreaterThan(5);
    expect(Math.max(...all.map((piece) => piece.length))).toBeLessThan(70_000);
  });
});

describe('a list whose items come later', () => {
  test('is one like any other, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 4 })), async (items) => {
        const document = (list: () => unknown) => ({
          chapters: [{ grades: list(), ends: 1 }],
          nested: [[list()]],
        });
        const written = await Array.fromAsync(jsonPieces(document(() => later(items))));
        expect(written.join('')).toBe(
          JSON.stringify(
            document(() => items),
            null,
            2,
          ),
        );
      }),
    );
  });

  test('may hold others', async () => {
    const list = later([{ own: later([1, 2]) }, { own: later([]) }]);
    expect((await Array.fromAsync(jsonPieces({ list }))).join('')).toBe(
      JSON.stringify({ list: [{ own: [1, 2] }, { own: [] }] }, null, 2),
    );
  });

  test('is read no further than what is written needs', async () => {
    let read = 0;
    async function* items() {
      for (; read < 100; read += 1) yield 'x'.repeat(10_000);
    }
    await jsonPieces({ list: items() }).next();
    expect(read).toBeLessThan(10);
  });

  test('is refused where everything must be there', () => {
    expect(() => [...jsonPiecesAtOnce({ list: later([1]) })]).toThrow(TypeError);
  });
});
