import { byAttempt } from '../core/attempt-map.ts';
import { changesBetween, type ScoreChange } from '../core/changes.ts';
import { InputError } from '../core/errors.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import { roundScore } from '../core/scoring.ts';
import type { GradeStore, StoredRun } from '../store/store.ts';

/** Two runs side by side. */
export interface RunComparison {
  before: StoredRun;
  after: StoredRun;
  /** Attempts graded by both. */
  shared: number;
  onlyBefore: number;
  onlyAfter: number;
  /** Mean of the differences over attempts with a score on both sides; null without any. */
  meanDifference: number | null;
  changes: ScoreChange[];
}

/** `previous` is the run before the last one on the same chapter. */
function runNamed(name: string, runs: readonly StoredRun[]): StoredRun {
  const last = runs.at(-1);
  const same = runs.filter((item) => item.chapter === last?.chapter);
  const found = name === 'last' ? last : name === 'previous' ? same.at(-2) : undefined;
  const run = found ?? runs.find((item) => String(item.id) === name);
  if (run) return run;
  if (runs.length === 0) {
    throw new InputError({ ko: '아직 채점한 것이 없습니다.', en: 'nothing has been graded yet.' });
  }
  const known = runs.map((item) => item.id).join(', ');
  throw new InputError({
    ko: `"${name}" 실행이 없습니다. 실행 번호: ${known}. last와 previous도 쓸 수 있습니다.`,
    en: `there is no run "${name}"; the runs are ${known}, and last and previous work too.`,
  });
}

function meanOf(before: readonly GradeSummary[], after: readonly GradeSummary[]): number | null {
  const older = byAttempt(before);
  const differences = after.flatMap((grade) => {
    const old = older.get(grade)?.score ?? null;
    return old === null || grade.score === null ? [] : [grade.score - old];
  });
  return differences.length === 0
    ? null
    : roundScore(differences.reduce((sum, value) => sum + value, 0) / differences.length);
}

/**
 * Compares what two runs gave to the same attempts. People's decisions are left out: they belong to no run.
 * @param names run numbers, `last` or `previous`
 * @throws InputError when there is no such run, or they are about different chapters
 */
export async function compareRuns(
  store: GradeStore,
  names: readonly [string, string],
): Promise<RunComparison> {
  const runs = await store.runs();
  const [before, after] = [runNamed(names[0], runs), runNamed(names[1], runs)];
  if (before.chapter !== after.chapter) {
    throw new InputError({
      ko: `실행 ${before.id}은(는) ${before.chapter}, 실행 ${after.id}은(는) ${after.chapter}의 것입니다. 같은 단원의 실행끼리 견주세요.`,
      en: `run ${before.id} is about ${before.chapter}, run ${after.id} about ${after.chapter}; compare runs of one chapter.`,
    });
  }
  const old = [...(await store.summariesOfRun(before.id))];
  const now = [...(await store.summariesOfRun(after.id))];
  const older = byAttempt(old);
  const shared = now.filter((grade) => older.get(grade) !== undefined).length;
  return {
    before,
    after,
    shared,
    onlyBefore: old.length - shared,
    onlyAfter: now.length - shared,
    meanDifference: meanOf(old, now),
    changes: changesBetween(old, now),
  };
}
