import { relative, sep } from 'node:path';
import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import type { Files } from '../files.ts';
import { type Archive, mostHandedIn, tooDeep, tooManyFiles } from './archive.ts';
import { isLeftBehind, withParts } from './export-parts.ts';
import { emptyArchive, linkNotFollowed, onlyAttachments, whyUnreadable } from './unreadable.ts';

/** A document of a folder or an archive, not read yet. */
export interface ContainedDocument {
  /** Where it lies in what was handed in: with `/` between folders, NFC, percent signs decoded. */
  path: string;
  /** How messages name it. */
  file: string;
  size: number;
  /** Why it is not read, where its name says so or it is a link. */
  unreadable?: Localized;
  /** What it holds, in parts, each time anew. @throws InputError when it cannot be read */
  chunks(): AsyncIterable<Uint8Array>;
}

const documentEnding = /\.(?:md|markdown|txt|csv|tsv|jsonl|ndjson)$/iu;
const anyEnding = /\.[a-z0-9]{1,10}$/iu;
const htmlEnding = /\.html?$/iu;

function mayBeDocument(path: string): boolean {
  return documentEnding.test(path) || hasNoEnding(path);
}

/** Whether a file may be text although its name does not say so. */
export function hasNoEnding(path: string): boolean {
  return !anyEnding.test(path);
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

/** Files that may hold answers, but are links or of a kind that cannot be read. */
function unreadableOf(found: readonly ContainedDocument[]): ContainedDocument[] {
  return found.flatMap((own) => {
    const unreadable = own.unreadable ?? whyUnreadable(own.path);
    return unreadable ? [{ ...own, unreadable }] : [];
  });
}

/**
 * The documents among what was found, with those of kinds that cannot be read; pictures and the like are passed over.
 * @throws InputError when there are too many, or nothing but what is passed over
 */
function documentsOf(found: readonly ContainedDocument[], name: string): ContainedDocument[] {
  const unreadable = unreadableOf(found);
  const documents = found.filter((own) => !own.unreadable && mayBeDocument(own.path));
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

/** The links in a folder that may lead to documents, which are told of but not followed. */
async function linksIn(folder: string, root: string, files: Files): Promise<ContainedDocument[]> {
  const found: ContainedDocument[] = [];
  for (const file of await files.links(folder)) {
    const path = pathBelow(root, file);
    const isMeant = mayBeDocument(path) || whyUnreadable(path) !== null || (await files.isFolder(file));
    if (!isMeant || isLeftBehind(nameOf(path))) continue;
    found.push({ path, file, size: 0, unreadable: linkNotFollowed, chunks: () => files.chunks(file) });
  }
  return found;
}

function pathBelow(root: string, file: string): string {
  return relative(root, file).split(sep).join('/').normalize('NFC');
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? '';
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
      const path = pathBelow(root, file);
      if (isLeftBehind(nameOf(path))) continue;
      found.push({ path, file, size: 0, chunks: () => files.chunks(file) });
      if (found.length > mostHandedIn.files)
        throw new InputError(tooManyFiles(mostHandedIn.files), { place: { file: root } });
    }
    found.push(...(await linksIn(folder, root, files)));
    const below = (await files.folders(folder)).filter(
      (path) => !isLeftBehind(nameOf(pathBelow(root, path))),
    );
    waiting.push(...below.map((path) => ({ folder: path, depth: depth + 1 })).reverse());
  }
  const onDisk = new Set(found.filter(({ unreadable }) => !unreadable).map(({ file }) => file));
  const sized = async (own: ContainedDocument) =>
    onDisk.has(own.file) ? { ...own, size: await files.size(own.file) } : own;
  return Promise.all(documentsOf(await withParts(found, archive, root), root).map(sized));
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
