import type { Rubric } from '../core/rubric.ts';
import type { Files } from '../files.ts';
import type { ChapterOutline } from '../store/store.ts';
import { loadRubric, type RubricPlaces } from './load-rubric.ts';
import { underRubric } from './standing.ts';

/**
 * The rubric of a graded chapter as its file is now; null where it was given as a value or is gone.
 * @throws ConfigError when the file is not valid
 */
export async function rubricOfStored(
  { rubricFile }: Pick<ChapterOutline, 'rubricFile'>,
  files: Files,
  places: RubricPlaces,
): Promise<Rubric | null> {
  if (rubricFile === null || !(await files.isThere(rubricFile))) return null;
  return (await loadRubric(rubricFile, files, places)).rubric;
}

/** A graded chapter held against its rubric's file as it is now, so that scores given before a change show as stale. */
export async function underCurrentRubric(
  stored: ChapterOutline,
  files: Files,
  places: RubricPlaces,
): Promise<ChapterOutline> {
  // A rubric that is being edited is no reason to show nothing; `rubric check` tells what is wrong.
  const rubric = await rubricOfStored(stored, files, places).catch(() => null);
  return rubric === null ? stored : underRubric(stored, rubric);
}
