import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { markedRows } from '../../src/import/marked-rows.ts';
import { streamedRows } from '../../src/import/streamed-rows.ts';

async function* cut(text: string, size: number) {
  for (let from = 0; from < text.length; from += size) yield text.slice(from, from + size);
}

async function streamed(text: string, size: number) {
  return (await Array.fromAsync(streamedRows(cut(text, size), 'a.csv'))).flat();
}

async function outcome(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) return error.sentence('en');
    throw error;
  }
}

const field = fc
  .array(fc.constantFrom('가', 'a', ',', ';', '"', '\n', ' ', ''), { maxLength: 6 })
  .map((parts) => parts.join(''));
const table = fc
  .integer({ min: 2, max: 4 })
  .chain((columns) =>
    fc
      .array(fc.array(field, { minLength: columns, maxLength: columns }), { maxLength: 6 })
      .map((rows) => stringify([['member', 'Question ID', 'answer', 'x'].slice(0, columns), ...rows])),
  );
const records = fc
  .array(fc.oneof(fc.dictionary(fc.constantFrom('member', '문항', 'No'), field), fc.constant(null)), {
    maxLength: 6,
  })
  .map((rows) => ['{"a":1}', ...rows.map((row) => (row ? JSON.stringify(row) : ''))].join('\n'));
/** Some of it broken. */
const broken = fc
  .tuple(fc.oneof(table, records), fc.nat(60), fc.constantFrom('"', '\n', '{', ','))
  .map(([text, at, sign]) => text.slice(0, at) + sign + text.slice(at));

describe('streamedRows', () => {
  test('gives the rows of the whole text, and the same errors, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(table, records, broken),
        fc.integer({ min: 1, max: 12 }),
        async (text, size) => {
          const whole = await outcome(() => markedRows(text, 'a.csv'));
          const isEmpty = typeof whole === 'string' && whole.includes('has no answers');
          expect(await outcome(() => streamed(text, size))).toEqual(isEmpty ? [] : whole);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('holds back nothing that is read', async () => {
    let given = 0;
    async function* texts() {
      for (; given < 100; given += 1) yield given === 0 ? 'a,b\n' : '1,2\n';
    }
    const seen: number[] = [];
    for await (const rows of streamedRows(texts(), 'a.csv')) if (rows.length > 0) seen.push(given);
    expect(seen[0]).toBeLessThan(3);
  });

  test('takes a first line of megabytes, and blank lines of megabytes before it', async () => {
    const long = JSON.stringify({ member: 'x'.repeat(4_000_000) });
    const rows = await streamed(`${'\n'.repeat(2_000_000)}${long}\n`, 65_536);
    expect(rows.map(({ line }) => line)).toEqual([2_000_001]);
  });
});
