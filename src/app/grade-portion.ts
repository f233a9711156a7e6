import { byAttempt } from '../core/attempt-map.ts';
import type { ModelError } from '../core/errors.ts';
import { noUsage, usageSince } from '../core/grade.ts';
import type { RequestedRun } from '../core/requested-run.ts';
import type { PortionOutcome, PortionPlaces } from '../core/run-plan.ts';
import { gradeBatch } from '../judge/grade-batch.ts';
import type { Judgement } from '../judge/judge.ts';
import type { RunControl } from '../judge/run-control.ts';
import { gradeFromJudgement } from './make-grade.ts';
import type { PlannedAttempt } from './plan.ts';
import { limitsOf } from './run-limits.ts';
import { createRunRecord } from './run-record.ts';
import { checkSameJudge, configToMake, type RunUnderWay } from './run-under-way.ts';
import type { ServiceParts } from './service-parts.ts';

/** A portion that somebody has taken. */
export interface TakenPortion {
  run: RequestedRun;
  no: number;
  places: PortionPlaces;
  /** Somebody has taken it before and did not come to its end. */
  isAgain: boolean;
  control: RunControl;
}

/** So often it is noted how far a portion is; more is not forgotten when its worker is killed. */
const noteMs = 500;

/** The attempts of a portion that got no grade when it was taken before. */
async function stillToGrade(
  attempts: readonly PlannedAttempt[],
  { plan }: RunUnderWay,
  { isAgain }: TakenPortion,
  store: ServiceParts['store'],
): Promise<PlannedAttempt[]> {
  if (!isAgain) return [...attempts];
  const graded = byAttempt(await store.summariesOfRun(plan.gradeRun));
  return attempts.filter((attempt) => graded.get(attempt) === undefined);
}

/**
 * Grades a portion of a run, storing grades as they come.
 * @returns what became of it, and the failure that stopped it, which every other portion would meet too
 * @throws ChangedError when this worker is set up for other models than the run; StoreError
 */
export async function gradePortion(
  parts: ServiceParts,
  underWay: RunUnderWay,
  portion: TakenPortion,
  onProgress: () => void,
): Promise<{ outcome: PortionOutcome; failure: ModelError | null }> {
  const { store, work, now, concurrency } = parts;
  const { plan, chapter, attemptsAt } = underWay;
  const { run, no, places, control } = portion;
  const config = configToMake(run.options, parts.config);
  const fresh = run.options.fresh ?? false;
  const limits = limitsOf(parts, run, no, control);
  const { judgeFor, spent } = await parts.openJudging({ config, fresh, control, limits });
  const judge = judgeFor(chapter);
  checkSameJudge(plan, judge);
  const all = attemptsAt(places);
  const attempts = await stillToGrade(all, underWay, portion, store);
  const record = createRunRecord(plan.gradeRun, chapter.id, attempts.length, store, () => 0);
  const context = { chapter: chapter.id, judge, rubricHash: plan.rubric.hash, now };

  let noted = noUsage;
  let notedAt = 0;
  async function note(): Promise<void> {
    notedAt = now().getTime();
    const [before, sofar] = [noted, spent()];
    noted = sofar;
    await work.noteProgress(
      run.id,
      no,
      all.length - attempts.length + record.done(),
      usageSince(sofar, before),
    );
    onProgress();
  }

  async function take(attempt: PlannedAttempt, judgement: Judgement): Promise<void> {
    await record.judged(gradeFromJudgement(attempt, judgement, context), judgement.isPartial);
    if (now().getTime() >= notedAt + noteMs) await note();
  }

  let failure: ModelError | null;
  try {
    failure = await gradeBatch(attempts, judge, control, concurrency, take);
  } finally {
    await note();
  }
  const outcome = record.outcome();
  // What was graded before may have been ungraded or half judged; nobody here knows.
  const again = attempts.length < all.length ? all.map(({ question }) => question) : [];
  return { outcome: { ...outcome, unsettled: [...new Set([...outcome.unsettled, ...again])] }, failure };
}
