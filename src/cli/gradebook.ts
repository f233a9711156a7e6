import { gradebookFrom, rosterFrom } from '../app/gradebook.ts';
import { files, rubricPlaces } from '../compose.ts';
import type { Platform } from '../core/gradebook.ts';
import { gradebookCsv, gradebookNotices } from '../reports/gradebook.ts';
import { type CommonOptions, type Io, messageLanguage } from './io.ts';

/** Options that say how a gradebook is written. */
export interface GradebookOptions extends CommonOptions {
  for?: Platform;
  roster?: string;
  anonymous?: boolean;
}

/** Writes the gradebook to standard output and what is to be known of it to standard error. */
export async function printGradebook(
  store: Parameters<typeof gradebookFrom>[0],
  names: readonly string[],
  options: GradebookOptions,
  io: Io,
): Promise<void> {
  const platform = options.for ?? 'moodle';
  const roster = options.roster === undefined ? null : await rosterFrom(options.roster, files);
  const gradebook = await gradebookFrom(store, names, roster, { files, places: rubricPlaces() });
  for (const notice of gradebookNotices(gradebook, platform, messageLanguage(options, io)))
    io.err(`${notice}\n`);
  io.out(gradebookCsv(gradebook, platform));
}
