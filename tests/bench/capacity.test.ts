import { describe, expect, test } from 'vitest';
import { capacityFor, capacityText, type MeasuredRun } from './capacity.ts';

const measured: MeasuredRun = {
  answers: 1000,
  workers: 2,
  concurrency: 10,
  latencyMs: 3000,
  answersPerSecond: 6,
  databaseMs: 4000,
  databaseCpuMs: 2000,
  statements: 9000,
  workerCpuMs: 7000,
  storedBytes: 8_000_000,
  connections: 27,
};

describe('what a load needs', () => {
  test('follows from a run', () => {
    expect(capacityFor(864_000, measured)).toEqual({
      answersPerSecond: 10,
      workers: 4,
      requestsInFlight: 40,
      databaseSessions: 0.04,
      databaseCpus: 0.02,
      statementsPerSecond: 90,
      workerCpus: 0.07,
      connections: 54,
      storedBytesPerDay: 6_912_000_000,
    });
  });

  test('is at least a worker', () => {
    expect(capacityFor(1, measured)).toMatchObject({ workers: 1, requestsInFlight: 10 });
  });

  test('leaves out what was not told', () => {
    const run = { ...measured, workerCpuMs: null, databaseCpuMs: null };
    expect(capacityFor(864_000, run)).toMatchObject({ workerCpus: null, databaseCpus: null });
    expect(capacityText(run)).not.toContain('CPUs');
  });
});

test('a million answers a day are told of in words', () => {
  expect(capacityText(measured).split('\n')).toEqual([
    'A million answers a day, evenly over the day, from a model that takes 3 s (worked out from the last run):',
    '  11.6 answers a second',
    '  40 requests in flight: 4 workers × 10, which use 0.08 CPUs',
    '  104 statements a second, 0.05 sessions of the database at work at a time, which use 0.02 CPUs',
    '  54 connections to the database',
    '  8.0 GB of storage a day (8.0 kB an answer)',
  ]);
});
