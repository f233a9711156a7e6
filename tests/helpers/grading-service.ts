import { readFileSync } from 'node:fs';
import type { JudgeConfig } from '../../src/app/config.ts';
import { createService } from '../../src/app/create-service.ts';
import type { GradingService } from '../../src/app/grading-service.ts';
import type { JudgingWish, ServiceParts } from '../../src/app/service-parts.ts';
import type { JobHandler } from '../../src/app/work-queue.ts';
import { noUsage, type Usage } from '../../src/core/grade.ts';
import { hasEnded } from '../../src/core/requested-run.ts';
import type { Judge } from '../../src/judge/judge.ts';
import { createOfflineJudge } from '../../src/judge/offline-judge.ts';
import { createLocalQueue } from '../../src/queue/local-queue.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { RunWork } from '../../src/store/run-work.ts';
import type { ServiceStore } from '../../src/store/service-store.ts';
import type { GradeStore } from '../../src/store/store.ts';
import { zipArchive } from '../../src/zip-archive.ts';
import { caching, cachingRubric, cachingRubricText } from './graded-chapter.ts';
import { type MemoryFiles, memoryFiles } from './memory-files.ts';
import { createMemoryRunWork } from './memory-run-work.ts';
import { createMemoryService } from './memory-service.ts';
import { chapterPage } from './run-cli.ts';

/** The page of the chapter that test services are given, as it is handed in. */
export const cachingPage = { name: 'caching.md', bytes: new TextEncoder().encode(chapterPage(caching)) };
/** Its id. */
export const cachingId = '5-Caching';

const folder = '/group';
const builtIn = '/program/rubrics';

/** A configuration with one model, for services that pretend to have one. */
export const oneModel: JudgeConfig = {
  kind: 'llm',
  samples: 1,
  endpoints: [{ apiKey: 'key', baseUrl: 'http://models.test/v1', model: 'judge-1', isNamed: false }],
};

export interface TestServiceOptions {
  /** Judges instead of the baseline. */
  judge?: Judge;
  /** Who judges, as the service shows it; the baseline when left out. */
  config?: JudgeConfig;
  store?: GradeStore;
  notes?: ServiceStore;
  work?: RunWork;
  /** Whether it makes its runs itself, as it does when left out. */
  worksHere?: boolean;
  files?: MemoryFiles;
  maxCostUsd?: number;
  concurrency?: number;
  /** Told how each run and each single answer is to be judged. */
  onWish?: (wish: JudgingWish) => void;
  /** What the judge has spent so far; nothing when left out. */
  spent?: () => Usage;
  now?: () => Date;
  /** What is to be done later, in place of timers. */
  later?: ServiceParts['later'];
}

export interface TestService {
  service: GradingService;
  /** What the queue hands jobs to. */
  worker: JobHandler;
  store: GradeStore;
  notes: ServiceStore;
  work: RunWork;
  /** What went wrong behind the scenes. */
  faults: unknown[];
}

/**
 * Files of a group whose rubrics folder holds the rubric of the chapter on caching.
 * @param own where that rubrics folder is; the service's folder when left out
 */
export function groupFiles(own = folder): MemoryFiles {
  return memoryFiles({
    [`${builtIn}/default.yaml`]: readFileSync(new URL('../../rubrics/default.yaml', import.meta.url)),
    [`${own}/${cachingRubric}`]: cachingRubricText,
  });
}

/** A real service on stores in memory; nothing is sent anywhere. */
export function openTestService(options: TestServiceOptions = {}): TestService {
  const { judge, store = createMemoryStore(), notes = createMemoryService() } = options;
  const { work = createMemoryRunWork(notes) } = options;
  const later = options.later ?? (() => () => {});
  const faults: unknown[] = [];
  const parts: ServiceParts = {
    store,
    notes,
    work,
    queue: createLocalQueue({ later, onFault: (error) => faults.push(error) }),
    group: 'default',
    worksHere: options.worksHere ?? true,
    files: options.files ?? groupFiles(),
    archive: zipArchive,
    places: { folder, builtIn },
    config: options.config ?? { kind: 'offline', byDefault: true },
    concurrency: options.concurrency ?? 4,
    maxCostUsd: options.maxCostUsd ?? null,
    modelRequestsPerMinute: null,
    openJudging: async (wish) => {
      options.onWish?.(wish);
      return {
        judgeFor: (chapter) =>
          judge && (options.config === undefined || wish.config.kind === 'llm')
            ? judge
            : createOfflineJudge(chapter.questions.flatMap((question) => question.modelAnswer ?? [])),
        spent: options.spent ?? (() => noUsage),
      };
    },
    openEstimating: async () => ({
      models: [{ model: 'judge-1', prices: { costOf: () => 0.001 }, endpoint: undefined }],
      countTokens: (text) => text.length,
    }),
    alone: (handler) => handler,
    openScratch: createMemoryStore,
    onFault: (error) => faults.push(error),
    now: options.now ?? (() => new Date('2026-11-01T00:00:00.000Z')),
    later,
    wait: () => new Promise((resolve) => setImmediate(resolve)),
    giveWay: async () => {},
  };
  const { service, worker } = createService(parts);
  return { service, worker, store, notes, work, faults };
}

/** Waits until a run has ended. */
export async function runEnded(service: GradingService, id: number): Promise<void> {
  const never = new AbortController().signal;
  for (;;) {
    const change = service.nextChange(id, never);
    if (hasEnded(await service.run(id))) return;
    await change;
  }
}

/** A service that was given the chapter on caching and has graded it. */
export async function gradedTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const made = openTestService(options);
  await made.service.upload(cachingPage);
  const run = await made.service.startRun(cachingId, {});
  await runEnded(made.service, run.id);
  return made;
}
