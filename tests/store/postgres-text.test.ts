import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepable, readers } from '../../src/store/postgres-text.ts';
import { ask, describePostgres } from '../helpers/postgres.ts';

const read = readers.getTypeParser(25);
const anyText = fc.string({ unit: fc.constantFrom('\u0000', '\u0001', 'a', 'b', '가', '\\', '👩‍💻', '\n') });

it('any text is read as it was kept, without U+0000 in between', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const kept = String(keepable(text));
      expect(kept).not.toContain('\u0000');
      expect(read(kept)).toBe(text);
    }),
  );
});

it('texts without such characters are kept as they are; lists like their texts', () => {
  expect(keepable('가나다 \\ "x" \n')).toBe('가나다 \\ "x" \n');
  expect(keepable([1, null, 'a\u0000b'])).toEqual([1, null, 'a\u0001ab']);
  expect([keepable(1), keepable(null), keepable(true)]).toEqual([1, null, true]);
});

it('whole numbers are read as numbers', () => {
  expect(readers.getTypeParser(20)('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
});

describePostgres('a text in PostgreSQL', ({ address }) => {
  it('that holds what stands for U+0000 is taken', async () => {
    const [row] = await ask(address(), 'SELECT $1::text AS text', [keepable('a\u0000b\u0001')]);
    expect(read((row as { text: string }).text)).toBe('a\u0000b\u0001');
  });
});
