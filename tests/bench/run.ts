import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, createBench } from './bench.ts';
import { stopChildren } from './children.ts';
import { type Figure, figureTable, type Part } from './figure.ts';
import { measureImport } from './import-speed.ts';
import { measureFaults, measureRateLimit, measureRerun, measureSpeed } from './loads.ts';
import { measureQueue } from './queue-speed.ts';
import { measureScoreboard } from './scoreboard-time.ts';
import { measureTokens } from './sent-tokens.ts';
import { measureService } from './service-speed.ts';
import { measureStartUp } from './start-up.ts';
import { measureWorkers } from './worker-speed.ts';

const usage = `Measures the grader beside a bare loop of the openai package with p-limit, on a loopback model.

  npm run bench -- [--only a,c | --workers] [--quick | --scale 0.1] [--json]

  a  wall time, CPU and memory       e  import as a chapter grows
  b  the same under faults           f  scoreboard over 100,000 grades
  c  behind a limit on requests      g  start of the command
  d  a chapter graded before         h  tokens sent
  i  the service                     j  jobs through PostgreSQL
  k  workers on PostgreSQL (--workers: only these), and what a million answers a day need

--quick runs a tenth of each size, --scale another share; times then say little, since starting a process weighs
more. "ratio" is ours ÷ bare loop.
`;

const parts: Record<Part, (bench: Bench) => Figure[] | Promise<Figure[]>> = {
  a: measureSpeed,
  b: measureFaults,
  c: measureRateLimit,
  d: measureRerun,
  e: measureImport,
  f: measureScoreboard,
  g: measureStartUp,
  h: measureTokens,
  i: measureService,
  j: measureQueue,
  k: measureWorkers,
};

function isPart(name: string): name is Part {
  return Object.hasOwn(parts, name);
}

function partsFrom(only: string | undefined): Part[] {
  const names = only?.split(',').map((name) => name.trim()) ?? Object.keys(parts);
  const unknown = names.find((name) => !isPart(name));
  if (unknown !== undefined) throw new TypeError(`there is no part "${unknown}"`);
  return names.filter(isPart);
}

function optionsFrom(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      workers: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      scale: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const scale = Number(values.scale ?? (values.quick ? 0.1 : 1));
  if (!(scale > 0 && scale <= 1)) throw new TypeError('--scale is a number above 0, 1 at most');
  if (values.workers && values.only !== undefined) throw new TypeError('--workers stands for --only k');
  return { only: partsFrom(values.workers ? 'k' : values.only), scale, json: values.json, help: values.help };
}

async function measureAll(only: readonly Part[], scale: number) {
  const folder = await mkdtemp(join(tmpdir(), 'answer-grader-bench-'));
  const cleanUp = () => {
    stopChildren();
    rmSync(folder, { recursive: true, force: true });
  };
  const end = () => {
    cleanUp();
    process.exit(130);
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    const bench = await createBench(folder, scale);
    const figures: Figure[] = [];
    for (const part of only) {
      process.stderr.write(`measuring ${part}\n`);
      figures.push(...(await parts[part](bench)));
    }
    return { figures, notes: bench.notes };
  } finally {
    cleanUp();
  }
}

function machineLine({ node, cpus, load }: { node: string; cpus: number; load: number[] }, scale: number) {
  return `Node ${node}, ${cpus} CPUs, load over 1, 5 and 15 minutes ${load.join(', ')}, scale ${scale}`;
}

async function main(): Promise<void> {
  const { only, scale, json, help } = optionsFrom(process.argv.slice(2));
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const { figures, notes } = await measureAll(only, scale);
  const load = loadavg().map((value) => Number(value.toFixed(1)));
  const machine = { node: process.version, cpus: availableParallelism(), load };
  process.stdout.write(
    json
      ? `${JSON.stringify({ schemaVersion: 1, ...machine, scale, figures, notes }, null, 2)}\n`
      : `${[figureTable(figures), ...notes, machineLine(machine, scale)].join('\n\n')}\n`,
  );
}

try {
  await main();
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
