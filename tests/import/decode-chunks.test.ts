import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { decodeDocument } from '../../src/import/decode.ts';
import { decodeChunks } from '../../src/import/decode-chunks.ts';

async function decoded(bytes: Uint8Array, size: number): Promise<string> {
  async function* open() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
  return (await Array.fromAsync(decodeChunks(open, 'a.csv'))).join('');
}

async function outcome(work: () => Promise<string> | string): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) return error.sentence('en');
    throw error;
  }
}

const text = fc
  .array(fc.constantFrom('가', '똠', '됬', 'a', ',', '\r', '\n', '\r\n', '"', ' ', '\uFEFF'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));
const encoded = fc
  .tuple(text, fc.constantFrom('utf8', 'utf16le', 'utf16be', 'cp949'), fc.boolean())
  .map(([content, encoding, addBOM]) => new Uint8Array(iconv.encode(content, encoding, { addBOM })));
const bytes = fc.oneof(
  { weight: 4, arbitrary: encoded },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }) },
);

describe('decodeChunks', () => {
  test('gives what decodeDocument gives, however the bytes are cut, and the same errors', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), async (given, size) => {
        expect(await outcome(() => decoded(given, size))).toBe(
          await outcome(() => decodeDocument(given, 'a.csv')),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('knows CP949 by its last bytes', async () => {
    const given = iconv.encode(`${'a'.repeat(1000)}똠방각하`, 'cp949');
    expect(await decoded(given, 64)).toBe(`${'a'.repeat(1000)}똠방각하`);
  });

  test.each([
    [[], 'a.csv: the file is empty'],
    [[0x50, 0x4b, 3, 4, 20], 'a.csv: this is a zip archive'],
    [[0x61, 0, 0x62, 0], 'a.csv: this is not text'],
    [[0x61, 0xff, 0xff], 'a.csv: this is not text'],
    [[0x20, 0x0a], 'a.csv: the file holds only white space'],
  ])('refuses the bytes %j', async (given, sentence) => {
    expect(await outcome(() => decoded(Uint8Array.from(given), 2))).toContain(sentence);
  });
});
