import type { ModelFailure } from './errors.ts';
import type { Usage } from './grade.ts';
import type { Language, Localized } from './localized.ts';

/** What a run that is asked for should do; the rest is as the service was started. */
export interface RunOptions {
  /** `auto` (when left out): the service's model, or the baseline where it has none. */
  judge?: 'auto' | 'llm' | 'offline' | undefined;
  /** Name of a rubric file without folder and ending; the chapter's own or the default one when left out. */
  rubric?: string | undefined;
  /** Language of the feedback; the chapter's when left out. */
  language?: Language | undefined;
  member?: string | undefined;
  question?: number | undefined;
  /** Ask the model again even where its reply is kept. */
  fresh?: boolean | undefined;
  /** US dollars; where the service allows less, that counts. */
  maxCostUsd?: number | undefined;
  /** The models that were to be asked when it was asked for; whoever makes it must be set up for the same. */
  models?: readonly string[] | undefined;
  /** Fingerprint of the rubric as it was then; whoever makes it must find the same. */
  rubricHash?: string | undefined;
  /** Requests to models a minute, 1 or more, over all who work on it; where the service allows fewer, that counts. */
  modelRequestsPerMinute?: number | undefined;
}

export type RunState = 'queued' | 'running' | 'finished' | 'stopped' | 'failed';

/** What became of a run's answers. */
export interface RunTotals extends Usage {
  attempts: number;
  graded: number;
  ungraded: number;
  notAttempted: number;
  needsReview: number;
}

/** Why a run has failed, in a word that names nobody. */
export type FailureReason =
  | ModelFailure
  | 'config'
  | 'input'
  | 'other_models'
  | 'other_rubric'
  | 'handed_in_anew'
  | 'nothing_came_back'
  | 'store'
  | 'fault';

/** What stopped a run: a sentence for those whose run it is, and a word for whoever runs the program. */
export interface RunFailure extends Localized {
  /** Runs that failed in older programs have none. */
  reason?: FailureReason;
}

/** A run that somebody asked a service for, as it is kept. */
export interface RequestedRun {
  id: number;
  /** The chapter's id. */
  chapter: string;
  options: RunOptions;
  state: RunState;
  createdAt: string;
  /** null until it is at work; after an interruption, when it went on. */
  startedAt: string | null;
  finishedAt: string | null;
  /** null until it has ended, and where it ended before anything was graded. */
  totals: RunTotals | null;
  /** What stopped it, when it was not a person. */
  failure: RunFailure | null;
  /** A person asked for its end, so that it is not taken up again. */
  isStopAsked: boolean;
  /** What it has spent so far, interruptions included. */
  spent: Usage;
}

/** Nothing more will happen to a run. */
export function hasEnded({ state }: Pick<RequestedRun, 'state'>): boolean {
  return state === 'finished' || state === 'stopped' || state === 'failed';
}
