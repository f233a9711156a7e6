import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { patience, repository } from '../helpers/run-cli.ts';
import { admissionBy } from './admission.ts';
import { type Figure, figure, figureTable } from './figure.ts';

const run = promisify(execFile);

function bench(args: readonly string[]) {
  return run(process.execPath, [join(repository, 'tests/bench/run.ts'), ...args], {
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
}

interface Report {
  schemaVersion: number;
  scale: number;
  figures: Figure[];
}

describe('a few dozen answers under faults', () => {
  let report: Report;
  const own = (name: string) => report.figures.find((item) => item.name.endsWith(name))?.ours;

  beforeAll(async () => {
    const { stdout } = await bench(['--only', 'b', '--scale', '0.04', '--json']);
    report = JSON.parse(stdout) as Report;
  }, patience);

  test('are reported as JSON, each figure in the same form', () => {
    expect(report).toMatchObject({ schemaVersion: 1, scale: 0.04 });
    expect(report.figures.map(({ part, name }) => `${part} ${name}`)).toEqual([
      'b 40 with faults: graded',
      'b 40 with faults: failed requests',
      'b 40 with faults: requests ÷ needed',
      'b 40 with faults: wall ÷ ideal',
    ]);
    for (const item of report.figures)
      expect(Object.keys(item)).toEqual(['part', 'name', 'unit', 'ours', 'bare', 'ratio', 'target', 'met']);
  });

  test('are all graded, although requests failed', () => {
    expect(own('failed requests')).toBeGreaterThan(0);
    expect(own('graded')).toBe(100);
  });

  test('take no more requests than needed', () => {
    expect(own('requests ÷ needed')).toBe(1);
  });
});

test.each([
  [['--only', 'z'], 'there is no part "z"'],
  [['--workers', '--only', 'a'], '--workers stands for --only k'],
  [['--scale', '0'], '--scale is a number above 0'],
])('%j is refused', async (args, said) => {
  await expect(bench(args)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
});

describe('the limit on requests', () => {
  test('admits a burst, then as many as it says, and tells how it stands', () => {
    const admit = admissionBy({ kind: 'limit', perSecond: 2 });
    const outcomes = [0, 0, 0, 500, 500, 9000, 9000, 9000].map((ms) => admit(ms));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'reply',
      'reply',
      'error429',
      'reply',
      'error429',
      'reply',
      'reply',
      'error429',
    ]);
    expect(outcomes[0]?.headers).toEqual({
      'x-ratelimit-limit-requests': '2',
      'x-ratelimit-remaining-requests': '1',
      'x-ratelimit-reset-requests': '500ms',
    });
    expect(outcomes[2]?.headers).toMatchObject({
      'retry-after': '1',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1000ms',
    });
  });
});

test('faults come in the shares asked for, and alike for the same seed', () => {
  const policy = { kind: 'faults', seed: 1, error500: 0.05, error429: 0.05, reset: 0.02 } as const;
  const draw = () => Array.from({ length: 10_000 }, admissionBy(policy)).map(({ outcome }) => outcome);
  const drawn = draw();
  const share = (outcome: string) => drawn.filter((item) => item === outcome).length / drawn.length;
  expect(share('error500')).toBeCloseTo(0.05, 1.5);
  expect(share('error429')).toBeCloseTo(0.05, 1.5);
  expect(share('reset')).toBeCloseTo(0.02, 1.5);
  expect(draw()).toEqual(drawn);
});

test('the table shows a figure beside its target', () => {
  const target = { of: 'ratio', is: 'at most', value: 1.03 } as const;
  const late = figure('a', 'wall', 's', { ours: 11, bare: 10, target });
  expect(late).toMatchObject({ ratio: 1.1, met: false });
  expect(figureTable([late])).toMatch(/a {2}wall +11 s +10 s +1\.100 +ratio ≤ 1\.03 +NO$/mu);
});
