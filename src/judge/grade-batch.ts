import { ModelError } from '../core/errors.ts';
import { noUsage } from '../core/grade.ts';
import type { Judge, Judgement, Task } from './judge.ts';
import type { RunControl } from './run-control.ts';

const notJudged: Judgement = { ungraded: 'stopped', detail: null, models: [], usage: noUsage };

/** Tasks under way for each request in flight: some wait to be tried again, and their places are taken by others. */
const tasksPerRequest = 4;
const fewestUnderWay = 32;

/**
 * Judges a batch in the order given. How many requests are in flight is the judge's business; here tasks are taken
 * up as others end, so that a batch of any size needs the memory of a few, and every task is told its outcome
 * exactly once.
 * @param tasks made one by one as they are taken up, if they come from a generator; it may take its time
 * @param concurrency requests that may be in flight at the same moment
 * @param onJudged gets each judgement as soon as it is there
 * @returns the failure that stopped the batch, or null
 */
export async function gradeBatch<T extends Task>(
  tasks: Iterable<T> | AsyncIterable<T>,
  judge: Judge,
  control: RunControl,
  concurrency: number,
  onJudged: (task: T, judgement: Judgement) => void | Promise<void>,
): Promise<ModelError | null> {
  let failure: ModelError | null = null;
  let broken: { error: unknown } | null = null;
  const remaining = Symbol.asyncIterator in tasks ? tasks[Symbol.asyncIterator]() : tasks[Symbol.iterator]();

  async function judgeTask(task: T): Promise<Judgement> {
    if (control.stopped.aborted) return notJudged;
    try {
      return await judge.judge(task.material, control.abandoned);
    } catch (error) {
      control.stop();
      if (!(error instanceof ModelError)) throw error;
      if (error.failure !== 'aborted') failure ??= error;
      return notJudged;
    }
  }

  /** Takes tasks up one after the other until none is left; one that breaks does not keep others from their end. */
  async function work(): Promise<void> {
    for (;;) {
      try {
        const { done, value: task } = await remaining.next();
        if (done) return;
        await onJudged(task, await judgeTask(task));
      } catch (error) {
        control.stop();
        broken ??= { error };
      }
    }
  }

  const underWay = fewestUnderWay + tasksPerRequest * concurrency;
  await Promise.all(Array.from({ length: underWay }, work));
  if (broken !== null) throw (broken as { error: unknown }).error;
  return failure;
}
