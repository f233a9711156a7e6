import type { EventLog } from './app/event-log.ts';
import { type Metrics, noMetrics } from './app/metrics.ts';
import type { Language } from './core/localized.ts';
import type { PrometheusMetrics } from './metrics/prometheus.ts';

/** What a process tells of itself. */
export interface Watching {
  log: EventLog;
  metrics: Metrics;
}

/** How it is told. */
interface WatchingSettings {
  format: 'text' | 'json';
  /** Which of the program's processes it is. */
  process: 'serve' | 'worker';
  /** Of sentences. */
  language: Language;
  /** Takes a line with its end. */
  write(line: string): void;
  /** Whether anybody can see metrics. */
  withMetrics: boolean;
}

/** Log and metrics of a process; `prometheus` is null where nobody can see any. */
export async function openWatching(
  settings: WatchingSettings,
): Promise<Watching & { prometheus: PrometheusMetrics | null }> {
  const prometheus = settings.withMetrics
    ? (await import('./metrics/prometheus.ts')).createPrometheus()
    : null;
  const metrics = prometheus ?? noMetrics;
  const log = await openLog(settings);
  return {
    metrics,
    prometheus,
    log: {
      ...log,
      request(served, id) {
        metrics.requestServed(served);
        log.request(served, id);
      },
      jobFailed(job, error) {
        metrics.jobFailed();
        log.jobFailed(job, error);
      },
      fault(error, id) {
        metrics.fault();
        log.fault(error, id);
      },
    },
  };
}

async function openLog({ format, process, language, write }: WatchingSettings): Promise<EventLog> {
  if (format === 'json') return (await import('./logs/json-log.ts')).createJsonLog(process, write);
  return (await import('./logs/text-log.ts')).createTextLog(language, (line) => write(`${line}\n`));
}
