import iconv from 'iconv-lite';
import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';

const zip = [0x50, 0x4b, 0x03, 0x04];
const zipWithoutFiles = [0x50, 0x4b, 0x05, 0x06];

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function decodeAs(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** CP949 holds more than EUC-KR, which is all that TextDecoder knows: 똠, 됬. */
function decodeCp949(bytes: Uint8Array): string | null {
  const text = iconv.decode(bytes, 'cp949');
  return text.includes('\uFFFD') ? null : text;
}

const faults = {
  empty: {
    ko: '빈 파일입니다. 내용이 있는 파일을 지정하세요.',
    en: 'the file is empty; name a file with content.',
  },
  zip: {
    ko: '압축(zip) 파일입니다. 먼저 압축을 풀고 안의 .md 파일을 지정하세요.',
    en: 'this is a zip archive; unpack it first and name the .md file inside.',
  },
  noText: {
    ko: '글(UTF-8, UTF-16, CP949)이 아닌 파일입니다. UTF-8로 저장한 파일을 지정하세요.',
    en: 'this is not text (UTF-8, UTF-16 or CP949); name a text file saved as UTF-8.',
  },
  blank: {
    ko: '빈칸뿐인 파일입니다. 내용이 있는 파일을 지정하세요.',
    en: 'the file holds only white space; name a file with content.',
  },
} as const satisfies Record<string, Localized>;

/** What is wrong with a file that should hold text. */
export function decodeError(fault: keyof typeof faults, file: string): InputError {
  return new InputError(faults[fault], { place: { file } });
}

/** Whether a file begins as an archive. */
export function isZip(bytes: Uint8Array): boolean {
  return startsWith(bytes, zip) || startsWith(bytes, zipWithoutFiles);
}

/** The kind of UTF-16 that a byte order mark tells; null without one. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : null;
}

/**
 * The text of a document: UTF-8 (a byte order mark is dropped), UTF-16 with a byte order mark, or CP949, in
 * which Windows programs in Korea still save. Line ends become LF.
 * @throws InputError when the file is empty, an archive, or not text
 */
export function decodeDocument(bytes: Uint8Array, file: string): string {
  if (bytes.length === 0) throw decodeError('empty', file);
  if (isZip(bytes)) throw decodeError('zip', file);
  const utf16 = utf16Of(bytes);
  const text = utf16
    ? decodeAs(bytes, utf16)
    : bytes.includes(0)
      ? null
      : (decodeAs(bytes, 'utf-8') ?? decodeCp949(bytes));
  if (text === null) throw decodeError('noText', file);
  if (text.trim() === '') throw decodeError('blank', file);
  return text.replace(/\r\n?/gu, '\n');
}
