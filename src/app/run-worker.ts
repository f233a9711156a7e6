import { GraderError, StoreError } from '../core/errors.ts';
import { hasEnded, type RequestedRun } from '../core/requested-run.ts';
import type { PortionOutcome, PortionPlaces } from '../core/run-plan.ts';
import { createRunControl, type RunControl } from '../judge/run-control.ts';
import { divideRun } from './divide-run.ts';
import { endRun } from './end-run.ts';
import { gradePortion } from './grade-portion.ts';
import type { RunChanges } from './run-changes.ts';
import { failureOf } from './run-refusals.ts';
import { createRunReader } from './run-under-way.ts';
import type { ServiceChapters } from './service-chapters.ts';
import type { ServiceParts } from './service-parts.ts';
import type { Job, JobHandler } from './work-queue.ts';

/** How long requests in flight may take to finish when a run is stopped. */
const graceMs = 5000;

/** Makes a group's runs, portion by portion. */
export interface RunWorker extends JobHandler {
  /** Ends this process's part of a run; asked a second time, requests in flight are given up at once. */
  stop(run: number): void;
}

/** What could not be done because its worker is closing. */
function interrupted(): StoreError {
  return new StoreError({
    ko: '일꾼이 끝나서 이 부분을 다른 일꾼이 이어받습니다.',
    en: 'the worker is ending; another one takes this portion over.',
  });
}

/** Nobody will work on it any more: a person stopped it, it has failed, or it has ended. */
function isOver(run: RequestedRun): boolean {
  return run.isStopAsked || run.failure !== null || hasEnded(run);
}

/** What becomes of a portion that is not taken up any more. */
function leftOut(places: PortionPlaces): PortionOutcome {
  return { judged: 0, failed: 0, left: places.length, unsettled: [] };
}

export function createRunWorker(
  parts: ServiceParts,
  chapters: ServiceChapters,
  changes: RunChanges,
): RunWorker {
  const { notes, work, queue, group, now } = parts;
  const read = createRunReader(parts);
  const controls = new Map<number, Set<RunControl>>();

  async function change(id: number, changed: Parameters<typeof notes.changeRun>[1]) {
    const run = await notes.changeRun(id, changed);
    changes.tell(id);
    return run;
  }

  function stopSoon(control: RunControl): void {
    if (control.stopped.aborted) {
      control.abandon();
      return;
    }
    control.stop();
    parts.later(() => control.abandon(), graceMs);
  }

  /** Stops what is under way once the run is over, wherever that was decided. */
  async function watch(id: number, control: RunControl, ended: AbortSignal): Promise<void> {
    while (!ended.aborted && !control.stopped.aborted) {
      await changes.nextChange(id, ended);
      if (ended.aborted) return;
      const run = await notes.requestedRun(id);
      // What was stopped here meanwhile has its time to end.
      if (run && isOver(run) && !control.stopped.aborted) stopSoon(control);
    }
  }

  /** Runs work that ends early when its run is over or this worker closes. */
  async function controlled<T>(
    id: number,
    closing: AbortSignal,
    own: (control: RunControl) => Promise<T>,
  ): Promise<T> {
    const control = createRunControl();
    const ended = new AbortController();
    const close = () => stopSoon(control);
    closing.addEventListener('abort', close);
    if (closing.aborted) close();
    const others = controls.get(id) ?? new Set();
    controls.set(id, others.add(control));
    // Where the database cannot be read, the work itself will say so.
    void watch(id, control, ended.signal).catch(() => undefined);
    try {
      return await own(control);
    } finally {
      ended.abort();
      closing.removeEventListener('abort', close);
      others.delete(control);
      if (others.size === 0) controls.delete(id);
    }
  }

  async function fail(id: number, error: unknown): Promise<void> {
    if (!(error instanceof GraderError)) parts.onFault(error);
    await change(id, { failure: failureOf(error) });
  }

  /** What a run cannot go on with fails it; what may be gone in a while is left to the queue. */
  async function orFail(id: number, own: () => Promise<void>): Promise<boolean> {
    try {
      await own();
      return true;
    } catch (error) {
      if (error instanceof StoreError) throw error;
      await fail(id, error);
      return false;
    }
  }

  async function endNow(id: number, state: 'stopped' | 'failed'): Promise<void> {
    await change(id, { state, finishedAt: now().toISOString() });
  }

  async function begin(run: RequestedRun): Promise<void> {
    const { id } = run;
    if ((await work.runPlan(id)) === null) {
      if (run.isStopAsked) return endNow(id, 'stopped');
      if (!(await change(id, { state: 'running', startedAt: now().toISOString() }))) return;
      // A person may have stopped it at this very moment, when nobody had begun it yet.
      if ((await notes.requestedRun(id))?.isStopAsked) return endNow(id, 'stopped');
      if (!(await orFail(id, () => divideRun(parts, chapters, run)))) return endNow(id, 'failed');
    } else if (run.state === 'queued') await change(id, { state: 'running', startedAt: now().toISOString() });
    const open = await work.openPortions(id);
    await queue.add(open.map((portion) => ({ group, run: id, portion })));
    if (open.length === 0) await end(id);
    changes.tell(id);
  }

  async function end(id: number): Promise<void> {
    const plan = await work.runPlan(id);
    if (!plan) return;
    await endRun(parts, id, plan);
    changes.tell(id);
  }

  async function gradeTaken(run: RequestedRun, no: number, places: PortionPlaces, closing: AbortSignal) {
    const isAgain = await work.takeAccount(run.id, no);
    let outcome = leftOut(places);
    await orFail(run.id, () =>
      controlled(run.id, closing, async (control) => {
        const portion = { run, no, places, isAgain, control };
        const graded = await gradePortion(parts, await read(run), portion, () => changes.tell(run.id));
        if (graded.failure) await change(run.id, { failure: failureOf(graded.failure) });
        outcome = graded.outcome;
      }),
    );
    return outcome;
  }

  async function grade(run: RequestedRun, no: number, closing: AbortSignal): Promise<void> {
    const { id } = run;
    const places = await work.openPortion(id, no);
    if (!places) return;
    const outcome = isOver(run) ? leftOut(places) : await gradeTaken(run, no, places, closing);
    if (outcome.left > 0 && closing.aborted) {
      const sofar = await notes.requestedRun(id);
      if (sofar && !isOver(sofar)) throw interrupted();
    }
    const open = await work.endPortion(id, no, outcome);
    if (open === 0) await end(id);
  }

  return {
    async handle({ run: id, portion }, signal) {
      const run = await notes.requestedRun(id);
      if (!run || hasEnded(run)) return;
      if (portion === null) await begin(run);
      else await grade(run, portion, signal);
    },
    async giveUp({ run: id, portion }: Job, error) {
      const run = await notes.requestedRun(id);
      if (!run || hasEnded(run)) return;
      await fail(id, error);
      if (portion === null) {
        // Once it is divided, its portions come to an end one by one.
        if ((await work.runPlan(id)) === null) await endNow(id, 'failed');
        return;
      }
      const places = await work.openPortion(id, portion);
      if (places && (await work.endPortion(id, portion, leftOut(places))) === 0) await end(id);
    },
    stop(id) {
      for (const control of controls.get(id) ?? []) stopSoon(control);
    },
  };
}
