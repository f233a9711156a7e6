import { ModelError } from '../core/errors.ts';
import { noUsage } from '../core/grade.ts';
import type { Judge, Judgement, Task } from './judge.ts';
import type { RunControl } from './run-control.ts';

const notJudged: Judgement = { ungraded: 'stopped', detail: null, models: [], usage: noUsage };

/**
 * Judges a batch, ordered by question so that equal beginnings of requests meet the provider's cache. How many
 * requests are in flight is the judge's business; here every task is told its outcome exactly once.
 * @param onJudged gets each judgement as soon as it is there
 * @returns the failure that stopped the batch, or null
 */
export async function gradeBatch<T extends Task>(
  tasks: readonly T[],
  judge: Judge,
  control: RunControl,
  onJudged: (task: T, judgement: Judgement) => void,
): Promise<ModelError | null> {
  let failure: ModelError | null = null;

  async function judgeTask(task: T): Promise<void> {
    let judgement = notJudged;
    try {
      if (!control.stopped.aborted) judgement = await judge.judge(task.material, control.abandoned);
    } catch (error) {
      control.stop();
      if (!(error instanceof ModelError)) throw error;
      if (error.failure !== 'aborted') failure ??= error;
    }
    try {
      onJudged(task, judgement);
    } catch (error) {
      control.stop();
      throw error;
    }
  }

  const ordered = tasks.toSorted((a, b) => a.question - b.question);
  const outcomes = await Promise.allSettled(ordered.map(judgeTask));
  const broken = outcomes.find((outcome) => outcome.status === 'rejected');
  if (broken) throw broken.reason;
  return failure;
}
