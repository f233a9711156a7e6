import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type RunningCli, startCli } from '../helpers/run-cli.ts';
import { type Serving, startServing } from '../helpers/serving.ts';
import type { Bench } from './bench.ts';
import { type BenchServer, startServer } from './children.ts';
import {
  beginCounting,
  connectionsTo,
  type DatabaseUse,
  databaseBytes,
  databaseCpuMs,
  databaseUse,
  installCounting,
} from './database-use.ts';
import { benchChapter, benchModel, benchRubric } from './material.ts';
import type { ServerCounts } from './server.ts';
import { ask } from './throwaway-postgres.ts';
import { usageOf } from './usage.ts';

/** Answers that workers grade together. */
export interface WorkerLoad {
  answers: number;
  workers: number;
  /** Requests in flight of each worker. */
  concurrency: number;
  latencyMs: number;
}

/** What a run by workers took. */
export interface WorkerRun {
  /** From its being asked for to its end. */
  seconds: number;
  graded: number;
  counts: ServerCounts;
  database: DatabaseUse;
  /** CPU time of PostgreSQL; null where it is not told. */
  databaseCpuMs: number | null;
  /** Bytes that the database grew by, the chapter included. */
  storedBytes: number;
  connections: number;
  /** CPU time of all workers since the run was asked for and the most memory one held; null where it is not told. */
  workers: { cpuMs: number; peakMb: number } | null;
  /** Share of the machine's CPU time that was used, by whomever. */
  busy: number;
}

/** The chapter as rows of JSONL; texts of questions stand once. */
function chapterRows(answers: number): string {
  const { questions, submissions } = benchChapter(answers);
  const rows = [
    ...questions.map(({ no, text, modelAnswer }) => ({
      question_id: no,
      question: text,
      reference: modelAnswer,
    })),
    ...submissions.map(({ member, question, attempts: [first] }) => ({
      member,
      question_id: question,
      answer: first?.text,
    })),
  ];
  return rows.map((row) => JSON.stringify(row)).join('\n');
}

/** Milliseconds that the machine's CPUs were used, and that they were there. */
function cpuTimes(): { used: number; all: number } {
  let [used, all] = [0, 0];
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    all += sum;
    used += sum - times.idle;
  }
  return { used, all };
}

async function jsonOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

interface EndedRun {
  state: string;
  createdAt: string;
  finishedAt: string;
  totals: { graded: number };
  failure: string | null;
}

/** Hands the chapter in and has it graded. */
async function gradeChapter(
  serving: Serving,
  begin: () => Promise<void>,
  answers: number,
): Promise<EndedRun> {
  const form = new FormData();
  form.append('file', new File([chapterRows(answers)], 'bench.jsonl'));
  const upload = await fetch(`${serving.url}/v1/chapters`, { method: 'POST', body: form });
  const { chapter } = await jsonOf<{ chapter: { id: string } }>(upload);
  await begin();
  const path = `/v1/chapters/${encodeURIComponent(chapter.id)}/runs`;
  const { id } = await jsonOf<{ id: number }>(await serving.send('POST', path, { rubric: 'bench' }));
  await serving.ended(id);
  const run = await serving.get<EndedRun>(`/v1/runs/${id}`);
  if (run.state !== 'finished') throw new Error(`the run ended ${run.state}: ${run.failure}`);
  return run;
}

function usageOfAll(workers: readonly RunningCli[]) {
  const usages = workers.map(({ pid }) => (pid === undefined ? null : usageOf(pid)));
  const known = usages.filter((usage) => usage !== null);
  if (known.length < workers.length) return null;
  return {
    cpuMs: known.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakMb: Math.max(...known.map(({ peakMb }) => peakMb)),
  };
}

const running = new Set<RunningCli>();
process.on('exit', () => {
  for (const cli of running) cli.kill('SIGKILL');
});

function endWithThisProcess(cli: RunningCli): void {
  running.add(cli);
  void cli.result.finally(() => running.delete(cli));
}

async function startWorkers(
  folder: string,
  { workers, concurrency }: WorkerLoad,
  args: readonly string[],
  env: Record<string, string>,
): Promise<RunningCli[]> {
  const command = ['worker', '--concurrency', String(concurrency), ...args];
  const started = Array.from({ length: workers }, () => startCli(folder, command, { env }));
  for (const worker of started) endWithThisProcess(worker);
  await Promise.all(started.map((worker) => worker.saidOnStderr('Waiting for work')));
  return started;
}

/** An empty database of its own. @returns its address */
async function addDatabase(server: string, name: string): Promise<string> {
  await ask(server, `CREATE DATABASE ${name}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  await installCounting(address.href);
  return address.href;
}

async function measureRun(
  { serving, model, workers, address }: Parts,
  { answers }: WorkerLoad,
): Promise<WorkerRun> {
  const bytesBefore = await databaseBytes(address);
  let [cpuBefore, databaseCpuBefore, before] = [0, 0, cpuTimes()];
  const run = await gradeChapter(
    serving,
    async () => {
      await beginCounting(address);
      databaseCpuBefore = (await databaseCpuMs(address)) ?? 0;
      cpuBefore = usageOfAll(workers)?.cpuMs ?? 0;
      before = cpuTimes();
    },
    answers,
  );
  const after = cpuTimes();
  const usage = usageOfAll(workers);
  const databaseCpu = await databaseCpuMs(address);
  return {
    seconds: (Date.parse(run.finishedAt) - Date.parse(run.createdAt)) / 1000,
    graded: run.totals.graded,
    connections: await connectionsTo(address),
    database: await databaseUse(address),
    databaseCpuMs: databaseCpu && databaseCpu - databaseCpuBefore,
    storedBytes: (await databaseBytes(address)) - bytesBefore,
    counts: await model.counts(),
    workers: usage && { ...usage, cpuMs: usage.cpuMs - cpuBefore },
    busy: (after.used - before.used) / (after.all - before.all),
  };
}

interface Parts {
  serving: Serving;
  model: BenchServer;
  workers: readonly RunningCli[];
  address: string;
}

/**
 * Grades a chapter that is handed in to `serve` by some workers, in a new database.
 * @param server address of a PostgreSQL server that counts statements
 */
export async function runByWorkers(
  { folder: parent }: Pick<Bench, 'folder'>,
  server: string,
  load: WorkerLoad,
): Promise<WorkerRun> {
  const folder = await mkdtemp(join(parent, 'workers-'));
  await mkdir(join(folder, 'rubrics'));
  await writeFile(
    join(folder, 'rubrics', 'bench.yaml'),
    JSON.stringify({ extends: 'default.yaml', ...benchRubric() }),
  );
  const address = await addDatabase(server, `bench_${folder.slice(-6).toLowerCase()}`);
  using model = await startServer({ latencyMs: load.latencyMs, policy: { kind: 'none' } });
  const env = { DATABASE_URL: address, OPENAI_API_KEY: 'bench' };
  const args = ['--model', benchModel, '--base-url', model.baseUrl];
  await using serving = await startServing(folder, [...args, '--requests-per-minute', '0'], env);
  endWithThisProcess(serving.running);
  const workers = await startWorkers(folder, load, args, env);
  try {
    return await measureRun({ serving, model, workers, address }, load);
  } finally {
    for (const worker of workers) worker.kill('SIGTERM');
    await Promise.all(workers.map(({ result }) => result));
  }
}
