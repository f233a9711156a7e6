import { loadChapters } from '../app/load-chapters.ts';
import { type PreparedChapter, prepareChapter } from '../app/prepare-chapter.ts';
import { isSelected } from '../app/selection.ts';
import { files, rubricPlaces, sourcesFor } from '../compose.ts';
import { type CommonOptions, type Io, messageLanguage } from './io.ts';
import { skippedNotice } from './notices.ts';

/** Options that say which answers are meant, and by which rubric. */
export interface SelectionOptions extends CommonOptions {
  rubric?: string;
  member?: string;
  question?: number;
}

/**
 * The chapters in files and folders that the selection is about; all of them when there is none, so that the
 * first one says who is there.
 * @throws InputError when a path cannot be read as a chapter; ConfigError when a rubric is not valid
 */
export async function prepareSelected(
  paths: string[],
  options: SelectionOptions,
  io: Io,
): Promise<PreparedChapter[]> {
  const { chapters, skipped } = await loadChapters(paths, sourcesFor(io.env));
  const prepared: PreparedChapter[] = [];
  for (const loaded of chapters) prepared.push(await prepareChapter(loaded, options, files, rubricPlaces()));
  for (const item of skipped) io.err(skippedNotice(item, messageLanguage(options, io)));
  const about = prepared.filter(({ chapter }) => isSelected(chapter, options));
  return about.length > 0 ? about : prepared;
}
