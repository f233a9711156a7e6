import { NotFoundError } from '../core/errors.ts';
import { hasEnded, type RequestedRun } from '../core/requested-run.ts';
import type { GradingService, ServiceRun } from './grading-service.ts';
import { portionsAtOnce } from './portions.ts';
import { createRunChanges } from './run-changes.ts';
import { withinLimits } from './run-limits.ts';
import { underWay } from './run-refusals.ts';
import { modelsOf } from './run-under-way.ts';
import { createRunWorker, type RunWorker } from './run-worker.ts';
import type { ServiceChapters } from './service-chapters.ts';
import type { ServiceParts } from './service-parts.ts';

/** So often it is looked for runs that nobody works on, because a worker died or the database was away. */
const lookAgainMs = 30_000;

/** So long the end of a service waits for its turn to leave its runs to the next one. */
const leaveMs = 1000;

/** The part of a service that has runs made: by workers elsewhere, or by its own. */
export interface ServiceRuns
  extends Pick<GradingService, 'startRun' | 'run' | 'runs' | 'stopRun' | 'nextChange'> {
  /** Makes this group's runs; what the queue hands out is for this. */
  worker: RunWorker;
  /** Hands out every run that has not ended, which changes nothing where somebody works on it. */
  handOutOpenRuns(): Promise<void>;
  close(): Promise<void>;
}

export function createServiceRuns(parts: ServiceParts, chapters: ServiceChapters): ServiceRuns {
  const { notes, work, queue, group, now } = parts;
  const closing = new AbortController();
  const changes = createRunChanges(closing.signal);
  const worker = createRunWorker(parts, chapters, changes);
  let cancelLook = () => {};

  async function handOut(runs: readonly RequestedRun[]): Promise<void> {
    await queue.add(runs.map(({ id }) => ({ group, run: id, portion: null })));
  }

  async function handOutOpenRuns(): Promise<void> {
    await handOut(await notes.openRuns());
  }

  async function lookForRuns(): Promise<void> {
    if (closing.signal.aborted) return;
    await handOutOpenRuns().catch(parts.onFault);
    cancelLook = parts.later(() => void lookForRuns(), lookAgainMs);
  }

  async function workHere(): Promise<void> {
    await queue.work(parts.alone(worker), portionsAtOnce(parts.concurrency));
    await lookForRuns();
  }

  /** What nobody works on any more waits for the next service, or ends if a person stopped it. */
  async function leaveOpenRuns(): Promise<void> {
    for (const run of await notes.openRuns()) {
      if (run.isStopAsked || run.failure)
        for (const portion of await work.openPortions(run.id))
          await worker.handle({ group, run: run.id, portion }, closing.signal);
      else if (run.state === 'running') await notes.changeRun(run.id, { state: 'queued' });
    }
  }

  /** Only while no other service on the same database works; who does takes them up itself. */
  async function leaveAlone(): Promise<void> {
    const leaving = parts.alone({ handle: leaveOpenRuns, giveUp: async () => {} });
    const late = AbortSignal.timeout(leaveMs);
    try {
      await leaving.handle({ group, run: 0, portion: null }, late);
    } catch (error) {
      if (!late.aborted) parts.onFault(error);
    }
  }

  async function shown(run: RequestedRun): Promise<ServiceRun> {
    const plan = run.state === 'running' ? await work.runPlan(run.id) : null;
    if (!plan) return { ...run, progress: null };
    const done = plan.settled + (await work.doneIn(run.id));
    return { ...run, progress: { done, total: plan.total, spent: run.spent } };
  }

  async function find(id: number): Promise<RequestedRun> {
    const run = await notes.requestedRun(id);
    if (run) return run;
    throw new NotFoundError({ ko: `${id}번 실행이 없습니다.`, en: `there is no run ${id}.` });
  }

  const working = parts.worksHere ? workHere().catch(parts.onFault) : Promise.resolve();
  return {
    worker,
    handOutOpenRuns,
    async startRun(chapterId, options) {
      // What cannot be done is said now, to whom it may concern.
      const config = chapters.configFor(options);
      const limited = { ...withinLimits(options, parts), judge: config.kind, models: modelsOf(config) };
      const { rubric } = await chapters.prepare(chapterId, limited);
      const noted = { ...limited, rubricHash: rubric.hash };
      const run = await notes.addRun(chapterId, noted, now().toISOString());
      if (!run) throw underWay((await notes.requestedRuns(chapterId))[0]);
      // Where that fails now, it is looked for again soon.
      await handOut([run]).catch(parts.onFault);
      return shown(run);
    },
    run: async (id) => shown(await find(id)),
    runs: async (chapterId) => Promise.all((await notes.requestedRuns(chapterId)).map(shown)),
    async stopRun(id) {
      const run = await find(id);
      if (!hasEnded(run)) {
        // One that nobody has begun ends at once; should somebody begin it at this moment, it is stopped like any other.
        const isBegun = run.state === 'running' || (await work.runPlan(id)) !== null;
        const ended = { state: 'stopped', finishedAt: now().toISOString() } as const;
        await notes.changeRun(id, { isStopAsked: true, ...(isBegun ? {} : ended) });
        worker.stop(id);
        changes.tell(id);
      }
      return shown(await find(id));
    },
    nextChange: changes.nextChange,
    async close() {
      closing.abort();
      if (!parts.worksHere) return;
      const ended = queue.close();
      await working;
      cancelLook();
      await ended;
      await leaveAlone();
    },
  };
}
