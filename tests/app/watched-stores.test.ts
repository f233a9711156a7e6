import { expect, test } from 'vitest';
import type { RunChange } from '../../src/app/event-log.ts';
import { countGrades, tellRuns } from '../../src/app/watched-stores.ts';
import { StoreError } from '../../src/core/errors.ts';
import { noUsage } from '../../src/core/grade.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { gradeOf } from '../core/builders.ts';
import { createMemoryService } from '../helpers/memory-service.ts';

const broken = new StoreError({ ko: '안 됩니다.', en: 'no.' });
const at = '2026-11-01T00:00:00.000Z';

test('grades are counted when they are stored, and not when they cannot be', async () => {
  const counted: unknown[] = [];
  const graded = ({ state, ungradedReason }: { state: string; ungradedReason: string | null }) =>
    counted.push([state, ungradedReason]);
  const inner = createMemoryStore();
  const store = countGrades(inner, { graded });
  const run = await store.startRun({ chapter: '1장', startedAt: at, judge: 'offline', model: null });
  const failed = gradeOf({ member: 'b', score: null, ungradedReason: 'request_failed' });
  await store.addGrades(run, [gradeOf({ member: 'a' }), failed]);
  expect(counted).toEqual([
    ['graded', null],
    ['ungraded', 'request_failed'],
  ]);
  expect(inner.gradesOf('1장')).toHaveLength(2);
  const full = countGrades({ ...inner, addGrades: () => Promise.reject(broken) }, { graded });
  await expect(full.addGrades(run, [failed])).rejects.toBe(broken);
  expect(counted).toHaveLength(2);
});

test('runs are told as their states are noted', async () => {
  const told: RunChange[] = [];
  const ended: string[] = [];
  const inner = createMemoryService();
  const hooks = [
    { runChanged: (change: RunChange) => void told.push(change) },
    { runEnded: (state: string) => void ended.push(state) },
  ] as const;
  const notes = tellRuns(inner, 7, ...hooks);
  const { id } = (await notes.addRun('1장', {}, at))!;
  const totals = { ...noUsage, attempts: 1, graded: 1, ungraded: 0, notAttempted: 0, needsReview: 0 };
  await notes.changeRun(id, { state: 'running', startedAt: at });
  await notes.changeRun(id, { spent: noUsage });
  await notes.changeRun(id, { state: 'finished', totals });
  expect(told).toEqual([
    { group: 7, run: id, state: 'running', totals: null },
    { group: 7, run: id, state: 'finished', totals },
  ]);
  expect(ended).toEqual(['finished']);
  expect(inner.requestedRun(id)).toMatchObject({ state: 'finished', totals });
  await notes.changeRun(id, { state: 'failed' });
  const full = tellRuns({ ...inner, changeRun: () => Promise.reject(broken) }, null, ...hooks);
  await expect(full.changeRun(id, { state: 'failed' })).rejects.toBe(broken);
  expect([told.length, ended.length]).toEqual([2, 1]);
});
