import type { Language } from '../core/localized.ts';
import type { Files } from '../files.ts';
import { languageOf } from './grade-chapter.ts';
import type { LoadedChapter } from './load-chapters.ts';
import { findRubric, type LoadedRubric, loadRubric, type RubricPlaces } from './load-rubric.ts';

/** A chapter with the rubric and the language it is graded in. */
export interface PreparedChapter extends LoadedChapter {
  rubric: LoadedRubric;
  language: Language;
  /** Names to take out of answers; the members' when left out. */
  names?: readonly string[];
}

/**
 * Reads the rubric of a chapter, the one asked for or the one found, and settles the language.
 * @throws ConfigError when the rubric is not valid
 */
export async function prepareChapter(
  loaded: LoadedChapter,
  asked: { rubric?: string | undefined; lang?: Language | undefined },
  files: Files,
  places: RubricPlaces,
): Promise<PreparedChapter> {
  const file = asked.rubric ?? (await findRubric(loaded.chapter.id, loaded.file, files, places));
  const rubric = await loadRubric(file, files, places);
  return { ...loaded, rubric, language: languageOf(loaded.chapter, rubric.rubric, asked.lang) };
}
