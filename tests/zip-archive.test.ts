import { describe, expect, it } from 'vitest';
import type { ArchivedFile } from '../src/app/archive.ts';
import { InputError } from '../src/core/errors.ts';
import { zipArchive } from '../src/zip-archive.ts';
import { relisted, renamed, zipOf } from './helpers/zips.ts';

const flagsAt = 8;
const methodAt = 10;
const sizeAt = 24;
const encrypted = 0x1;
const utf8 = 0x800;

async function textOf(file: ArchivedFile | undefined): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of file?.chunks() ?? []) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw new Error(`expected an InputError, got ${String(error)}`);
  expect(error.sentence('ko')).toMatch(/\p{Script=Hangul}/u);
  return error.sentence('en');
}

const listing = (bytes: Uint8Array) => zipArchive.list(bytes, 'X.zip');

describe('zipArchive', () => {
  it('lists files and unpacks those that are asked for, as often as they are', async () => {
    const zip = await zipOf({ '1장/가람.md': '빠르다', '1장/그림.png': 'png', 'empty.md': '' });
    const files = await listing(zip);
    expect(files.map(({ path, file, size }) => [path, file, size])).toEqual([
      ['1장/가람.md', 'X.zip!1장/가람.md', 9],
      ['1장/그림.png', 'X.zip!1장/그림.png', 3],
      ['empty.md', 'X.zip!empty.md', 0],
    ]);
    expect(await textOf(files[0])).toBe('빠르다');
    expect(await textOf(files[0])).toBe('빠르다');
    expect(await textOf(files[2])).toBe('');
  });

  it('lists no folders, and names in NFC', async () => {
    const zip = await zipOf({ ['가람'.normalize('NFD')]: 'a', AAAA: '' });
    expect((await listing(renamed(zip, 'AAAA', 'dir/'))).map(({ path }) => path)).toEqual(['가람']);
  });

  it.each([
    ['CP949, as Windows in Korea writes them', Buffer.from([0xb0, 0xa1, 0xb6, 0xf7]), '가람'],
    ['UTF-8 without saying so, as macOS does', Buffer.from('가a'), '가a'],
  ])('reads names in %s', async (_, name, read) => {
    const zip = renamed(await zipOf({ QQQQ: 'x' }), 'QQQQ', 'QQQQ');
    const unmarked = relisted(zip, (record) =>
      record.writeUInt16LE(record.readUInt16LE(flagsAt) & ~utf8, flagsAt),
    );
    for (let at = unmarked.indexOf('QQQQ'); at >= 0; at = unmarked.indexOf('QQQQ', at + 1))
      name.copy(unmarked, at);
    expect((await listing(unmarked)).map(({ path }) => path)).toEqual([read]);
  });

  it.each([
    ['../../etc/a.md'],
    ['a/../../b.md'],
    ['/etc/passwd'],
    ['C:/users/a.md'],
    ['a\\..\\b.md'],
    ['a/b\0.md'],
  ])('refuses %j, which leads out of the archive', async (name) => {
    const plain = 'x'.repeat(Buffer.byteLength(name));
    const zip = renamed(await zipOf({ 'ok.md': 'ok', [plain]: 'bad' }), plain, name);
    expect(await refusal(listing(zip))).toBe(
      `X.zip!${name.replace('\0', '?')}: this name leads out of the archive (.., an absolute path, a drive or a backslash); get the archive anew from a source you trust.`,
    );
  });

  it('takes names with dots in them for what they are', async () => {
    const zip = await zipOf({ '1..2장/...md': 'a' });
    expect((await listing(zip)).map(({ path }) => path)).toEqual(['1..2장/...md']);
  });

  it('refuses symbolic links', async () => {
    const zip = await zipOf({ 'a.md': { bytes: '/etc/passwd', mode: 0o120777 } });
    expect(await refusal(listing(zip))).toMatch(/^X\.zip!a\.md: this is a symbolic link/u);
  });

  it('refuses encrypted files', async () => {
    const zip = relisted(await zipOf({ 'a.md': 'text' }), (record) =>
      record.writeUInt16LE(record.readUInt16LE(flagsAt) | encrypted, flagsAt),
    );
    expect(await refusal(listing(zip))).toMatch(/^X\.zip!a\.md: this file is encrypted/u);
  });

  it('refuses strongly encrypted archives', async () => {
    const zip = relisted(await zipOf({ 'a.md': 'text' }), (record) => record.writeUInt16LE(0x41, flagsAt));
    expect(await refusal(listing(zip))).toMatch(/^X\.zip: this file is encrypted/u);
  });

  it('refuses two files of one name, however it is written', async () => {
    const [composed, decomposed] = ['가.md', '가.md'.normalize('NFD')];
    const zip = await zipOf({ [composed]: 'one', [decomposed]: 'other' });
    expect(await refusal(listing(zip))).toMatch(/^X\.zip!가\.md: two files in the archive have this name/u);
  });

  it('refuses files packed in a way that is not known, when they are asked for', async () => {
    const zip = relisted(await zipOf({ 'a.md': 'text' }), (record) => record.writeUInt16LE(14, methodAt));
    const [file] = await listing(zip);
    expect(await refusal(textOf(file))).toMatch(
      /^X\.zip!a\.md: this file is packed in a way that is not known/u,
    );
  });

  it('refuses folders inside one another without end', async () => {
    const zip = await zipOf({ [`${'a/'.repeat(40)}b.md`]: 'text' });
    expect(await refusal(listing(zip))).toMatch(/: folders lie more than 16 deep/u);
  });

  it('refuses more files than anybody hands in, before it lists them', async () => {
    const zip = await zipOf({ 'a.md': 'text' });
    const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    zip.writeUInt16LE(0xfffe, end + 8);
    zip.writeUInt16LE(0xfffe, end + 10);
    expect(await refusal(listing(zip))).toBe(
      'X.zip: there are more than 50,000 files; hand in only the part with the chapters.',
    );
  });

  describe('a bomb', () => {
    const bomb = Buffer.alloc(64 * 1024 * 1024, 'a');

    it('is left packed where the archive says how large it is', async () => {
      const [file] = await listing(await zipOf({ 'bomb.md': bomb }));
      expect(await refusal(textOf(file))).toMatch(/^X\.zip!bomb\.md: this file becomes far too large/u);
    });

    it('is stopped while it is unpacked where the archive lies about its size', async () => {
      const lying = relisted(await zipOf({ 'bomb.md': bomb }), (record) =>
        record.writeUInt32LE(1000, sizeAt),
      );
      const [file] = await listing(lying);
      expect(file?.size).toBe(1000);
      let unpacked = 0;
      const unpack = async () => {
        for await (const part of file?.chunks() ?? []) unpacked += part.length;
      };
      expect(await refusal(unpack())).toMatch(
        /^X\.zip!bomb\.md: this file in the archive is damaged, or its content is not what the archive says/u,
      );
      expect(unpacked).toBeLessThanOrEqual(1000);
    });
  });

  it('refuses what is cut off, at whatever byte', async () => {
    const zip = await zipOf({ 'a.md': 'text '.repeat(1000), 'b.md': 'text' });
    for (let length = 4; length < zip.length; length += 7) {
      expect(await refusal(listing(zip.subarray(0, length)))).toMatch(/^X\.zip: the archive is damaged/u);
    }
  });

  it('refuses a list of files that is damaged', async () => {
    const zip = relisted(await zipOf({ 'a.md': 'text', 'b.md': 'text' }), (record) =>
      record.writeUInt8(0, 0),
    );
    expect(await refusal(listing(zip))).toMatch(/^X\.zip: the archive is damaged/u);
  });

  it('refuses content that is damaged', async () => {
    const zip = await zipOf({ 'a.md': Array.from({ length: 500 }, (_, at) => String(at * at)).join(' ') });
    const damaged = Buffer.from(zip);
    damaged.fill(0xff, 80, 200);
    const [file] = await listing(damaged);
    expect(await refusal(textOf(file))).toMatch(/^X\.zip!a\.md: this file in the archive is damaged/u);
  });
});
