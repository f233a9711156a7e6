import { Buffer } from 'node:buffer';
import { ZipFile } from 'yazl';

/** What a test puts into an archive. */
export type Packed = string | Uint8Array | { bytes: string | Uint8Array; mode: number };

/** An archive of files, by their names. */
export async function zipOf(contents: Readonly<Record<string, Packed>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(contents)) {
    const { bytes, mode } =
      typeof content === 'object' && 'bytes' in content ? content : { bytes: content, mode: 0o100644 };
    zip.addBuffer(Buffer.from(bytes as Uint8Array), name, { mode });
  }
  zip.end();
  const parts: Uint8Array[] = [];
  for await (const part of zip.outputStream) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

/** An archive in which every place of one name bears another of the same length. */
export function renamed(zip: Buffer, from: string, to: string): Buffer {
  const changed = Buffer.from(zip);
  const [old, fresh] = [Buffer.from(from), Buffer.from(to)];
  if (old.length !== fresh.length) throw new Error(`"${to}" is not as long as "${from}"`);
  for (let at = changed.indexOf(old); at >= 0; at = changed.indexOf(old, at + 1)) fresh.copy(changed, at);
  return changed;
}

const listed = Buffer.from([0x50, 0x4b, 0x01, 0x02]);

/** An archive whose list of files was changed in place, at each of its files. */
export function relisted(zip: Buffer, change: (record: Buffer) => void): Buffer {
  const changed = Buffer.from(zip);
  for (let at = changed.indexOf(listed); at >= 0; at = changed.indexOf(listed, at + 4))
    change(changed.subarray(at));
  return changed;
}
