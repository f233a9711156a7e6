import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import { type Archive, mostHandedIn, tooManyFiles } from './archive.ts';
import type { ContainedDocument } from './container.ts';

/** Folders and files that programs leave behind. */
export function isLeftBehind(name: string): boolean {
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

/**
 * Files with those in the parts of an export among them, but without what programs leave behind.
 * @throws InputError when they are too many or too large together
 */
export async function withParts(
  listed: readonly ContainedDocument[],
  archive: Archive,
  name: string,
): Promise<ContainedDocument[]> {
  const found: ContainedDocument[] = [];
  let left = mostHandedIn.partBytes;
  for (const own of listed) {
    if (own.unreadable || !exportPart.test(own.path)) {
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
