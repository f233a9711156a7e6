import { expect, test } from 'vitest';
import type { EventLog } from '../../src/app/event-log.ts';
import { StoreError } from '../../src/core/errors.ts';
import { noUsage } from '../../src/core/grade.ts';
import type { Language } from '../../src/core/localized.ts';
import { createTextLog } from '../../src/logs/text-log.ts';

function said(tell: (log: EventLog) => void, language: Language = 'en'): string[] {
  const lines: string[] = [];
  tell(createTextLog(language, (line) => lines.push(line)));
  return lines;
}

const totals = {
  ...noUsage,
  ...{ attempts: 4, graded: 3, ungraded: 1, notAttempted: 0, needsReview: 2, requests: 5 },
};
const full = new StoreError(
  { ko: '디스크가 가득 찼습니다.', en: 'the disk is full.' },
  { place: { file: 'grades.db' } },
);

test('runs are told in sentences', () => {
  const runs = (log: EventLog) => {
    log.runChanged({ group: null, run: 3, state: 'running', totals: null });
    log.runChanged({ group: null, run: 3, state: 'queued', totals: null });
    log.runChanged({ group: 2, run: 3, state: 'finished', totals });
    log.runChanged({ group: 2, run: 4, state: 'failed', totals: null });
    log.runChanged({ group: null, run: 5, state: 'failed', totals, reason: 'over_budget' });
  };
  expect(said(runs)).toEqual([
    'run 3 has begun.',
    'run 3 goes on later.',
    'run 3 of group 2 has ended: 3 graded, 1 ungraded, 5 requests.',
    'run 4 of group 2 has failed.',
    'run 5 has failed (over_budget): 3 graded, 1 ungraded, 5 requests.',
  ]);
  expect(said(runs, 'ko')).toEqual([
    '3번 실행: 시작했습니다.',
    '3번 실행: 나중에 이어서 합니다.',
    '그룹 2의 3번 실행: 끝났습니다: 채점 3, 미채점 1, 요청 5.',
    '그룹 2의 4번 실행: 실패했습니다.',
    '5번 실행: 실패했습니다(over_budget): 채점 3, 미채점 1, 요청 5.',
  ]);
});

test('faults are told in full, for the person at the terminal', () => {
  const bug = new Error('what went wrong');
  const faults = (log: EventLog) => {
    log.fault(full);
    log.fault(bug);
    log.fault(full, 'abc');
    log.fault('a text');
    log.jobFailed({ group: null, run: 3, portion: 2 }, full);
    log.jobFailed({ group: 1, run: 3, portion: null }, full);
  };
  expect(said(faults)).toEqual([
    'grades.db: the disk is full.',
    bug.stack,
    `abc ${full.stack}`,
    'a text',
    'run 3, portion 2: failed however often it was tried: grades.db: the disk is full.',
    'run 3 of group 1: failed however often it was tried: grades.db: the disk is full.',
  ]);
  expect(said(faults, 'ko').at(-2)).toBe(
    '3번 실행 2번 조각: 되풀이해도 실패했습니다: grades.db: 디스크가 가득 찼습니다.',
  );
});

test('what keeps the process from starting is told as it is', () => {
  expect(said((log) => log.failedToStart('no database.'))).toEqual(['no database.']);
});

test('requests are not told, nor what the command says itself', () => {
  const quiet = (log: EventLog) => {
    log.started({ version: '1', judge: 'llm', concurrency: 8, url: null, metricsUrl: null });
    log.request({ method: 'GET', route: '/', status: 200, seconds: 1 }, 'abc');
    log.stopped();
  };
  expect(said(quiet)).toEqual([]);
});
