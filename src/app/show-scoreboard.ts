import type { Language } from '../core/localized.ts';
import { type ChapterStanding, type ScoreboardRow, scoreboardOf } from '../core/scoreboard.ts';
import type { Files } from '../files.ts';
import type { GradeStore } from '../store/store.ts';
import type { RubricPlaces } from './load-rubric.ts';
import { pickChapters } from './pick-chapters.ts';
import { underCurrentRubric } from './stored-rubric.ts';

export interface Scoreboard {
  standings: ChapterStanding[];
  rows: ScoreboardRow[];
  /** The language of the first chapter. */
  language: Language;
}

/**
 * The scoreboard over graded chapters.
 * @param names ids or titles; all chapters when empty
 * @throws InputError when nothing was graded yet, or a chapter is not known
 */
export async function scoreboardFrom(
  store: GradeStore | null,
  names: readonly string[],
  files: Files,
  places: RubricPlaces,
): Promise<Scoreboard> {
  const chosen = pickChapters(store, names);
  const standings: ChapterStanding[] = [];
  for (const stored of chosen)
    if (store) standings.push((await underCurrentRubric(stored, store, files, places)).standing);
  return { standings, rows: scoreboardOf(standings), language: chosen[0]?.language ?? 'ko' };
}
