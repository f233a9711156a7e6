import { type Bench, scaled } from './bench.ts';
import { capacityText } from './capacity.ts';
import { countingStatements } from './database-use.ts';
import { atLeast, atMost, type Figure, figure } from './figure.ts';
import { onThrowawayPostgres } from './throwaway-postgres.ts';
import { runByWorkers, type WorkerLoad, type WorkerRun } from './worker-run.ts';

const answers = 5000;
const latencyMs = 200;

/** Few enough requests in flight that two CPUs carry four workers, the model and PostgreSQL. */
const easy = [1, 2, 4].map((workers) => ({ answers, workers, concurrency: 8, latencyMs }));

/** More requests in flight than two CPUs can carry. */
const saturating = { answers, workers: 4, concurrency: 64, latencyMs };

/** A million answers a day, from a model that takes as long as real ones do. */
const realistic = { answers: 1440, workers: 4, concurrency: 9, latencyMs: 3000 };

/** Answers a second if no request in flight were ever idle. */
function idealRate({ workers, concurrency, latencyMs: latency }: WorkerLoad): number {
  return (1000 * workers * concurrency) / latency;
}

function nameOf({ answers: count, workers, concurrency, latencyMs: latency }: WorkerLoad): string {
  return `${count} by ${workers} × ${concurrency} × ${latency} ms`;
}

function figuresOf(load: WorkerLoad, run: WorkerRun, isEasy: boolean): Figure[] {
  const name = (what: string) => `${nameOf(load)}: ${what}`;
  const each = (total: number) => total / load.answers;
  const rate = load.answers / run.seconds;
  return [
    figure('k', name('answers a second'), '/s', { ours: rate }),
    figure('k', name('÷ ideal'), '', {
      ours: rate / idealRate(load),
      target: isEasy ? atLeast(0.9) : null,
    }),
    figure('k', name('graded'), '%', { ours: 100 * each(run.graded), target: atLeast(100) }),
    figure('k', name('requests ÷ answers'), '', { ours: each(run.counts.requests), target: atMost(1) }),
    figure('k', name('database time, an answer'), 'ms', { ours: each(run.database.ms) }),
    figure('k', name('statements, an answer'), '', { ours: each(run.database.statements) }),
    ...(run.databaseCpuMs === null
      ? []
      : [figure('k', name('CPU of PostgreSQL, an answer'), 'ms', { ours: each(run.databaseCpuMs) })]),
    ...(run.workers
      ? [
          figure('k', name('CPU of workers, an answer'), 'ms', { ours: each(run.workers.cpuMs) }),
          figure('k', name('peak memory of a worker'), 'MB', { ours: run.workers.peakMb }),
        ]
      : []),
    figure('k', name('CPUs in use'), '%', { ours: 100 * run.busy }),
  ];
}

async function figuresOn(server: string, bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  const measure = async (full: WorkerLoad, isEasy: boolean) => {
    const load = { ...full, answers: scaled(bench, full.answers) };
    process.stderr.write(`measuring k, ${nameOf(load)}\n`);
    const run = await runByWorkers(bench, server, load);
    figures.push(...figuresOf(load, run, isEasy));
    return { load, run };
  };
  for (const load of easy) await measure(load, true);
  await measure(saturating, false);
  const { load, run } = await measure(realistic, true);
  bench.notes.push(
    capacityText({
      answers: load.answers,
      workers: load.workers,
      concurrency: load.concurrency,
      latencyMs: load.latencyMs,
      answersPerSecond: load.answers / run.seconds,
      databaseMs: run.database.ms,
      databaseCpuMs: run.databaseCpuMs,
      statements: run.database.statements,
      workerCpuMs: run.workers?.cpuMs ?? null,
      storedBytes: run.storedBytes,
      connections: run.connections,
    }),
  );
  return figures;
}

/** (k) A chapter graded by workers through PostgreSQL; nothing where the machine has none. */
export async function measureWorkers(bench: Bench): Promise<Figure[]> {
  const figures = await onThrowawayPostgres('k', countingStatements, (server) => figuresOn(server, bench));
  return figures ?? [];
}
