import { hostname } from 'node:os';
import { type Level, pino } from 'pino';
import type { EventLog, LoggedRun } from '../app/event-log.ts';
import { hasEnded, type RunTotals } from '../core/requested-run.ts';
import { safeFault } from './safe-fault.ts';

/** What is counted of a run; named one by one, so that nothing else comes along. */
const counts = [
  'attempts',
  'graded',
  'ungraded',
  'notAttempted',
  'needsReview',
  'requests',
  'inputTokens',
  'cachedInputTokens',
  'outputTokens',
  'costUsd',
] as const satisfies (keyof RunTotals)[];

function countsOf(totals: RunTotals | null): object {
  return totals === null ? {} : Object.fromEntries(counts.map((count) => [count, totals[count]]));
}

const named = ({ group, run }: LoggedRun) => ({ ...(group === null ? {} : { group }), run });

/** Watchers ask all day long; only that they were refused is worth a line. */
function isRoutine(route: string, status: number): boolean {
  return (route === '/healthz' || route === '/readyz') && status === 200;
}

/**
 * Adapter: a log for machines, one JSON object in each line: `level`, `time`, `process`, `host` (this machine's name),
 * `event`, and what belongs to the event.
 * @param process which of the program's processes writes
 * @param write takes a line with its end
 */
export function createJsonLog(process: string, write: (line: string) => void): EventLog {
  const logger = pino(
    {
      base: { process, host: hostname() },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    { write },
  );
  const say = (level: Level, event: string, about: object) => logger[level]({ event, ...about });
  return {
    failedToStart: (message) => say('error', 'failed to start', { message }),
    started({ version, judge, concurrency, url, metricsUrl }) {
      say('info', 'started', { version, judge, concurrency, url, metricsUrl });
    },
    request({ method, route, status, seconds }, id) {
      if (isRoutine(route, status)) return;
      const ms = Math.round(seconds * 1000);
      say(status >= 500 ? 'error' : 'info', 'request', { id, method, route, status, ms });
    },
    runChanged({ state, totals, reason, ...run }) {
      const event = hasEnded({ state }) ? 'run ended' : state === 'running' ? 'run started' : 'run put off';
      say(state === 'failed' ? 'error' : 'info', event, {
        ...named(run),
        state,
        reason,
        ...countsOf(totals),
      });
    },
    jobFailed({ portion, ...run }, error) {
      say('error', 'job failed', { ...named(run), portion, error: safeFault(error) });
    },
    fault(error, id) {
      say('error', 'fault', { ...(id === undefined ? {} : { id }), error: safeFault(error) });
    },
    stopped: () => say('info', 'stopped', {}),
  };
}
