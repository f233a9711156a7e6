import {
  type Bench,
  type Load,
  type Measured,
  measureBare,
  measureOurs,
  newDatabase,
  scaled,
} from './bench.ts';
import { atLeast, atMost, type Figure, figure, median } from './figure.ts';

const rounds = 3;
const none = { kind: 'none' } as const;
const largeLoad = { concurrency: 100, latencyMs: 100, policy: none };
const large = 10_000;

interface Pair {
  ours: Measured;
  bare: Measured;
}

/** Both in turn, the other one first in every second round. */
async function measurePair(bench: Bench, load: Load, round: number, database?: string): Promise<Pair> {
  if (round % 2 === 1) {
    const ours = await measureOurs(bench, load, database);
    return { ours, bare: await measureBare(bench, load) };
  }
  const bare = await measureBare(bench, load);
  return { bare, ours: await measureOurs(bench, load, database) };
}

/** Seconds that so many requests take when the loop is never idle. */
function idealSeconds(requests: number, { concurrency, latencyMs }: Load): number {
  return (Math.ceil(requests / concurrency) * latencyMs) / 1000;
}

function percent(part: number, whole: number): number {
  return (100 * part) / whole;
}

function speedFigures(load: Load, pairs: readonly Pair[]): Figure[] {
  const { answers, concurrency, latencyMs } = load;
  const name = (what: string) => `${answers} at ${concurrency} × ${latencyMs} ms: ${what}`;
  const both = (pick: (measured: Measured) => number) => ({
    ours: median(pairs.map(({ ours }) => pick(ours))),
    bare: median(pairs.map(({ bare }) => pick(bare))),
  });
  const ideal = idealSeconds(answers, load);
  return [
    figure('a', name('wall ÷ ideal'), '', {
      ...both(({ wallMs }) => wallMs / 1000 / ideal),
      target: atMost(1.03, 'ratio'),
    }),
    figure('a', name('CPU'), 's', { ...both(({ cpuMs }) => cpuMs / 1000), target: atMost(1.3, 'ratio') }),
    figure('a', name('peak memory'), 'MB', { ...both(({ peakMb }) => peakMb), target: atMost(1, 'ratio') }),
    figure('a', name('graded'), '%', {
      ...both(({ graded }) => percent(graded, answers)),
      target: atLeast(100),
    }),
  ];
}

/** (a) Wall time, CPU and memory where nothing goes wrong. */
export async function measureSpeed(bench: Bench): Promise<Figure[]> {
  const loads: Load[] = [
    { answers: scaled(bench, 1000), concurrency: 20, latencyMs: 200, policy: none },
    { answers: scaled(bench, large), ...largeLoad },
  ];
  const figures: Figure[] = [];
  for (const load of loads) {
    const pairs: Pair[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const database = newDatabase(bench);
      pairs.push(await measurePair(bench, load, round, database));
      bench.graded = database;
    }
    figures.push(...speedFigures(load, pairs));
  }
  return figures;
}

/** Requests that a run cannot do without: one for each answer, and one more for each that failed. */
function needed({ counts }: Measured, { answers }: Load): number {
  return answers + counts.errors500 + counts.errors429 + counts.resets;
}

/** (b) The same where one request in eight fails. */
export async function measureFaults(bench: Bench): Promise<Figure[]> {
  const load: Load = {
    answers: scaled(bench, 1000),
    concurrency: 20,
    latencyMs: 200,
    policy: { kind: 'faults', seed: 1, error500: 0.05, error429: 0.05, reset: 0.02 },
  };
  const { ours, bare } = await measurePair(bench, load, 0);
  const both = (pick: (measured: Measured) => number) => ({ ours: pick(ours), bare: pick(bare) });
  const line = (what: string) => `${load.answers} with faults: ${what}`;
  return [
    figure('b', line('graded'), '%', {
      ...both(({ graded }) => percent(graded, load.answers)),
      target: atLeast(100),
    }),
    figure(
      'b',
      line('failed requests'),
      'requests',
      both((own) => needed(own, load) - load.answers),
    ),
    figure('b', line('requests ÷ needed'), '', {
      ...both((own) => own.counts.requests / needed(own, load)),
      target: atMost(1.02),
    }),
    figure('b', line('wall ÷ ideal'), '', {
      ...both((own) => own.wallMs / 1000 / idealSeconds(needed(own, load), load)),
      target: atMost(1.2),
    }),
  ];
}

const allowedPerSecond = 50;

/** (c) A model that allows fewer requests a second than the loop could make. */
export async function measureRateLimit(bench: Bench): Promise<Figure[]> {
  const policy = { kind: 'limit', perSecond: allowedPerSecond } as const;
  const load: Load = { answers: scaled(bench, 1000), ...largeLoad, policy };
  const { ours, bare } = await measurePair(bench, load, 1);
  const both = (pick: (measured: Measured) => number) => ({ ours: pick(ours), bare: pick(bare) });
  const line = (what: string) => `${load.answers} at ${allowedPerSecond} requests a second: ${what}`;
  // What may come at once at the beginning is no measure of the rate.
  const rate = ({ counts, wallMs }: Measured) =>
    Math.max(0, counts.replies - allowedPerSecond) / (wallMs / 1000);
  return [
    figure('c', line('graded'), '%', {
      ...both(({ graded }) => percent(graded, load.answers)),
      target: atLeast(100),
    }),
    figure('c', line('throughput ÷ allowed'), '', {
      ...both((own) => rate(own) / allowedPerSecond),
      target: atLeast(0.95),
    }),
    figure('c', line('refused (429)'), '%', {
      ...both(({ counts }) => percent(counts.errors429, counts.requests)),
      target: atMost(5),
    }),
    figure(
      'c',
      line('wall'),
      's',
      both(({ wallMs }) => wallMs / 1000),
    ),
  ];
}

/** (d) The large chapter once more, with nothing changed. */
export async function measureRerun(bench: Bench): Promise<Figure[]> {
  const load: Load = { answers: scaled(bench, large), ...largeLoad };
  if (bench.graded === null) {
    bench.graded = newDatabase(bench);
    await measureOurs(bench, { ...load, latencyMs: 0 }, bench.graded);
  }
  const { wallMs, counts, graded } = await measureOurs(bench, load, bench.graded);
  const line = (what: string) => `${load.answers} again, unchanged: ${what}`;
  return [
    figure('d', line('wall'), 's', { ours: wallMs / 1000, target: atMost(1.5) }),
    figure('d', line('requests'), 'requests', { ours: counts.requests, target: atMost(0) }),
    figure('d', line('graded'), '%', { ours: percent(graded, load.answers), target: atLeast(100) }),
  ];
}
