import { InputError } from '../core/errors.ts';
import type { Language } from '../core/localized.ts';
import { type ChapterStanding, type ScoreboardRow, scoreboardOf } from '../core/scoreboard.ts';
import { byChapterId, type GradeStore, type StoredChapter } from '../store/store.ts';
import { standingOf } from './grade-chapter.ts';

export interface Scoreboard {
  standings: ChapterStanding[];
  rows: ScoreboardRow[];
  /** The language of the first chapter. */
  language: Language;
}

function nothingGraded(): InputError {
  return new InputError({
    ko: '아직 채점한 단원이 없습니다. 먼저 "answer-grader grade 파일"로 채점하세요.',
    en: 'no chapter has been graded yet; grade one first with "answer-grader grade FILE".',
  });
}

function pick(name: string, stored: readonly StoredChapter[]): StoredChapter {
  const wanted = name.normalize('NFC').trim();
  const found = stored.find((chapter) => chapter.id === wanted || chapter.title === wanted);
  if (found) return found;
  const titles = stored.map((chapter) => chapter.title).join(', ');
  throw new InputError({
    ko: `채점한 단원 가운데 "${name}"이(가) 없습니다. 채점한 단원: ${titles}.`,
    en: `"${name}" is not among the graded chapters; they are ${titles}.`,
  });
}

/**
 * The scoreboard over graded chapters.
 * @param names ids or titles; all chapters when empty
 * @throws InputError when nothing was graded yet, or a chapter is not known
 */
export function scoreboardFrom(store: GradeStore | null, names: readonly string[]): Scoreboard {
  const stored = store?.chapters() ?? [];
  const [first] = stored;
  if (!store || !first) throw nothingGraded();
  const chosen =
    names.length === 0 ? stored : [...new Set(names.map((name) => pick(name, stored)))].sort(byChapterId);
  const standings = chosen.map((chapter) => standingOf(chapter, store));
  return { standings, rows: scoreboardOf(standings), language: chosen[0]?.language ?? first.language };
}
