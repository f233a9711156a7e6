import { latestGrades } from '../core/current-grades.ts';
import type { RequestedRun, RunState, RunTotals } from '../core/requested-run.ts';
import { hasEnded } from '../core/requested-run.ts';
import { standingGrades, standingSummary } from '../core/review.ts';
import type { PortionOutcome, RunPlan } from '../core/run-plan.ts';
import { nothingCameBack } from './run-refusals.ts';
import type { ServiceParts } from './service-parts.ts';

/** Questions whose grades would come out the same again, so that the next run need not make them. */
function settledIn({ bases, takenOver }: RunPlan, outcomes: readonly PortionOutcome[]) {
  if (outcomes.some(({ left }) => left > 0)) return [];
  const unsettled = new Set([...takenOver, ...outcomes.flatMap((outcome) => outcome.unsettled)]);
  return bases.filter(({ question }) => !unsettled.has(question));
}

async function totalsOf(
  { store }: Pick<ServiceParts, 'store'>,
  run: RequestedRun,
  { gradeRun, total }: RunPlan,
): Promise<RunTotals> {
  // A worker that was thought dead may have graded what another one graded as well.
  const grades = latestGrades(await store.summariesOfRun(gradeRun));
  // Attempts without a grade were left, whoever had taken their portions.
  const counts = { graded: 0, ungraded: total - grades.length, not_attempted: 0, needsReview: 0 };
  for (const standing of standingGrades(grades, [], await store.reviewsOf(run.chapter), grades)) {
    counts[standing.grade.state] += 1;
    if (standingSummary(standing).needsReview) counts.needsReview += 1;
  }
  const { graded, ungraded, not_attempted: notAttempted, needsReview } = counts;
  return { attempts: total, graded, ungraded, notAttempted, needsReview, ...run.spent };
}

/** Notes what came of a run all of whose portions have ended. Of several at the same moment, the first ends it. */
export async function endRun(parts: ServiceParts, id: number, plan: RunPlan): Promise<void> {
  const { store, notes, work, now } = parts;
  const run = await notes.requestedRun(id);
  if (!run || hasEnded(run)) return;
  const outcomes = await work.outcomes(id);
  await store.settleQuestions(plan.gradeRun, settledIn(plan, outcomes));
  const isStopped = outcomes.some(({ left }) => left > 0);
  const finishedAt = now().toISOString();
  await store.finishRun(plan.gradeRun, isStopped ? 'stopped' : 'finished', finishedAt);
  const failure = run.failure ?? (hasNothingBack(plan, outcomes) ? nothingCameBack : null);
  const state: RunState = failure ? 'failed' : isStopped ? 'stopped' : 'finished';
  await notes.changeRun(id, { state, finishedAt, failure, totals: await totalsOf(parts, run, plan) });
}

/** Every answer that needed a judge failed at its endpoint. */
function hasNothingBack({ takenOver }: RunPlan, outcomes: readonly PortionOutcome[]): boolean {
  const sum = (name: 'judged' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[name], 0);
  return takenOver.length === 0 && sum('judged') > 0 && sum('failed') === sum('judged');
}
