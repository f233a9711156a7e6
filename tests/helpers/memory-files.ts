import { dirname, relative, resolve } from 'node:path';
import { InputError } from '../../src/core/errors.ts';
import type { Files } from '../../src/files.ts';

export interface MemoryFiles extends Files {
  /** What was written, by full path. */
  readonly written: ReadonlyMap<string, string>;
}

/** Small and odd, so that signs and lines are cut in two. */
const chunkSize = 61;

/** A file system that is a map. Folders are there when something is in them. */
export function memoryFiles(initial: Readonly<Record<string, string | Uint8Array>> = {}): MemoryFiles {
  const contents = new Map<string, Uint8Array>();
  const written = new Map<string, string>();
  for (const [path, content] of Object.entries(initial)) {
    contents.set(resolve(path), typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }
  const isFolder = (path: string) =>
    [...contents.keys()].some((file) => file.startsWith(`${resolve(path)}/`));

  const read = async (path: string) => {
    const content = contents.get(resolve(path));
    if (content) return content;
    throw new InputError({ ko: '파일이 없습니다.', en: 'there is no such file.' }, { place: { file: path } });
  };

  return {
    written,
    read,
    async *chunks(path) {
      const content = await read(path);
      for (let from = 0; from < content.length; from += chunkSize)
        yield content.subarray(from, from + chunkSize);
    },
    readIfThere: async (path) => contents.get(resolve(path)) ?? null,
    isFolder: async (path) => isFolder(path),
    isThere: async (path) => contents.has(resolve(path)) || isFolder(path),
    list: async (folder) =>
      [...contents.keys()]
        .filter((file) => dirname(file) === resolve(folder))
        .sort((a, b) => a.localeCompare(b, 'ko', { numeric: true })),
    folders: async (folder) => {
      const inside = [...contents.keys()].filter((file) => file.startsWith(`${resolve(folder)}/`));
      const names = inside.flatMap((file) => {
        const [name, ...below] = relative(resolve(folder), file).split('/');
        return name !== undefined && below.length > 0 ? [name] : [];
      });
      return [...new Set(names)]
        .sort((a, b) => a.localeCompare(b, 'ko', { numeric: true }))
        .map((name) => resolve(folder, name));
    },
    links: async () => [],
    size: async (path) => (await read(path)).length,
    async write(path, parts) {
      const text = typeof parts === 'string' ? parts : (await Array.fromAsync(parts)).join('');
      contents.set(resolve(path), new TextEncoder().encode(text));
      written.set(resolve(path), text);
    },
    makeFolder: async () => {},
  };
}
