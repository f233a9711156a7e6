import { describe, expect, it } from 'vitest';
import type { GradingService } from '../../src/app/grading-service.ts';
import type { JudgingWish } from '../../src/app/service-parts.ts';
import { ConfigError, ConflictError, InputError, NotFoundError, StoreError } from '../../src/core/errors.ts';
import { noUsage } from '../../src/core/grade.ts';
import type { Judge, Judgement } from '../../src/judge/judge.ts';
import { createOfflineJudge } from '../../src/judge/offline-judge.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { GradeStore } from '../../src/store/store.ts';
import {
  cachingId,
  cachingPage,
  gradedTestService,
  groupFiles,
  oneModel,
  openTestService,
  runEnded,
} from '../helpers/grading-service.ts';
import { createMemoryRunWork } from '../helpers/memory-run-work.ts';
import { createMemoryService } from '../helpers/memory-service.ts';
import { modelError } from '../helpers/scripted-model.ts';

const never = new AbortController().signal;

/** A judge that is held until it is let go; told when it is asked. */
function heldJudge() {
  const asked = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  const inner = createOfflineJudge(['A cache is a small fast store.']);
  const judge: Judge = {
    ...inner,
    async judge(material, signal): Promise<Judgement> {
      asked.resolve();
      if (signal.aborted) throw modelError('aborted');
      const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      await Promise.race([free.promise, ended]);
      if (signal.aborted) throw modelError('aborted');
      return inner.judge(material, signal);
    },
  };
  return { judge, asked: asked.promise, letGo: free.resolve };
}

/**
 * Asks a judge and pays so many dollars for each answer, when the budget has room for a little more than that.
 * @param inner the baseline when left out
 */
function spendingJudge(
  costUsd: number,
  inner: Judge = createOfflineJudge(['A cache is a small fast store.']),
) {
  const wishes: JudgingWish[] = [];
  let requests = 0;
  const judge: Judge = {
    ...inner,
    async judge(material, signal): Promise<Judgement> {
      const budget = wishes.at(-1)?.limits.budget;
      await budget?.reserve(1.2 * costUsd);
      requests += 1;
      await budget?.settle(1.2 * costUsd, costUsd);
      return inner.judge(material, signal);
    },
  };
  const onWish = (wish: JudgingWish) => void wishes.push(wish);
  return { judge, onWish, spent: () => ({ ...noUsage, requests, costUsd: requests * costUsd }) };
}

/** Waits that end when the test says so. */
function handClock() {
  const waits: { work: () => void; ms: number; isOff: boolean }[] = [];
  const later = (work: () => void, ms: number) => {
    const wait = { work, ms, isOff: false };
    waits.push(wait);
    return () => {
      wait.isOff = true;
    };
  };
  return { waits, later };
}

describe('a run', () => {
  it('is queued, made and noted with what came of it', async () => {
    const { service, faults } = await gradedTestService();
    const [run] = await service.runs(cachingId);
    expect(run).toMatchObject({
      state: 'finished',
      failure: null,
      progress: null,
      totals: { attempts: 5, graded: 4, notAttempted: 1, ungraded: 0 },
    });
    expect(faults).toEqual([]);
    expect(await service.chapters()).toEqual([
      { id: cachingId, title: '5 Caching', isUploaded: true, isGraded: true },
    ]);
  });

  it('counts an attempt once that a worker thought dead graded as well', async () => {
    const inner = createMemoryStore();
    const addGrades: GradeStore['addGrades'] = (run, grades) => inner.addGrades(run, [...grades, ...grades]);
    const { service } = await gradedTestService({ store: { ...inner, addGrades } });
    const [run] = await service.runs(cachingId);
    expect(run?.totals).toMatchObject({ attempts: 5, graded: 4, notAttempted: 1, ungraded: 0 });
  });

  it.each([null, 0])(
    'that has ended stays as it is where its job %s is given up after that',
    async (portion) => {
      const { service, worker, faults } = await gradedTestService();
      const [ended] = await service.runs(cachingId);
      for (const run of [1, 2])
        await worker.giveUp({ group: 'default', run, portion }, new Error('too late'));
      expect(await service.runs(cachingId)).toEqual([ended]);
      expect(faults).toEqual([]);
    },
  );

  it('shows how far it is while it is made, and no second one starts', async () => {
    const { judge, asked, letGo } = heldJudge();
    const { service } = openTestService({ judge });
    await service.upload(cachingPage);
    const { id } = await service.startRun(cachingId, {});
    await asked;
    expect(await service.run(id)).toMatchObject({ state: 'running', progress: { done: 1, total: 5 } });
    await expect(service.startRun(cachingId, {})).rejects.toThrow(ConflictError);
    letGo();
    await runEnded(service, id);
    expect((await service.run(id)).state).toBe('finished');
  });

  it('ends when it is stopped; what was not graded is stopped, not zero', async () => {
    const { judge, asked } = heldJudge();
    const { service, store } = openTestService({ judge });
    await service.upload(cachingPage);
    const { id } = await service.startRun(cachingId, {});
    await asked;
    await service.stopRun(id);
    await service.stopRun(id);
    await runEnded(service, id);
    expect(await service.run(id)).toMatchObject({ state: 'stopped', totals: { graded: 0, ungraded: 4 } });
    const scores = (await store.gradesOf(cachingId)).map(({ score }) => score ?? 0);
    expect(scores.every((score) => score === 0)).toBe(true);
  });

  it('that is stopped once lets requests in flight come to their end for a while', async () => {
    const { judge, asked } = heldJudge();
    const signals: AbortSignal[] = [];
    const watching = {
      ...judge,
      judge: (...given: Parameters<Judge['judge']>) => {
        signals.push(given[1]);
        return judge.judge(...given);
      },
    };
    const { waits, later } = handClock();
    const { service } = openTestService({ judge: watching, later });
    await service.upload(cachingPage);
    const { id } = await service.startRun(cachingId, {});
    await asked;
    await service.stopRun(id);
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(signals.some(({ aborted }) => aborted)).toBe(false);
    for (const { work, ms } of waits.splice(0)) if (ms === 5000) work();
    await runEnded(service, id);
    expect((await service.run(id)).state).toBe('stopped');
  });

  it('fails where the model gave nothing back for any answer', async () => {
    const inner = createOfflineJudge([]);
    const ungraded: Judge = {
      ...inner,
      judge: async () => ({ ungraded: 'request_failed', detail: null, models: [], usage: noUsage }),
    };
    const { service } = openTestService({ judge: ungraded });
    await service.upload(cachingPage);
    const { id } = await service.startRun(cachingId, {});
    await runEnded(service, id);
    expect(await service.run(id)).toMatchObject({
      state: 'failed',
      failure: { en: /nothing came back/u, reason: 'nothing_came_back' },
      totals: { attempts: 5, graded: 0, ungraded: 4, notAttempted: 1 },
    });
  });

  it('is not graded by another rubric than it was asked for with', async () => {
    const kept = { store: createMemoryStore(), notes: createMemoryService() };
    const files = groupFiles();
    const asking = openTestService({ ...kept, files, worksHere: false });
    await asking.service.upload(cachingPage);
    const { id } = await asking.service.startRun(cachingId, {});
    const elsewhere = openTestService({ ...kept, files: groupFiles('/elsewhere') });
    await runEnded(elsewhere.service, id);
    expect(await elsewhere.service.run(id)).toMatchObject({
      state: 'failed',
      failure: { en: /rubric .* is not as it was/u, reason: 'other_rubric' },
    });
  });

  it('stops with a sentence where its chapter is handed in anew before a portion is taken', async () => {
    const notes = createMemoryService();
    const kept = { store: createMemoryStore(), notes, work: createMemoryRunWork(notes) };
    const { judge, asked } = heldJudge();
    const { waits, later } = handClock();
    const first = openTestService({ ...kept, judge, later });
    await first.service.upload(cachingPage);
    const { id } = await first.service.startRun(cachingId, {});
    await asked;
    const closed = first.service.close();
    for (const { work } of waits) work();
    await closed;
    const second = openTestService({
      ...kept,
      worksHere: false,
      now: () => new Date('2026-11-02T00:00:00.000Z'),
    });
    await second.service.upload(cachingPage);
    const third = openTestService(kept);
    await runEnded(third.service, id);
    expect(await third.service.run(id)).toMatchObject({
      state: 'failed',
      failure: { en: /handed in anew/u, reason: 'handed_in_anew' },
    });
  });

  it('that waits can be stopped before it began', async () => {
    const { service } = openTestService({ worksHere: false });
    await service.upload(cachingPage);
    const { id } = await service.startRun(cachingId, {});
    expect(await service.run(id)).toMatchObject({ state: 'queued', progress: null });
    expect(await service.stopRun(id)).toMatchObject({ state: 'stopped', isStopAsked: true, totals: null });
    await expect(service.startRun(cachingId, {})).resolves.toMatchObject({ state: 'queued' });
  });

  it('is made beside another one, each with what is its own', async () => {
    const { service } = openTestService();
    await service.upload(cachingPage);
    await service.upload({ name: 'other.md', bytes: new TextEncoder().encode(otherPage) });
    const first = await service.startRun(cachingId, {});
    const second = await service.startRun('6-Locks', {});
    for (const { id } of [first, second]) await runEnded(service, id);
    expect(await service.run(first.id)).toMatchObject({ state: 'finished', totals: { attempts: 5 } });
    expect(await service.run(second.id)).toMatchObject({ state: 'finished', totals: { attempts: 1 } });
  });

  it('goes on with the next service on the same database', async () => {
    const { judge, asked } = heldJudge();
    const kept = { store: createMemoryStore(), notes: createMemoryService() };
    const { waits, later } = handClock();
    const first = openTestService({ judge, later, ...kept });
    await first.service.upload(cachingPage);
    const { id } = await first.service.startRun(cachingId, {});
    await asked;
    const closed = first.service.close();
    for (const { work } of waits) work();
    await closed;
    expect(kept.notes.requestedRun(id)?.state).toBe('queued');
    const second = openTestService(kept);
    await runEnded(second.service, id);
    expect(await second.service.run(id)).toMatchObject({ state: 'finished', totals: { graded: 4 } });
  });

  it('that a person stopped stays so where the service ends or is killed before it has come to rest', async () => {
    const { judge, asked } = heldJudge();
    const kept = { store: createMemoryStore(), notes: createMemoryService() };
    const { waits, later } = handClock();
    const { service } = openTestService({ judge, later, ...kept });
    await service.upload(cachingPage);
    const { id } = await service.startRun(cachingId, {});
    await asked;
    await service.stopRun(id);
    const killed = { store: kept.store, notes: createMemoryService() };
    killed.notes.addRun(cachingId, {}, '2026-11-01T00:00:00.000Z');
    killed.notes.changeRun(1, kept.notes.requestedRun(id) ?? {});
    const closed = service.close();
    for (const { work } of waits) work();
    await closed;
    expect(kept.notes.requestedRun(id)).toMatchObject({ state: 'stopped', isStopAsked: true });
    const next = openTestService(killed);
    await runEnded(next.service, 1);
    expect(await next.service.run(1)).toMatchObject({ state: 'stopped', totals: null });
  });

  it('goes on also where the service was killed in the midst of it', async () => {
    const kept = { store: createMemoryStore(), notes: createMemoryService() };
    await gradedTestService(kept);
    const run = kept.notes.addRun(cachingId, {}, '2026-11-01T00:00:00.000Z');
    kept.notes.changeRun(run!.id, { state: 'running' });
    const { service } = openTestService(kept);
    await runEnded(service, run!.id);
    expect((await service.run(run!.id)).state).toBe('finished');
  });

  it('fails with the sentence of what stopped it', async () => {
    const inner = createOfflineJudge([]);
    const failing: Judge = { ...inner, judge: () => Promise.reject(modelError('authentication')) };
    const { service, faults } = openTestService({ judge: failing });
    await service.upload(cachingPage);
    const { id } = await service.startRun(cachingId, {});
    await runEnded(service, id);
    expect(await service.run(id)).toMatchObject({
      state: 'failed',
      failure: { en: 'failure: authentication', reason: 'authentication' },
    });
    expect(faults).toEqual([]);
  });

  it('fails with a fault of ours that is told, and the next one is made', async () => {
    const inner = createOfflineJudge([]);
    const broken: Judge = { ...inner, judge: () => Promise.reject(new TypeError('oops')) };
    const { service, faults } = openTestService({ judge: broken });
    await service.upload(cachingPage);
    for (const _ of [1, 2]) {
      const { id } = await service.startRun(cachingId, {});
      await runEnded(service, id);
      expect(await service.run(id)).toMatchObject({ state: 'failed', failure: { reason: 'fault' } });
      expect((await service.run(id)).failure?.en).not.toContain('oops');
    }
    expect(faults.length).toBeGreaterThanOrEqual(2);
    for (const told of faults) expect(told).toBeInstanceOf(TypeError);
  });

  it('never costs more than the service allows when it is made', async () => {
    const kept = { store: createMemoryStore(), notes: createMemoryService() };
    const graded = async (service: GradingService, id: number) => {
      await runEnded(service, id);
      return (await service.run(id)).totals?.graded;
    };
    const { service } = openTestService({ maxCostUsd: 1, ...spendingJudge(0.25), ...kept });
    await service.upload(cachingPage);
    const counts: unknown[] = [];
    for (const options of [{ maxCostUsd: 5 }, { maxCostUsd: 0.5 }, {}]) {
      const { id } = await service.startRun(cachingId, options);
      counts.push(await graded(service, id));
      expect(await service.run(id)).toMatchObject({
        state: 'failed',
        failure: { en: /cost limit/u, reason: 'over_budget' },
      });
    }
    expect(counts).toEqual([3, 1, 3]);
    await service.close();
    const queued = kept.notes.addRun(cachingId, {}, '2026-11-01T00:00:00.000Z');
    const next = openTestService({ maxCostUsd: 0.1, ...spendingJudge(0.25), ...kept });
    expect(await graded(next.service, queued!.id)).toBe(0);
  });

  it('has one budget and one sum however often it is interrupted', async () => {
    const notes = createMemoryService();
    const kept = { store: createMemoryStore(), notes, work: createMemoryRunWork(notes), maxCostUsd: 1 };
    const { judge, asked } = heldJudge();
    const { waits, later } = handClock();
    const first = openTestService({ ...kept, ...spendingJudge(0.2, judge), later });
    await first.service.upload(cachingPage);
    const { id } = await first.service.startRun(cachingId, {});
    await asked;
    const closed = first.service.close();
    for (const { work } of waits) work();
    await closed;
    const before = await first.service.run(id);
    expect(before.spent.costUsd).toBeGreaterThan(0);
    const second = openTestService({ ...kept, ...spendingJudge(0.2) });
    await runEnded(second.service, id);
    const { totals, failure } = await second.service.run(id);
    expect(failure?.en).toContain('the cost limit of 1 USD');
    expect(totals?.costUsd).toBeCloseTo(before.spent.costUsd! + 0.2 * totals!.graded);
    expect(totals?.costUsd).toBeLessThanOrEqual(1);
  });

  it('is by the rubric beside the document where that has a place, as on the command line', async () => {
    const { service } = openTestService({ files: groupFiles('/elsewhere') });
    const rubricUsed = async () => (await service.estimate(cachingId, {})).rubric;
    const [chapter] = await service.upload(cachingPage);
    expect(await rubricUsed()).toBe('default.yaml');
    const file = '/elsewhere/answers/caching.md';
    await service.keep([{ chapter: chapter!, file, source: file }]);
    expect(await rubricUsed()).toBe('5-Caching.yaml');
    const packed = '/elsewhere/answers/export.zip!1/caching.md';
    await service.keep([{ chapter: chapter!, file: packed, source: packed }]);
    expect(await rubricUsed()).toBe('5-Caching.yaml');
  });

  it('is refused for what is not there', async () => {
    const { service } = openTestService();
    await expect(service.startRun('nowhere', {})).rejects.toThrow(NotFoundError);
    await service.upload(cachingPage);
    await expect(service.startRun(cachingId, { rubric: '../../etc/passwd' })).rejects.toThrow(ConfigError);
    await expect(service.startRun(cachingId, { member: 'Nobody' })).rejects.toThrow(InputError);
    await expect(service.startRun(cachingId, { judge: 'llm' })).rejects.toThrow(ConfigError);
    await expect(service.run(99)).rejects.toThrow(NotFoundError);
  });

  it('of the baseline can be asked for where there is a model', async () => {
    const { service } = openTestService({ config: oneModel });
    await service.upload(cachingPage);
    const { id } = await service.startRun(cachingId, { judge: 'offline' });
    await runEnded(service, id);
    expect((await service.run(id)).state).toBe('finished');
  });
});

describe('where nothing can be stored', () => {
  /** Notes that can be read, and written once the disk has room again. */
  function fullDisk() {
    const notes = createMemoryService();
    const disk = { isFull: true, isGone: false };
    const failing = {
      ...notes,
      openRuns: () => {
        if (disk.isGone) throw new StoreError({ ko: '디스크가 없습니다.', en: 'the disk is gone.' });
        return notes.openRuns();
      },
      changeRun: (...change: Parameters<typeof notes.changeRun>) => {
        if (disk.isFull) throw new StoreError({ ko: '디스크가 찼습니다.', en: 'the disk is full.' });
        return notes.changeRun(...change);
      },
    };
    return { notes: failing, disk };
  }

  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  it('a run is tried again some times, then fails with the reason once that can be noted', async () => {
    const { notes, disk } = fullDisk();
    const { waits, later } = handClock();
    const { service, faults } = openTestService({ notes, later });
    await service.upload(cachingPage);
    const { id } = await service.startRun(cachingId, {});
    const waitedOut = async (times: number) => {
      for (let count = 0; count < times; count += 1) {
        await turn();
        for (const { work } of waits.splice(0)) work();
      }
    };
    await waitedOut(20);
    expect(faults.every((error) => error instanceof StoreError)).toBe(true);
    expect(await service.run(id)).toMatchObject({ state: 'queued', progress: null });
    disk.isFull = false;
    await waitedOut(1);
    await runEnded(service, id);
    expect(await service.run(id)).toMatchObject({
      state: 'failed',
      failure: { en: 'the disk is full.', reason: 'store' },
    });
    const next = await service.startRun(cachingId, {});
    await runEnded(service, next.id);
    expect((await service.run(next.id)).state).toBe('finished');
  });

  it('nor read, that is a fault like any other, and the service can still be closed', async () => {
    const { notes, disk } = fullDisk();
    disk.isGone = true;
    const { waits, later } = handClock();
    const { service, faults } = openTestService({ notes, later });
    await turn();
    expect(faults).toEqual([expect.any(StoreError)]);
    await service.close();
    expect(waits.every(({ isOff }) => isOff)).toBe(true);
  });
});

describe('waiting for a change', () => {
  it('ends when the one who waits goes away, and when the service does', async () => {
    const { service } = await gradedTestService();
    const gone = new AbortController();
    const first = service.nextChange(1, gone.signal);
    gone.abort();
    await first;
    const second = service.nextChange(1, never);
    await service.close();
    await second;
  });
});

const otherPage = `# 6 Locks

## Ann

- What is a lock?

    <aside>
    💡 It keeps others out.

    </aside>
`;
