import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { JudgeConfig } from './app/config.ts';
import { createService, type OwnService } from './app/create-service.ts';
import type { GradingService } from './app/grading-service.ts';
import type { Metrics } from './app/metrics.ts';
import type { JudgingWish, ServiceJudging, ServiceParts } from './app/service-parts.ts';
import { tellFailures } from './app/tell-failures.ts';
import { countGrades, tellRuns } from './app/watched-stores.ts';
import { withRight } from './app/with-right.ts';
import type { JobHandler } from './app/work-queue.ts';
import { archive, files, openBatches, openMemoryStore, openStore, rubricPlaces } from './compose.ts';
import { openHold } from './compose-batches.ts';
import { askedModels, openJudging, openTokenCounter } from './compose-judging.ts';
import { openClaims, openSharedLimits, type SharedLimits, wait } from './compose-network.ts';
import type { Watching } from './compose-watching.ts';
import { createRunControl } from './judge/run-control.ts';
import { createLocalQueue } from './queue/local-queue.ts';
import type { GroupStores } from './store/group-stores.ts';
import { isSqliteReady } from './store/sqlite-ready.ts';
import { openSqliteRunWork } from './store/sqlite-run-work.ts';
import { openSqliteService } from './store/sqlite-service.ts';
import type { GradeStore } from './store/store.ts';

/** How a service is started, whatever it is kept in. */
export interface ServiceSettings {
  config: JudgeConfig;
  /** Requests in flight at most. */
  concurrency: number;
  /** US dollars that a run may cost at most; null without a limit. */
  maxCostUsd: number | null;
  /** Requests that a run may send to its models a minute; null without a limit. */
  modelRequestsPerMinute: number | null;
  watching: Watching;
}

/** Stands among the claimed requests, whose identities are hexadecimal, for the right to make runs. */
const makingRuns = 'making runs';

/** What is in a batch is not asked directly as well, save by who asks everything anew. */
async function openServiceJudging(
  { config, fresh, limits: { budget, pace }, control }: JudgingWish,
  concurrency: number,
  { store, batches }: GroupStores,
  limits: SharedLimits,
  { modelAsked }: Metrics,
): Promise<ServiceJudging> {
  const settings = { concurrency, fresh, control, replies: store, limits, budget, pace, onAsked: modelAsked };
  const { judgeFor, spent } = await openJudging(config, settings);
  if (config.kind === 'offline' || fresh) return { judgeFor, spent };
  const hold = openHold(config, false, { replies: store, batches });
  return { judgeFor: (chapter) => hold.around(judgeFor(chapter)), spent };
}

export function later(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms).unref();
  return () => clearTimeout(timer);
}

/**
 * Everything that a group's service is made of.
 * @param own how its runs are made
 * @param limits what all groups of this process keep to together
 */
export function serviceParts(
  stores: GroupStores,
  settings: ServiceSettings,
  limits: SharedLimits,
  own: Pick<ServiceParts, 'queue' | 'group' | 'worksHere' | 'alone' | 'places'>,
): ServiceParts {
  const { log, metrics } = settings.watching;
  const { config, concurrency, maxCostUsd, modelRequestsPerMinute } = settings;
  const store = countGrades(stores.store, metrics);
  const notes = tellRuns(stores.notes, own.worksHere ? null : Number(own.group), log, metrics);
  return {
    ...own,
    config,
    concurrency,
    maxCostUsd,
    modelRequestsPerMinute,
    store,
    notes,
    work: stores.work,
    files,
    archive,
    openJudging: (wish) => openServiceJudging(wish, concurrency, { ...stores, store }, limits, metrics),
    openEstimating: async (judge) => ({
      models: judge.kind === 'llm' ? await askedModels(judge.endpoints) : [],
      countTokens: await openTokenCounter(),
    }),
    openScratch: openMemoryStore,
    onFault: log.fault,
    now: () => new Date(),
    later,
    wait,
    giveWay: nextTurn,
  };
}

/** A service that closes what it keeps things in as well, all of it also when something cannot be closed. */
export function closingStores(own: OwnService, { store, batches, notes, work }: GroupStores): OwnService {
  return {
    ...own,
    service: {
      ...own.service,
      async close() {
        await using closing = new AsyncDisposableStack();
        for (const kept of [store, batches, notes, work]) closing.defer(() => kept.close());
        await own.service.close();
      },
    },
  };
}

/** A handler of which one process at a time does jobs, so that no two make the same run. */
function oneProcessAtATime(store: GradeStore): ServiceParts['alone'] {
  return (handler) => {
    const claims = openClaims({ replies: store, control: createRunControl() });
    const right = { take: () => claims.take(makingRuns), giveBack: () => claims.giveBack(makingRuns) };
    return withRight(handler, right);
  };
}

/**
 * Opens a service on an SQLite file, which makes its runs itself.
 * @returns the service, whose `close` closes the database as well
 * @throws StoreError
 */
export async function openService(file: string, settings: ServiceSettings): Promise<GradingService> {
  await files.makeFolder(dirname(file));
  const stores: GroupStores = {
    store: await openStore(file),
    batches: await openBatches(file),
    notes: openSqliteService(file),
    work: openSqliteRunWork(file),
  };
  const { log, metrics } = settings.watching;
  const queue = createLocalQueue({ later, onFault: log.fault });
  const openRuns = async () => (await stores.notes.openRuns()).map(({ state }) => state);
  metrics.watch({ openRuns, queueLength: queue.length });
  const right = oneProcessAtATime(stores.store);
  const alone = (handler: JobHandler) => right(tellFailures(handler, log));
  const own = { queue, group: '', worksHere: true, alone, places: rubricPlaces() };
  const parts = serviceParts(stores, settings, openSharedLimits(settings.concurrency), own);
  return closingStores(createService(parts), stores).service;
}

/** Whether an SQLite file answers and has the form that this version knows. */
export function isDatabaseReady(file: string): boolean {
  return isSqliteReady(file);
}

/** The script of the service's pages. */
export async function readPageScript(): Promise<string> {
  const file = fileURLToPath(new URL('./http/assets/page.js', import.meta.url));
  return new TextDecoder().decode(await files.read(file));
}
