import type { Gradebook, Roster } from '../core/gradebook.ts';
import { type ScoreboardRow, scoreboardOf } from '../core/scoreboard.ts';
import type { Files } from '../files.ts';
import { readRoster } from '../import/roster.ts';
import type { GradeStore } from '../store/store.ts';
import type { RubricPlaces } from './load-rubric.ts';
import { pickChapters } from './pick-chapters.ts';
import { readText } from './read-text.ts';
import { summaryStandingOf } from './standing.ts';
import { underCurrentRubric } from './stored-rubric.ts';

/**
 * The roster in a file.
 * @throws InputError when it cannot be read or understood
 */
export async function rosterFrom(file: string, files: Files): Promise<Roster> {
  return readRoster(await readText(file, files), file);
}

const collator = new Intl.Collator('ko');

/** A mean without the ungraded answers would pass for a final mark on the platform. */
function finalScore(row: ScoreboardRow | undefined): number | null {
  return row === undefined || row.ungraded > 0 ? null : row.score;
}

/**
 * The scores of graded chapters for a learning platform, members by name.
 * @param names ids or titles of chapters; all when empty
 * @param roster who the members are there; null when nobody said
 * @throws InputError when nothing was graded yet, or a chapter is not known
 */
export async function gradebookFrom(
  store: GradeStore | null,
  names: readonly string[],
  roster: Roster | null,
  { files, places }: { files: Files; places: RubricPlaces },
): Promise<Gradebook> {
  const columns: { title: string; rows: ReadonlyMap<string, ScoreboardRow> }[] = [];
  for (const stored of await pickChapters(store, names)) {
    if (!store) break;
    const standing = await summaryStandingOf(await underCurrentRubric(stored, files, places), store);
    const rows = scoreboardOf([standing]).map((row) => [row.member, row] as const);
    columns.push({ title: stored.title, rows: new Map(rows) });
  }
  const members = new Set(columns.flatMap(({ rows }) => [...rows.keys()]));
  return {
    chapters: columns.map(({ title }) => title),
    hasRoster: roster !== null,
    rows: [...members].sort(collator.compare).map((member) => ({
      member,
      identity: roster?.get(member) ?? null,
      scores: columns.map(({ rows }) => finalScore(rows.get(member))),
      ungraded: columns.flatMap(({ title, rows }) => ((rows.get(member)?.ungraded ?? 0) > 0 ? [title] : [])),
    })),
  };
}
