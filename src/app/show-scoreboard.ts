import type { GradeSummary } from '../core/grade-summary.ts';
import type { Language } from '../core/localized.ts';
import { type ChapterStanding, createScoreboard, type ScoreboardRow } from '../core/scoreboard.ts';
import type { Files } from '../files.ts';
import type { GradeStore } from '../store/store.ts';
import type { RubricPlaces } from './load-rubric.ts';
import { pickChapters } from './pick-chapters.ts';
import { summaryStandingOf } from './standing.ts';
import { underCurrentRubric } from './stored-rubric.ts';

/** Who judged a member's answers, and what a person decided on them. */
type Judged = Pick<GradeSummary, 'member' | 'judge' | 'override'>;

export interface Scoreboard {
  chapters: ChapterStanding['chapter'][];
  rows: ScoreboardRow[];
  /** Each judge of a member once, and every decision. */
  judged: Judged[];
  /** Some questions count more than others. */
  isWeighted: boolean;
  /** The language of the first chapter. */
  language: Language;
}

/** Keeps a grade where it tells something new of who judged. */
function createJudgedList(): { add(grade: GradeSummary): void; all: Judged[] } {
  const known = new Map<string, Set<GradeSummary['judge']>>();
  const all: Judged[] = [];
  return {
    all,
    add: ({ member, judge, override }) => {
      const judges = known.get(member);
      if (override === null && judges?.has(judge)) return;
      if (judges) judges.add(judge);
      else known.set(member, new Set([judge]));
      all.push({ member, judge, override });
    },
  };
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
  const chosen = await pickChapters(store, names);
  const scoreboard = createScoreboard();
  const judged = createJudgedList();
  const points = new Set<number>();
  for (const stored of chosen) {
    if (!store) break;
    const standing = await summaryStandingOf(await underCurrentRubric(stored, files, places), store);
    scoreboard.add(standing);
    for (const grade of standing.grades) judged.add(grade);
    for (const submission of standing.submissions) points.add(submission.points ?? 1);
  }
  return {
    chapters: chosen.map(({ id, title }) => ({ id, title })),
    rows: scoreboard.rows(),
    judged: judged.all,
    isWeighted: points.size > 1,
    language: chosen[0]?.language ?? 'ko',
  };
}
