import { join } from 'node:path';
import { GraderError } from '../core/errors.ts';
import type { Rubric } from '../core/rubric.ts';
import type { Files } from '../files.ts';
import type { ChapterOutline } from '../store/store.ts';
import { findRubric, loadRubric, type RubricPlaces } from './load-rubric.ts';
import { criteriaHashOf } from './standard.ts';

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

/** A chapter whose questions carry the fingerprints of a rubric as it is now. */
export function underRubric<C extends Pick<ChapterOutline, 'questions'>>(stored: C, rubric: Rubric): C {
  const questions = stored.questions.map((question) => ({
    ...question,
    criteriaHash: criteriaHashOf(rubric, question.no),
  }));
  return { ...stored, questions };
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

/**
 * A rubric to show a graded chapter by: the one as its file is now, as it was when the chapter was graded where the
 * file is not valid, the one that would be found where there is no file.
 */
export async function rubricForReading(
  stored: Pick<ChapterOutline, 'id' | 'rubricFile' | 'rubric'>,
  files: Files,
  places: RubricPlaces,
): Promise<Rubric> {
  const load = async (file: string) => (await loadRubric(file, files, places)).rubric;
  try {
    const own = await rubricOfStored(stored, files, places);
    return own ?? (await load(await findRubric(stored.id, '', files, places)));
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    return stored.rubric ?? load(join(places.builtIn, 'default.yaml'));
  }
}
