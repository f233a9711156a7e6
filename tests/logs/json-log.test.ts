import { describe, expect, test } from 'vitest';
import type { EventLog } from '../../src/app/event-log.ts';
import { noUsage } from '../../src/core/grade.ts';
import { createJsonLog } from '../../src/logs/json-log.ts';

/** What is written when something is told, without what every line has. */
function written(tell: (log: EventLog) => void): object[] {
  const lines: string[] = [];
  tell(createJsonLog('worker', (line) => lines.push(line)));
  return lines.map((line) => {
    expect(line).toMatch(/^\{.*\}\n$/u);
    const { time, host, process, ...rest } = JSON.parse(line) as Record<string, string>;
    expect([new Date(time ?? '').toISOString(), process]).toEqual([time, 'worker']);
    expect(host).toMatch(/./u);
    return rest;
  });
}

const served = { method: 'GET', route: '/v1/runs/:id', status: 200, seconds: 0.0127 };
const totals = { ...noUsage, attempts: 4, graded: 3, ungraded: 1, notAttempted: 0, needsReview: 2 };

describe('the log for machines', () => {
  test('tells of the process', () => {
    const about = {
      version: '1.2.3',
      judge: 'llm',
      concurrency: 8,
      url: null,
      metricsUrl: 'http://a',
    } as const;
    const lines = written((log) => {
      log.failedToStart('no database.');
      log.started(about);
      log.stopped();
    });
    expect(lines).toEqual([
      { level: 'error', event: 'failed to start', message: 'no database.' },
      { level: 'info', event: 'started', ...about },
      { level: 'info', event: 'stopped' },
    ]);
  });

  test('tells of requests, the worse the louder, and of signs of life only when they fail', () => {
    const lines = written((log) => {
      log.request(served, 'abc');
      log.request({ ...served, status: 503 }, 'def');
      for (const route of ['/healthz', '/readyz']) log.request({ ...served, route }, 'ghi');
      log.request({ ...served, route: '/readyz', status: 503 }, 'jkl');
    });
    const line = { level: 'info', event: 'request', id: 'abc', method: 'GET', route: '/v1/runs/:id' };
    expect(lines).toEqual([
      { ...line, status: 200, ms: 13 },
      { ...line, level: 'error', id: 'def', status: 503, ms: 13 },
      { ...line, level: 'error', id: 'jkl', route: '/readyz', status: 503, ms: 13 },
    ]);
  });

  test('tells of runs, and of nothing in them but numbers', () => {
    const extra = { ...totals, member: '김비밀' };
    const lines = written((log) => {
      log.runChanged({ group: null, run: 3, state: 'running', totals: null });
      log.runChanged({ group: null, run: 3, state: 'queued', totals: null });
      log.runChanged({ group: 2, run: 3, state: 'finished', totals: extra });
      log.runChanged({ group: 2, run: 4, state: 'failed', totals: null });
      log.runChanged({ group: 2, run: 5, state: 'failed', totals: null, reason: 'over_budget' });
    });
    expect(lines).toEqual([
      { level: 'info', event: 'run started', run: 3, state: 'running' },
      { level: 'info', event: 'run put off', run: 3, state: 'queued' },
      { level: 'info', event: 'run ended', group: 2, run: 3, state: 'finished', ...totals },
      { level: 'error', event: 'run ended', group: 2, run: 4, state: 'failed' },
      { level: 'error', event: 'run ended', group: 2, run: 5, state: 'failed', reason: 'over_budget' },
    ]);
  });

  test('tells of jobs and faults without their sentences', () => {
    const error = Object.assign(new RangeError('김비밀'), { code: 'E1' });
    const shown = { class: 'RangeError', code: 'E1', at: expect.arrayContaining([expect.any(String)]) };
    const lines = written((log) => {
      log.jobFailed({ group: null, run: 3, portion: null }, error);
      log.fault(error);
      log.fault(error, 'abc');
    });
    expect(lines).toEqual([
      { level: 'error', event: 'job failed', run: 3, portion: null, error: shown },
      { level: 'error', event: 'fault', error: shown },
      { level: 'error', event: 'fault', id: 'abc', error: shown },
    ]);
  });
});
