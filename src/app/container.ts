import { relative, sep } from 'node:path';
import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import type { Files } from '../files.ts';
import { type Archive, mostHandedIn, tooDeep, tooManyFiles } from './archive.ts';
import { emptyArchive, onlyAttachments, whyUnreadable } from './unreadable.ts';

/** A document of a folder or an archive, not read yet. */
export interface ContainedDocument {
  /** Where it lies in what was handed in: with `/` between folders, NFC, percent signs decoded. */
  path: string;
  /** How messages name it. */
  file: string;
  size: number;
  /** Why it cannot be read, where its name says so. */
  unreadable?: Localized;
  /** What it holds, in parts, each time anew. @throws InputError when it cannot be read */
  chunks(): AsyncIterable<Uint8Array>;
}

const documentEnding = /\.(?:md|markdown|txt|csv|tsv|jsonl|ndjson)$/iu;
const anyEnding = /\.[a-z0-9]{1,10}$/iu;
const htmlEnding = /\.html?$/iu;

/** Whether a file may be text although its name does not say so. */
export function hasNoEnding(path: string): boolean {
  return !anyEnding.test(path);
}

/** Folders and files that programs leave behind. */
function isLeftBehind(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules' || name === '__MACOSX';
}

/** Exporters leave names percent-encoded on the disk. */
function decodedName(name: string): string {
  if (!/%[0-9a-f]{2}/iu.test(name)) return name.normalize('NFC');
  try {
    const decoded = decodeURIComponent(name).normalize('NFC');
    return /[/\\\p{Cc}]/u.test(decoded) || /^\.+$/u.test(decoded) ? name.normalize('NFC') : decoded;
  } catch {
    return name.normalize('NFC');
  }
}

function decodedPath(path: string): string {
  return path.split('/').map(decodedName).join('/');
}

/** @throws InputError where all there is was exported as web pages */
function refuseHtmlExport(paths: readonly string[], name: string): void {
  if (paths.some((path) => htmlEnding.test(path)))
    throw new InputError(htmlExport, { place: { file: name } });
}

const htmlExport: Localized = {
  ko: 'HTML로 내보낸 것입니다. Notion에서 내보낼 때 형식을 "Markdown & CSV"로 고르세요.',
  en: 'this was exported as HTML; choose the format "Markdown & CSV" when exporting from Notion.',
};

/**
 * Refuses a web page that was named itself.
 * @throws InputError
 */
export function refuseHtml(file: string): void {
  refuseHtmlExport([file], file);
}

/** Files that may hold answers, but of a kind that cannot be read. */
function unreadableOf(found: readonly ContainedDocument[]): ContainedDocument[] {
  return found.flatMap((own) => {
    const unreadable = whyUnreadable(own.path);
    return unreadable ? [{ ...own, unreadable }] : [];
  });
}

/**
 * The documents among what was found, with those of kinds that cannot be read; pictures and the like are passed over.
 * @throws InputError when there are too many, or nothing but what is passed over
 */
function documentsOf(found: readonly ContainedDocument[], name: string): ContainedDocument[] {
  const unreadable = unreadableOf(found);
  const documents = found.filter(({ path }) => documentEnding.test(path) || hasNoEnding(path));
  if (!documents.some(({ path }) => documentEnding.test(path)))
    refuseHtmlExport(
      found.map(({ path }) => path),
      name,
    );
  if (found.length > 0 && documents.length === 0 && unreadable.length === 0)
    throw new InputError(onlyAttachments(found.map(({ path }) => path)), { place: { file: name } });
  if (documents.length <= mostHandedIn.documents) return [...documents, ...unreadable];
  throw new InputError(tooManyFiles(mostHandedIn.documents), { place: { file: name } });
}

interface OpenFolder {
  folder: string;
  depth: number;
}

/**
 * The documents in a folder and those below it, each folder's own files first. Parts of an export that lie there, as
 * a system leaves them that unpacks what it downloads, are opened.
 * @throws InputError when they are too many or lie too deep, or were exported as web pages
 */
export async function documentsBelow(
  root: string,
  files: Files,
  archive: Archive,
): Promise<ContainedDocument[]> {
  const found: ContainedDocument[] = [];
  const waiting: OpenFolder[] = [{ folder: root, depth: 1 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { folder, depth } = next;
    if (depth > mostHandedIn.depth) throw new InputError(tooDeep, { place: { file: folder } });
    for (const file of await files.list(folder)) {
      const path = relative(root, file).split(sep).join('/');
      if (isLeftBehind(path.split('/').at(-1) ?? '')) continue;
      found.push({ path: path.normalize('NFC'), file, size: 0, chunks: () => files.chunks(file) });
      if (found.length > mostHandedIn.files)
        throw new InputError(tooManyFiles(mostHandedIn.files), { place: { file: root } });
    }
    const below = (await files.folders(folder)).filter((path) => !isLeftBehind(path.split(sep).at(-1) ?? ''));
    waiting.push(...below.map((path) => ({ folder: path, depth: depth + 1 })).reverse());
  }
  const onDisk = new Set(found.map(({ file }) => file));
  const sized = async (own: ContainedDocument) =>
    onDisk.has(own.file) ? { ...own, size: await files.size(own.file) } : own;
  return Promise.all(documentsOf(await withParts(found, archive, root), root).map(sized));
}

/** What Notion puts a large export into; other archives inside are attachments. */
const exportPart = /^Export(?:Block)?-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-Part-\d+\.zip$/iu;

const partsTooLarge: Localized = {
  ko: '내보낸 압축 파일의 부분들이 너무 큽니다. 한 부분씩 따로 넣으세요.',
  en: 'the parts of this export are too large together; hand them in one at a time.',
};

/** A part as a whole. @throws InputError where it holds more than `most` bytes */
async function joined({ chunks, file }: Pick<ContainedDocument, 'chunks' | 'file'>, most: number) {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of chunks()) {
    size += part.length;
    if (size > most) throw new InputError(partsTooLarge, { place: { file } });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Files with those in the parts of an export among them, but without what programs leave behind. */
async function withParts(
  listed: readonly ContainedDocument[],
  archive: Archive,
  name: string,
): Promise<ContainedDocument[]> {
  const found: ContainedDocument[] = [];
  let left = mostHandedIn.partBytes;
  for (const own of listed) {
    if (!exportPart.test(own.path)) {
      found.push(own);
      continue;
    }
    const part = await joined(own, left);
    left -= part.length;
    found.push(...(await archive.list(part, own.file)));
  }
  const inside = found.filter(({ path }) => !path.split('/').some(isLeftBehind));
  refuseTwice(inside);
  if (inside.length > mostHandedIn.files)
    throw new InputError(tooManyFiles(mostHandedIn.files), { place: { file: name } });
  return inside.map((own) => ({ ...own, path: decodedPath(own.path), chunks: () => own.chunks() }));
}

function refuseTwice(listed: readonly ContainedDocument[]): void {
  const files = new Map<string, string>();
  for (const { path, file } of listed) {
    const twin = files.get(path);
    files.set(path, file);
    if (twin === undefined) continue;
    throw new InputError(
      {
        ko: `${twin}과(와) 같은 파일이 다른 부분에도 들어 있습니다. 한 번에 내보낸 파일만 넣으세요.`,
        en: `another part holds the same file, ${twin}; hand in only what was exported at once.`,
      },
      { place: { file } },
    );
  }
}

/**
 * The documents in an archive, in the order a person would list them. The parts into which Notion splits an export
 * are opened and joined.
 * @param name how messages name the archive
 * @throws InputError when the archive is damaged or not safe to unpack, or was exported as web pages
 */
export async function documentsInArchive(
  bytes: Uint8Array,
  name: string,
  archive: Archive,
): Promise<ContainedDocument[]> {
  const inside = await withParts(await archive.list(bytes, name), archive, name);
  if (inside.length === 0) throw new InputError(emptyArchive, { place: { file: name } });
  return documentsOf(inside, name).sort(byFolder);
}

/** Files of a folder stand before those of the folders in it. */
function byFolder(a: ContainedDocument, b: ContainedDocument): number {
  const [one, other] = [a.path.split('/'), b.path.split('/')];
  for (let level = 0; ; level += 1) {
    const [first, second] = [one[level] ?? '', other[level] ?? ''];
    const [isFile, isOtherFile] = [level === one.length - 1, level === other.length - 1];
    if (isFile !== isOtherFile) return isFile ? -1 : 1;
    const order = first.localeCompare(second, 'ko', { numeric: true });
    if (order !== 0 || isFile) return order;
  }
}
