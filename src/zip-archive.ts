import iconv from 'iconv-lite';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { type Archive, type ArchivedFile, mostHandedIn, tooDeep, tooManyFiles } from './app/archive.ts';
import { InputError } from './core/errors.ts';
import type { Localized } from './core/localized.ts';

const faults = {
  damaged: {
    ko: '압축 파일이 손상되었거나 끝까지 받아지지 않았습니다. 다시 내보내거나 내려받으세요.',
    en: 'the archive is damaged or was not downloaded to its end; export or download it again.',
  },
  damagedFile: {
    ko: '압축 파일 안의 이 파일이 손상되었거나, 적힌 크기와 내용이 다릅니다. 다시 내보내거나 내려받으세요.',
    en: 'this file in the archive is damaged, or its content is not what the archive says of it; export or download it again.',
  },
  encrypted: {
    ko: '암호가 걸린 파일입니다. 암호 없이 다시 압축하세요.',
    en: 'this file is encrypted; pack it again without a password.',
  },
  method: {
    ko: '알 수 없는 방식으로 압축된 파일입니다. 보통의 zip으로 다시 압축하세요.',
    en: 'this file is packed in a way that is not known; pack it again as an ordinary zip.',
  },
  link: {
    ko: '다른 곳을 가리키는 링크(symbolic link)가 들어 있습니다. 링크 대신 파일을 넣어 다시 압축하세요.',
    en: 'this is a symbolic link to somewhere else; pack the file itself instead.',
  },
  leadsOut: {
    ko: '압축 파일 밖을 가리키는 이름(.., 절대 경로, 드라이브, 역슬래시)입니다. 믿을 수 있는 곳에서 다시 받으세요.',
    en: 'this name leads out of the archive (.., an absolute path, a drive or a backslash); get the archive anew from a source you trust.',
  },
  twice: {
    ko: '같은 이름의 파일이 두 번 들어 있습니다. 하나만 남기고 다시 압축하세요.',
    en: 'two files in the archive have this name; keep one and pack it again.',
  },
  bomb: {
    ko: '풀면 지나치게 커지는 파일이어서 풀지 않습니다. 단원의 파일만 넣어 다시 압축하세요.',
    en: 'this file becomes far too large when unpacked, so it is left packed; pack only the files of the chapters.',
  },
} as const satisfies Record<string, Localized>;

function fault(kind: keyof typeof faults, file: string, cause?: unknown): InputError {
  return new InputError(faults[kind], { place: { file }, cause });
}

const unicodePath = 0x7075;
const utf8Flag = 0x800;

/** Windows in Korea writes names in CP949, macOS in UTF-8 without saying so. */
function nameOf({ extraFields, fileNameRaw, generalPurposeBitFlag }: Entry): string {
  const told = extraFields.find(({ id }) => id === unicodePath);
  if (told) return new TextDecoder().decode(told.data.subarray(5));
  if ((generalPurposeBitFlag & utf8Flag) !== 0) return new TextDecoder().decode(fileNameRaw);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fileNameRaw);
  } catch {
    return iconv.decode(fileNameRaw, 'cp949');
  }
}

function leadsOut(name: string): boolean {
  return /^\/|^[a-z]:|[\\\0]/iu.test(name) || name.split('/').some((part) => part === '..');
}

const fileType = 0o170000;
const symbolicLink = 0o120000;

function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & fileType) === symbolicLink;
}

const stored = 0;
const deflated = 8;

/** An archive that is open, with what may still be unpacked of it. */
interface OpenArchive {
  zip: ZipFile;
  name: string;
  bytesLeft: number;
}

/** Unpacks a file and stops where it becomes larger than it may, whatever the archive says of its size. */
async function* unpack(archive: OpenArchive, entry: Entry, file: string): AsyncGenerator<Uint8Array> {
  const most = Math.min(
    mostHandedIn.documentBytes,
    Math.max(mostHandedIn.ratioFrom, entry.compressedSize * mostHandedIn.ratio),
  );
  if (entry.uncompressedSize > most) throw fault('bomb', file);
  let size = 0;
  try {
    for await (const part of await archive.zip.openReadStreamPromise(entry)) {
      const bytes = part as Uint8Array;
      size += bytes.length;
      archive.bytesLeft -= bytes.length;
      if (size > most || archive.bytesLeft < 0) throw fault('bomb', file);
      yield bytes;
    }
  } catch (cause) {
    throw cause instanceof InputError ? cause : fault('damagedFile', file, cause);
  }
}

/** @throws InputError when the entry is not safe to unpack */
function archivedFile(archive: OpenArchive, entry: Entry): ArchivedFile {
  const path = nameOf(entry).normalize('NFC');
  // What steers a terminal is not shown.
  const file = `${archive.name}!${path.replace(/\p{Cc}/gu, '?')}`;
  if (leadsOut(path)) throw fault('leadsOut', file);
  if (isLink(entry)) throw fault('link', file);
  if (entry.isEncrypted()) throw fault('encrypted', file);
  if (path.split('/').length > mostHandedIn.depth) throw new InputError(tooDeep, { place: { file } });
  return {
    path,
    file,
    size: entry.uncompressedSize,
    chunks() {
      if (![stored, deflated].includes(entry.compressionMethod)) throw fault('method', file);
      return unpack(archive, entry, file);
    },
  };
}

async function opened(bytes: Uint8Array, name: string): Promise<ZipFile> {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    // Names are decoded and checked here, so that what is refused can be named.
    return await fromBufferPromise(buffer, { decodeStrings: false });
  } catch (cause) {
    throw fault('damaged', name, cause);
  }
}

/** Zip archives. */
export const zipArchive: Archive = {
  async list(bytes, name) {
    const zip = await opened(bytes, name);
    if (zip.entryCount > mostHandedIn.files)
      throw new InputError(tooManyFiles(mostHandedIn.files), { place: { file: name } });
    const archive = { zip, name, bytesLeft: mostHandedIn.unpackedBytes };
    const found = new Map<string, ArchivedFile>();
    try {
      for await (const entry of zip.eachEntry()) {
        const archived = archivedFile(archive, entry);
        if (found.has(archived.path)) throw fault('twice', archived.file);
        found.set(archived.path, archived);
      }
    } catch (cause) {
      if (cause instanceof InputError) throw cause;
      const isEncrypted = cause instanceof Error && cause.message.includes('encryption');
      throw fault(isEncrypted ? 'encrypted' : 'damaged', name, cause);
    }
    return [...found.values()].filter(({ path }) => !path.endsWith('/'));
  },
};
