/** What a run by workers took, as far as it tells what other loads would need. */
export interface MeasuredRun {
  answers: number;
  workers: number;
  /** Requests in flight of each worker. */
  concurrency: number;
  latencyMs: number;
  answersPerSecond: number;
  /** Of all answers, as are the following ones. */
  databaseMs: number;
  /** null where it was not told, as is the workers'. */
  databaseCpuMs: number | null;
  statements: number;
  workerCpuMs: number | null;
  storedBytes: number;
  /** Of all workers and one service. */
  connections: number;
}

/** What so many answers a day need. */
export interface Capacity {
  answersPerSecond: number;
  /** Requests in flight over all workers. */
  requestsInFlight: number;
  /** Workers with as many requests in flight as those measured. */
  workers: number;
  /** Sessions of the database that are at work at the same moment, on average. */
  databaseSessions: number;
  statementsPerSecond: number;
  /** CPUs that PostgreSQL uses; null where it was not told, as are the workers'. */
  databaseCpus: number | null;
  workerCpus: number | null;
  connections: number;
  storedBytesPerDay: number;
}

const secondsPerDay = 86_400;

/**
 * Works out what a load needs that comes evenly over the day, from a run that was measured with the same latency.
 * @param answersPerDay how many answers come in a day
 */
export function capacityFor(answersPerDay: number, run: MeasuredRun): Capacity {
  const answersPerSecond = answersPerDay / secondsPerDay;
  const each = (total: number) => total / run.answers;
  const cpus = (ms: number | null) => (ms === null ? null : (answersPerSecond * each(ms)) / 1000);
  const perWorker = run.answersPerSecond / run.workers;
  const workers = Math.ceil(answersPerSecond / perWorker);
  return {
    answersPerSecond,
    requestsInFlight: workers * run.concurrency,
    workers,
    databaseSessions: (answersPerSecond * each(run.databaseMs)) / 1000,
    statementsPerSecond: answersPerSecond * each(run.statements),
    databaseCpus: cpus(run.databaseCpuMs),
    workerCpus: cpus(run.workerCpuMs),
    connections: Math.ceil((workers * run.connections) / run.workers),
    storedBytesPerDay: answersPerDay * each(run.storedBytes),
  };
}

const million = 1_000_000;
const gigabyte = 1e9;

/** What a million answers a day need, by a run that was measured. */
export function capacityText(run: MeasuredRun): string {
  const need = capacityFor(million, run);
  const seconds = run.latencyMs / 1000;
  const using = (cpus: number | null) => (cpus === null ? '' : `, which use ${cpus.toFixed(2)} CPUs`);
  return [
    `A million answers a day, evenly over the day, from a model that takes ${seconds} s (worked out from the last run):`,
    `  ${need.answersPerSecond.toFixed(1)} answers a second`,
    `  ${need.requestsInFlight} requests in flight: ${need.workers} workers × ${run.concurrency}${using(need.workerCpus)}`,
    `  ${need.statementsPerSecond.toFixed(0)} statements a second, ${need.databaseSessions.toFixed(2)} sessions of the database at work at a time${using(need.databaseCpus)}`,
    `  ${need.connections} connections to the database`,
    `  ${(need.storedBytesPerDay / gigabyte).toFixed(1)} GB of storage a day (${(run.storedBytes / run.answers / 1000).toFixed(1)} kB an answer)`,
  ].join('\n');
}
