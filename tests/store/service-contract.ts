import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Awaitable } from '../../src/core/awaitable.ts';
import type { Chapter } from '../../src/core/chapter.ts';
import { noUsage } from '../../src/core/grade.ts';
import type { RequestedRun, RunOptions } from '../../src/core/requested-run.ts';
import type { ServiceStore } from '../../src/store/service-store.ts';

const at = '2026-11-01T00:00:00.000Z';

export function chapterNamed(id: string, title = id): Chapter {
  return { id, title, questions: [], submissions: [], warnings: [] };
}

/** What every store of a service must do, whatever it is made of. */
export function describeServiceStore(name: string, open: () => Awaitable<ServiceStore>): void {
  describe(name, () => {
    let store: ServiceStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('knows nothing at first', async () => {
      expect(await store.uploadNames()).toEqual([]);
      expect(await store.upload('a')).toBeNull();
      expect(await store.uploadedAt('a')).toBeNull();
      expect(await store.openRuns()).toEqual([]);
      expect(await store.requestedRun(1)).toBeNull();
    });

    it('keeps uploads by chapter, as a person counts, and replaces the one before', async () => {
      for (const id of ['10', '2', '1'])
        await store.saveUpload({ chapter: chapterNamed(id), file: 'f', source: null, uploadedAt: at });
      const chapter = chapterNamed('2', 'Two');
      await store.saveUpload({ chapter, file: 'two.md', source: '/group/two.md', uploadedAt: at });
      expect((await store.uploadNames()).map(({ id }) => id)).toEqual(['1', '2', '10']);
      expect(await store.uploadedAt('2')).toBe(at);
      expect((await store.uploadNames())[1]).toEqual({ id: '2', title: 'Two' });
      expect(await store.upload('2')).toEqual({
        chapter,
        file: 'two.md',
        source: '/group/two.md',
        uploadedAt: at,
      });
    });

    async function newRun(chapter: string, options: RunOptions = {}): Promise<RequestedRun> {
      const run = await store.addRun(chapter, options, at);
      if (run === null) throw new Error(`${chapter} has a run already`);
      return run;
    }

    it('notes a run and what becomes of it', async () => {
      const run = await newRun('a', { judge: 'offline', question: 3 });
      expect(run).toEqual({
        id: run.id,
        chapter: 'a',
        options: { judge: 'offline', question: 3 },
        state: 'queued',
        createdAt: at,
        startedAt: null,
        finishedAt: null,
        totals: null,
        failure: null,
        isStopAsked: false,
        spent: noUsage,
      });
      const failure = { ko: '안 됨', en: 'failed', reason: 'over_budget' } as const;
      const spent = { ...noUsage, requests: 2, costUsd: 0.5 };
      const changes = { state: 'failed', finishedAt: at, failure, isStopAsked: true, spent } as const;
      expect(await store.changeRun(run.id, changes)).toEqual({ ...run, ...changes });
      expect(await store.requestedRun(run.id)).toEqual({ ...run, ...changes });
    });

    it.each(['finished', 'stopped', 'failed'] as const)('changes no run that is %s', async (state) => {
      const { id } = await newRun('a');
      const ended = await store.changeRun(id, { state, finishedAt: at });
      for (const changes of [
        { state: 'running' },
        { state },
        { failure: { ko: '안 됨', en: 'no' } },
      ] as const)
        expect(await store.changeRun(id, changes)).toBeNull();
      expect(await store.requestedRun(id)).toEqual(ended);
    });

    it('has one of several end a run that end it at the same moment', async () => {
      const { id } = await newRun('a');
      const states = ['finished', 'failed', 'stopped', 'failed'] as const;
      const told = await Promise.all(states.map(async (state) => store.changeRun(id, { state })));
      const ended = told.filter((run) => run !== null);
      expect(ended).toHaveLength(1);
      expect(await store.requestedRun(id)).toEqual(ended[0]);
    });

    it('changes what is named only', async () => {
      const { id } = await newRun('a');
      await store.changeRun(id, { state: 'running', startedAt: at });
      const spent = { ...noUsage, requests: 1, costUsd: null };
      await Promise.all([store.changeRun(id, { spent }), store.changeRun(id, { isStopAsked: true })]);
      expect(await store.requestedRun(id)).toMatchObject({
        state: 'running',
        startedAt: at,
        finishedAt: null,
        spent,
        isStopAsked: true,
      });
      await store.changeRun(id, { startedAt: null, isStopAsked: false });
      expect(await store.requestedRun(id)).toMatchObject({
        state: 'running',
        startedAt: null,
        isStopAsked: false,
      });
    });

    it('lists open runs oldest first, and those of a chapter newest first', async () => {
      const first = await newRun('a');
      await store.changeRun(first.id, { state: 'finished' });
      const [second, third] = [await newRun('b'), await newRun('a')];
      await store.changeRun(third.id, { state: 'running' });
      expect((await store.openRuns()).map(({ id }) => id)).toEqual([second.id, third.id]);
      expect((await store.requestedRuns('a')).map(({ id }) => id)).toEqual([third.id, first.id]);
    });

    it.each(['queued', 'running'] as const)(
      'takes no run of a chapter that has one that is %s',
      async (state) => {
        const { id } = await newRun('a');
        await store.changeRun(id, { state });
        expect(await store.addRun('a', {}, at)).toBeNull();
        expect((await store.requestedRuns('a')).map((run) => run.id)).toEqual([id]);
      },
    );

    it('takes one of several that are asked for at the same moment', async () => {
      const asked = await Promise.all(
        [1, 2, 3, 4].map(async (question) => store.addRun('a', { question }, at)),
      );
      const taken = asked.filter((run) => run !== null);
      expect(taken).toHaveLength(1);
      expect(await store.openRuns()).toEqual(taken);
    });

    it('changes nothing where there is no such run', async () => {
      expect(await store.changeRun(7, { state: 'finished' })).toBeNull();
      expect(await store.requestedRun(7)).toBeNull();
    });
  });
}
