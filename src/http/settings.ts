import type { Context } from 'hono';
import type { ServedRequest } from '../app/metrics.ts';
import type { Language } from '../core/localized.ts';
import type { Access } from './access.ts';
import type { FaultLog } from './problem.ts';

/** How long things may take, in milliseconds. */
export interface AppTimes {
  /** Until a reply begins. */
  reply: number;
  /** One answer's feedback, for which a model is asked. */
  feedback: number;
  /** Between two events of a run at least. */
  eventGap: number;
  /** Between two signs of life in a run's events. */
  heartbeat: number;
  /** Until it is known whether the service is ready. */
  ready: number;
}

export const usualTimes: AppTimes = {
  reply: 60_000,
  feedback: 600_000,
  eventGap: 200,
  heartbeat: 15_000,
  ready: 1_000,
};

/** What the HTTP service is told when it is started. */
export interface AppSettings {
  version: string;
  /** Who is let in. */
  access: Access;
  /** Names that a Host header may bear, without port, in small letters; IPv6 addresses in brackets. */
  hosts: readonly string[];
  maxUploadBytes: number;
  /** Requests of one address, also at once, and a part of those of a group; null for any number. */
  requestsPerMinute: number | null;
  /** The system's, for clients that ask for none. */
  language: Language;
  /** Milliseconds on a clock that never goes back. */
  now: () => number;
  /** The address a request comes from. */
  addressOf: (context: Context) => string;
  /** Whether a request comes by TLS, as far as can be told. */
  isSecure: (context: Context) => boolean;
  /** The pages' script, served at /assets/page.js. */
  script: string;
  log: FaultLog;
  /** Told of every request, with its number, when its reply begins. */
  onServed: (served: ServedRequest, id: string) => void;
  /** Whether what the service needs is there: its database answers and has the form that this version knows. */
  isReady: () => Promise<boolean>;
  /** Aborted when the service stops: what would go on without end ends then. */
  stopped: AbortSignal;
  times: AppTimes;
}

/** The cookie that the login page sets. */
export const sessionCookie = 'answer-grader-session';
