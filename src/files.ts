import { createReadStream, type Dirent } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError, StoreError } from './core/errors.ts';
import type { Localized } from './core/localized.ts';

/** Port: the file system, as far as use cases need it. */
export interface Files {
  /** @throws InputError when it cannot be read */
  read(path: string): Promise<Uint8Array>;
  /** null when there is no such file. */
  readIfThere(path: string): Promise<Uint8Array | null>;
  /** What a file holds, in parts. @throws InputError when it cannot be read */
  chunks(path: string): AsyncIterable<Uint8Array>;
  isFolder(path: string): Promise<boolean>;
  isThere(path: string): Promise<boolean>;
  /** Full paths of the files in a folder, in the order a person would list them; empty when it is not there. */
  list(folder: string): Promise<string[]>;
  /** Full paths of the folders in a folder, in the same order; links to folders are not among them. */
  folders(folder: string): Promise<string[]>;
  /** Full paths of the links in a folder, to whatever, in the same order. */
  links(folder: string): Promise<string[]>;
  /** How many bytes a file holds. @throws InputError when it cannot be read */
  size(path: string): Promise<number>;
  /** Writes a file, its text or the parts of it, whole or not at all. @throws StoreError */
  write(path: string, text: string | Iterable<string> | AsyncIterable<string>): Promise<void>;
  /** @throws StoreError */
  makeFolder(path: string): Promise<void>;
}

const readFaults: Readonly<Record<string, Localized>> = {
  ENOENT: { ko: '파일이 없습니다. 경로를 확인하세요.', en: 'there is no such file; check the path.' },
  EACCES: { ko: '읽을 권한이 없습니다.', en: 'no permission to read it.' },
  EISDIR: { ko: '폴더입니다. 파일을 지정하세요.', en: 'this is a folder; name a file.' },
};

const writeFaults: Readonly<Record<string, Localized>> = {
  ENOSPC: {
    ko: '디스크가 가득 차서 쓰지 못했습니다. 공간을 비우고 다시 실행하세요.',
    en: 'the disk is full; free some space and run again.',
  },
  EACCES: {
    ko: '쓸 권한이 없습니다. 권한을 확인하거나 다른 곳을 지정하세요.',
    en: 'no permission to write it; check permissions or name another place.',
  },
  EROFS: {
    ko: '읽기 전용 디스크입니다. 다른 곳을 지정하세요.',
    en: 'the disk is read-only; name another place.',
  },
  ENOTDIR: {
    ko: '경로의 일부가 폴더가 아닙니다. 다른 곳을 지정하세요.',
    en: 'part of the path is not a folder; name another place.',
  },
  EEXIST: {
    ko: '같은 이름의 파일이 있어 폴더를 만들 수 없습니다.',
    en: 'a file of that name is in the way of a folder.',
  },
};

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

function said(error: unknown): Localized {
  const text = error instanceof Error ? error.message : String(error);
  return { ko: text, en: text };
}

function readError(path: string, cause: unknown): InputError {
  return new InputError(readFaults[codeOf(cause)] ?? said(cause), { place: { file: path }, cause });
}

const chunkSize = 65_536;

async function guardWrite<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StoreError(writeFaults[codeOf(error)] ?? said(error), { place: { file: path }, cause: error });
  }
}

/** Makes a folder and those above it. Node's own recursive mkdir never returns where the system allows none, as in /proc. */
async function makeFolders(path: string): Promise<void> {
  if ((await stat(path).catch(() => null))?.isDirectory()) return;
  if (dirname(path) !== path) await makeFolders(dirname(path));
  await mkdir(path).catch(async (error: unknown) => {
    // Somebody else may have made it meanwhile.
    if (!(await stat(path).catch(() => null))?.isDirectory()) throw error;
  });
}

/** Links are neither files nor folders here. */
async function entriesOf(folder: string, isMeant: (entry: Dirent) => boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(isMeant)
    .map((entry) => entry.name)
    .sort((a, b) => a.localeCompare(b, 'ko', { numeric: true }))
    .map((name) => join(folder, name));
}

/** The real file system. */
export const nodeFiles: Files = {
  async read(path) {
    try {
      return await readFile(path);
    } catch (error) {
      throw readError(path, error);
    }
  },
  async readIfThere(path) {
    try {
      return await readFile(path);
    } catch (error) {
      if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) return null;
      throw readError(path, error);
    }
  },
  async *chunks(path) {
    try {
      yield* createReadStream(path, { highWaterMark: chunkSize });
    } catch (error) {
      throw readError(path, error);
    }
  },
  async isFolder(path) {
    return (await stat(path).catch(() => null))?.isDirectory() ?? false;
  },
  async isThere(path) {
    return (await stat(path).catch(() => null)) !== null;
  },
  list: (folder) => entriesOf(folder, (entry) => entry.isFile()),
  folders: (folder) => entriesOf(folder, (entry) => entry.isDirectory()),
  links: (folder) => entriesOf(folder, (entry) => entry.isSymbolicLink()),
  async size(path) {
    try {
      return (await stat(path)).size;
    } catch (error) {
      throw readError(path, error);
    }
  },
  write(path, text) {
    return guardWrite(path, async () => {
      await makeFolders(dirname(path));
      const unfinished = `${path}.${process.pid}.tmp`;
      try {
        await writeFile(unfinished, text);
        await rename(unfinished, path);
      } finally {
        await rm(unfinished, { force: true });
      }
    });
  },
  makeFolder(path) {
    return guardWrite(resolve(path), () => makeFolders(resolve(path)));
  },
};
