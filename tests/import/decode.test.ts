import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { decodeDocument } from '../../src/import/decode.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + 2 * text.length));
  view.setUint16(0, 0xfeff, littleEndian);
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(2 + 2 * index, text.charCodeAt(index), littleEndian);
  return new Uint8Array(view.buffer);
}

describe('decodeDocument', () => {
  test('reads UTF-8', () => {
    expect(decodeDocument(utf8('# 1장\n'), 'a.md')).toBe('# 1장\n');
  });

  test('drops a byte order mark', () => {
    expect(decodeDocument(utf8('\uFEFF# 1장\n'), 'a.md')).toBe('# 1장\n');
  });

  test('turns CRLF and CR into LF', () => {
    expect(decodeDocument(utf8('가\r\n나\r다\n\r\n라'), 'a.md')).toBe('가\n나\n다\n\n라');
  });

  test('reads UTF-16 with a byte order mark, either byte first', () => {
    expect(decodeDocument(utf16('# 1장', true), 'a.md')).toBe('# 1장');
    expect(decodeDocument(utf16('# 1장', false), 'a.md')).toBe('# 1장');
  });

  test('reads the Korean encoding of Windows', () => {
    const bytes = new Uint8Array([0x23, 0x20, 0xc7, 0xd1, 0xb1, 0xdb, 0x0d, 0x0a]);
    expect(decodeDocument(bytes, 'a.md')).toBe('# 한글\n');
  });

  test('reads its letters that EUC-KR lacks', () => {
    expect(decodeDocument(new Uint8Array([0x8c, 0x63, 0x89, 0xe7]), 'a.md')).toBe('똠됬');
  });

  test('leaves decomposed letters as they are', () => {
    const text = '단원'.normalize('NFD');
    expect(decodeDocument(utf8(text), 'a.md')).toBe(text);
  });

  test.each([
    ['an empty file', new Uint8Array(), /empty/u],
    ['white space only', utf8(' \n\t\n'), /white space/u],
    ['a byte order mark only', utf8('\uFEFF'), /white space/u],
    ['a zip archive', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), /zip/u],
    ['bytes with NUL', new Uint8Array([0x61, 0, 0x62]), /not text/u],
    ['bytes of no known encoding', new Uint8Array([0x61, 0xff, 0xff, 0x62]), /not text/u],
    ['UTF-16 cut in the middle of a character', utf16('가나', true).slice(0, 5), /not text/u],
  ])('refuses %s with an InputError that names the file', (_, bytes, message) => {
    const decode = () => decodeDocument(bytes, '단원.md');
    expect(decode).toThrow(InputError);
    expect(decode).toThrow(message);
    expect(decode).toThrow(expect.objectContaining({ place: { file: '단원.md' } }));
  });
});
