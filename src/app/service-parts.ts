import type { Chapter } from '../core/chapter.ts';
import type { Usage } from '../core/grade.ts';
import type { Files } from '../files.ts';
import type { Judge } from '../judge/judge.ts';
import type { TokenCounter } from '../judge/pricing.ts';
import type { RunControl } from '../judge/run-control.ts';
import type { RunWork } from '../store/run-work.ts';
import type { ServiceStore } from '../store/service-store.ts';
import type { GradeStore } from '../store/store.ts';
import type { Archive } from './archive.ts';
import type { JudgeConfig } from './config.ts';
import type { AskedModel } from './estimate.ts';
import type { RubricPlaces } from './load-rubric.ts';
import type { RunLimits } from './run-limits.ts';
import type { JobHandler, WorkQueue } from './work-queue.ts';

/** What judges, and what it has spent so far. */
export interface ServiceJudging {
  judgeFor(chapter: Chapter): Judge;
  spent: () => Usage;
}

/** How something is to be judged. */
export interface JudgingWish {
  config: JudgeConfig;
  fresh: boolean;
  limits: RunLimits;
  control: RunControl;
}

/** What a service is made of. */
export interface ServiceParts {
  store: GradeStore;
  notes: ServiceStore;
  work: RunWork;
  queue: WorkQueue;
  /** Whose chapters these are, for the queue, which is everybody's. */
  group: string;
  /** Runs are made here, and not by workers elsewhere. */
  worksHere: boolean;
  files: Files;
  archive: Archive;
  places: RubricPlaces;
  /** Who judges where nothing else is asked for. */
  config: JudgeConfig;
  /** Requests of a run in flight at most; as many single answers are judged at a time. */
  concurrency: number;
  /** What a run may cost at most, US dollars; null without a limit. */
  maxCostUsd: number | null;
  /** Requests that a run may send to its models a minute, over all who work on it; null without a limit. */
  modelRequestsPerMinute: number | null;
  openJudging(wish: JudgingWish): Promise<ServiceJudging>;
  /** The models that would be asked, with their prices, and how to count what is sent to them. */
  openEstimating(config: JudgeConfig): Promise<{ models: AskedModel[]; countTokens: TokenCounter }>;
  /** A handler whose jobs wait while another service on the same database does some, where there is no queue for both. */
  alone(handler: JobHandler): JobHandler;
  /** A store that is forgotten after use. */
  openScratch(): GradeStore;
  /** Told of faults of ours that nobody waits for. */
  onFault(error: unknown): void;
  now: () => Date;
  /** Does work after so many milliseconds, unless the process ends before. @returns what calls it off */
  later(work: () => void, ms: number): () => void;
  /** Resolves after so many milliseconds, or when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Lets others have their turn. */
  giveWay(): Promise<void>;
}
