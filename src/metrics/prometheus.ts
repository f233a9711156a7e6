import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics, WatchedNumbers } from '../app/metrics.ts';
import type { Awaitable } from '../core/awaitable.ts';
import type { RunState } from '../core/requested-run.ts';

/** Metrics, and how Prometheus reads them. */
export interface PrometheusMetrics extends Metrics {
  /** All of them in Prometheus's text format; numbers that cannot be had now are left out. */
  text(): Promise<string>;
  /** The format's name, for a Content-Type header. */
  contentType: string;
}

/** Pages take milliseconds, documents and reports up to a minute. */
const replySeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Models take seconds; the longest wait for one is ten minutes. */
const modelSeconds = [0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640];
const openStates: readonly RunState[] = ['queued', 'running'];

function createCounters(registers: Registry[]) {
  return {
    requests: new Counter({
      name: 'answer_grader_http_requests_total',
      help: 'Requests that were answered',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'answer_grader_http_request_duration_seconds',
      help: 'Seconds until a reply began',
      labelNames: ['method', 'route'],
      buckets: replySeconds,
      registers,
    }),
    asked: new Counter({
      name: 'answer_grader_model_requests_total',
      help: 'Requests that were sent to a model, repeated ones included',
      labelNames: ['model', 'outcome'],
      registers,
    }),
    askedSeconds: new Histogram({
      name: 'answer_grader_model_request_duration_seconds',
      help: 'Seconds that a model took to reply or to fail',
      labelNames: ['model'],
      buckets: modelSeconds,
      registers,
    }),
    tokens: new Counter({
      name: 'answer_grader_model_tokens_total',
      help: 'Tokens of requests that were replied to; input leaves out what the provider had cached',
      labelNames: ['model', 'kind'],
      registers,
    }),
    dollars: new Counter({
      name: 'answer_grader_model_cost_dollars_total',
      help: 'US dollars that requests cost whose price is known',
      labelNames: ['model'],
      registers,
    }),
    grades: new Counter({
      name: 'answer_grader_grades_total',
      help: 'Grades that were stored; the reason says why an answer has none',
      labelNames: ['state', 'reason'],
      registers,
    }),
    runs: new Counter({
      name: 'answer_grader_runs_ended_total',
      help: 'Runs that ended here',
      labelNames: ['state'],
      registers,
    }),
    jobsFailed: new Counter({
      name: 'answer_grader_jobs_failed_total',
      help: 'Jobs that failed for the last time',
      registers,
    }),
    faults: new Counter({
      name: 'answer_grader_faults_total',
      help: 'Faults of the program, each with a line in the log',
      registers,
    }),
  };
}

/** What is asked for, or null where it cannot be had in time: numbers that are missing must not hide the others. */
async function inTime<T>(ask: () => Awaitable<T>, most: number): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), most);
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** @param most milliseconds that a number may take */
function addGauges(registers: Registry[], watched: () => WatchedNumbers, most: number): void {
  new Gauge({
    name: 'answer_grader_queue_length',
    help: 'Jobs that wait for a worker; every process tells the same number',
    registers,
    async collect() {
      this.remove();
      const { queueLength } = watched();
      const length = queueLength ? await inTime(queueLength, most) : null;
      if (length !== null) this.set(length);
    },
  });
  new Gauge({
    name: 'answer_grader_runs',
    help: 'Runs that have not ended; every process tells the same number',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      const { openRuns } = watched();
      const states = openRuns ? await inTime(openRuns, most) : null;
      if (states === null) return;
      for (const state of openStates) this.set({ state }, states.filter((one) => one === state).length);
    },
  });
}

/**
 * Adapter: metrics for Prometheus, the process's own included. Labels take few values each, so that a course of any
 * size makes no more series than a small one.
 * @param mostMs how long a number may take that is asked for when somebody looks
 */
export function createPrometheus(mostMs = 1000): PrometheusMetrics {
  const registry = new Registry();
  const registers = [registry];
  const counters = createCounters(registers);
  let numbers: WatchedNumbers = {};
  addGauges(registers, () => numbers, mostMs);
  collectDefaultMetrics({ register: registry });
  return {
    requestServed({ method, route, status, seconds }) {
      counters.requests.inc({ method, route, status });
      counters.requestSeconds.observe({ method, route }, seconds);
    },
    modelAsked({ model, outcome, seconds, usage }) {
      counters.asked.inc({ model, outcome });
      counters.askedSeconds.observe({ model }, seconds);
      if (usage === null) return;
      const { inputTokens, cachedInputTokens, outputTokens, costUsd } = usage;
      counters.tokens.inc({ model, kind: 'input' }, inputTokens - cachedInputTokens);
      counters.tokens.inc({ model, kind: 'cached_input' }, cachedInputTokens);
      counters.tokens.inc({ model, kind: 'output' }, outputTokens);
      if (costUsd !== null) counters.dollars.inc({ model }, costUsd);
    },
    graded: ({ state, ungradedReason }) => counters.grades.inc({ state, reason: ungradedReason ?? 'none' }),
    runEnded: (state) => counters.runs.inc({ state }),
    jobFailed: () => counters.jobsFailed.inc(),
    fault: () => counters.faults.inc(),
    watch(given) {
      numbers = given;
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
