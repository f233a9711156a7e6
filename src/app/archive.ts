import type { Localized } from '../core/localized.ts';

/** A file in an archive. */
export interface ArchivedFile {
  /** Where it lies in the archive: with `/` between folders, NFC. */
  path: string;
  /** How messages name it: `X.zip!folder/file.md`. */
  file: string;
  /** What the archive says of its size; what it really holds may be another. */
  size: number;
  /**
   * What it holds, in parts; each time anew.
   * @throws InputError when that is damaged, not what the archive says of it, or more than the limits allow
   */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Port: archives, as far as use cases need them. */
export interface Archive {
  /**
   * Lists the files in an archive; none of them is unpacked yet.
   * @param name how messages name the archive
   * @throws InputError when it is damaged, or holds what is not safe to unpack: names that lead out of it, links,
   *   two files of one name, encrypted files, too many files
   */
  list(bytes: Uint8Array, name: string): Promise<ArchivedFile[]>;
}

const megabyte = 1024 * 1024;

/** How much may be handed in at once. */
export const mostHandedIn = {
  /** Folders inside one another. */
  depth: 16,
  /** Files of a folder or an archive, attachments included. */
  files: 50_000,
  /** Documents that are read. */
  documents: 5000,
  /** What one document holds. */
  documentBytes: 1024 * megabyte,
  /** What is unpacked of one archive, with what is gone through twice. */
  unpackedBytes: 4096 * megabyte,
  /** What the parts of an export hold together, which are all there at once. */
  partBytes: 512 * megabyte,
  /** What documents hold that are read as a whole, together. */
  wholeBytes: 128 * megabyte,
  /** How many times smaller than its content a packed file may be, from {@link mostHandedIn.ratioFrom} bytes on. */
  ratio: 200,
  ratioFrom: 8 * megabyte,
} as const;

/** Tables up to this size may be part of a chapter of several documents; larger ones are read in parts. */
export const largestTogether = 4 * megabyte;

/** What is said of too many files, wherever they lie. */
export function tooManyFiles(most: number): Localized {
  const count = most.toLocaleString('en');
  return {
    ko: `파일이 ${count}개를 넘습니다. 단원이 든 부분만 넣으세요.`,
    en: `there are more than ${count} files; hand in only the part with the chapters.`,
  };
}

/** What is said of folders inside one another without end. */
export const tooDeep: Localized = {
  ko: `폴더가 ${mostHandedIn.depth}겹을 넘습니다. 단원이 든 부분만 넣으세요.`,
  en: `folders lie more than ${mostHandedIn.depth} deep; hand in only the part with the chapters.`,
};
