import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Files } from '../files.ts';
import { type ReadingOptions, readerNamed } from '../import/choose-reader.ts';
import type { ReadingHints } from '../import/reader.ts';
import { parseYaml } from './parse-yaml.ts';
import { readText } from './read-text.ts';

/** Looked for beside what is imported when no other file is named. */
const mappingFileName = 'import.yaml';

const text = z.string().trim().min(1).normalize('NFC');
const mappingSchema = z.strictObject({
  format: text.optional(),
  members: z.array(text).min(1).optional(),
  aliases: z.record(text, text).optional(),
  icons: z.record(text, z.enum(['answer', 'check'])).optional(),
  headings: z
    .strictObject({ modelAnswers: z.array(text).optional(), ignored: z.array(text).optional() })
    .optional(),
  columns: z
    .partialRecord(
      z.enum(['chapter', 'member', 'number', 'question', 'answer', 'reference', 'attempt']),
      text,
    )
    .optional(),
});

/** How a person wants documents to be read. */
export interface MappingRequest {
  /** A reader's name; goes before the one in the file. */
  format?: string | undefined;
  /** The mapping file; one beside the documents is looked for when left out. */
  mapping?: string | undefined;
}

async function fileBeside(path: string, files: Files): Promise<string | null> {
  const folder = (await files.isFolder(path)) ? path : dirname(path);
  const file = join(folder, mappingFileName);
  return (await files.isThere(file)) ? file : null;
}

/**
 * What is known beforehand of how to read a path: from the options and the mapping file.
 * @throws ConfigError when the file is not valid or names a format that there is not; InputError when the file
 *   named cannot be read
 */
export async function readingOptionsFor(
  path: string,
  { format, mapping }: MappingRequest,
  files: Files,
): Promise<ReadingOptions> {
  const file = mapping ?? (await fileBeside(path, files));
  if (format !== undefined) readerNamed(format);
  if (file === null) return { format, hints: {} };
  const form = { name: { ko: '가져오기 설정 파일', en: 'mapping file' }, schema: mappingSchema };
  const { format: written, ...hints } = parseYaml(await readText(file, files), file, form);
  if (written !== undefined) readerNamed(written, file);
  return { format: format ?? written, hints: withoutUndefined(hints) };
}

/** Settings that are left out are not there at all. */
function withoutUndefined(hints: { [Name in keyof ReadingHints]: unknown }): ReadingHints {
  return Object.fromEntries(Object.entries(hints).filter(([, value]) => value !== undefined));
}
