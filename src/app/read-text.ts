import type { Files } from '../files.ts';
import { decodeDocument } from '../import/decode.ts';

/**
 * A file's text, whatever its encoding; an empty file is an empty text.
 * @throws InputError when it cannot be read
 */
export async function readText(file: string, files: Files): Promise<string> {
  const bytes = await files.read(file);
  return bytes.length === 0 ? '' : decodeDocument(bytes, file);
}
