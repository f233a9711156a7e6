import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Awaitable } from '../../src/core/awaitable.ts';
import { noUsage } from '../../src/core/grade.ts';
import type { PortionOutcome, RunPlan } from '../../src/core/run-plan.ts';
import type { RunWork } from '../../src/store/run-work.ts';
import type { ServiceStore } from '../../src/store/service-store.ts';
import { loadedRubric } from '../helpers/sample-material.ts';

const at = '2026-11-01T00:00:00.000Z';

export function samplePlan(overrides: Partial<RunPlan> = {}): RunPlan {
  return {
    gradeRun: 7,
    uploadedAt: at,
    rubric: loadedRubric(),
    language: 'ko',
    judge: { kind: 'llm', asked: ['judge-1'], addresses: ['https://models.test/v1'] },
    total: 5,
    settled: 1,
    takenOver: [3],
    bases: [{ question: 2, basis: 'a' }],
    ...overrides,
  };
}

export function outcomeOf(judged: number): PortionOutcome {
  return { judged, failed: 1, left: 0, unsettled: [2] };
}

/** A number of requests a minute with which the next turn is hours away, whatever time the test takes. */
const seldom = 0.001;
const hoursMs = 60_000 / seldom;

/** What every store of work on runs must do, whatever it is made of. */
export function describeRunWork(
  name: string,
  open: () => Awaitable<{ work: RunWork; service: ServiceStore }>,
): void {
  describe(name, () => {
    let work: RunWork;
    let service: ServiceStore;
    let run: number;
    beforeEach(async () => {
      ({ work, service } = await open());
      run = (await service.addRun('a', {}, at))?.id ?? 0;
    });
    afterEach(async () => {
      await work.close();
      await service.close();
    });

    const plan = () => work.planRun(run, samplePlan(), [[0, 1], [2, 4], [3]]);

    it('knows nothing of a run that is not planned', async () => {
      expect(await work.runPlan(run)).toBeNull();
      expect(await work.openPortions(run)).toEqual([]);
      expect(await work.openPortion(run, 0)).toBeNull();
      expect(await work.outcomes(run)).toEqual([]);
      expect(await work.doneIn(run)).toBe(0);
    });

    it('keeps a plan and its portions', async () => {
      expect(await plan()).toBe(true);
      expect(await work.runPlan(run)).toEqual(samplePlan());
      expect(await work.openPortions(run)).toEqual([0, 1, 2]);
      expect(await work.openPortion(run, 1)).toEqual([2, 4]);
      expect(await work.openPortion(run, 3)).toBeNull();
      expect(await work.openPortions(run + 1)).toEqual([]);
    });

    it('keeps a plan without portions', async () => {
      expect(await work.planRun(run, samplePlan(), [])).toBe(true);
      expect(await work.openPortions(run)).toEqual([]);
    });

    it('keeps the first plan only, also of several at the same moment', async () => {
      const plans = [10, 20, 30].map((total) => samplePlan({ total }));
      const taken = await Promise.all(plans.map(async (own) => work.planRun(run, own, [[own.total]])));
      expect(taken.filter(Boolean)).toHaveLength(1);
      const kept = plans[taken.indexOf(true)];
      expect(await work.runPlan(run)).toEqual(kept);
      expect(await work.openPortion(run, 0)).toEqual([kept?.total]);
      expect(await work.openPortions(run)).toEqual([0]);
    });

    it('ends each portion once, and says how many are left', async () => {
      await plan();
      expect(await work.endPortion(run, 1, outcomeOf(2))).toBe(2);
      expect(await work.endPortion(run, 1, outcomeOf(9))).toBe(2);
      expect(await work.openPortions(run)).toEqual([0, 2]);
      expect(await work.openPortion(run, 1)).toBeNull();
      expect(await work.outcomes(run)).toEqual([outcomeOf(2)]);
    });

    it('tells one of several that end at the same moment that it is the last', async () => {
      await plan();
      const left = await Promise.all(
        [0, 1, 2].map(async (portion) => work.endPortion(run, portion, outcomeOf(portion))),
      );
      expect(left.toSorted()).toEqual([0, 1, 2]);
      expect(await work.outcomes(run)).toEqual([0, 1, 2].map(outcomeOf));
    });

    it('tells whether a portion was taken up before', async () => {
      await plan();
      expect(await work.takeAccount(run, 0)).toBe(false);
      expect(await work.takeAccount(run, 1)).toBe(false);
      expect(await work.takeAccount(run, 0)).toBe(true);
    });

    it('adds up what is done and spent', async () => {
      await plan();
      const spent = { requests: 1, inputTokens: 20, cachedInputTokens: 5, outputTokens: 3, costUsd: 0.5 };
      await Promise.all(
        [0, 1].map(async (portion) => {
          await work.noteProgress(run, portion, 1, spent);
          await work.noteProgress(run, portion, 2, spent);
        }),
      );
      expect(await work.doneIn(run)).toBe(4);
      expect((await service.requestedRun(run))?.spent).toEqual({
        requests: 4,
        inputTokens: 80,
        cachedInputTokens: 20,
        outputTokens: 12,
        costUsd: 2,
      });
      await work.noteProgress(run, 2, 1, { ...noUsage, requests: 1, costUsd: null });
      await work.noteProgress(run, 2, 1, spent);
      expect((await service.requestedRun(run))?.spent).toMatchObject({ requests: 6, costUsd: null });
      expect(await work.doneIn(run)).toBe(5);
    });

    describe('a budget', () => {
      it('is shared by all portions; what is given back can be had by others', async () => {
        await plan();
        expect(await work.reserve(run, 0, 0.5, 1)).toBe('reserved');
        expect(await work.reserve(run, 1, 0.5, 1)).toBe('reserved');
        expect(await work.reserve(run, 2, 0.25, 1)).toBe('wait');
        await work.settle(run, 0, 0.5, 0.125);
        expect(await work.reserve(run, 2, 0.25, 1)).toBe('reserved');
        expect(await work.reserve(run, 2, 0.25, 1)).toBe('wait');
      });

      it('is over where there can never be room', async () => {
        await plan();
        expect(await work.reserve(run, 0, 1.5, 1)).toBe('over');
        expect(await work.reserve(run, 0, 0.75, 1)).toBe('reserved');
        await work.settle(run, 0, 0.75, 0.75);
        expect(await work.reserve(run, 1, 0.5, 1)).toBe('over');
        expect(await work.reserve(run, 1, 0.25, 1)).toBe('reserved');
      });

      it('is not spent twice by several at the same moment', async () => {
        await plan();
        const asked = await Promise.all(
          Array.from({ length: 12 }, async (_, index) => work.reserve(run, index % 3, 0.125, 1)),
        );
        expect(asked.filter((room) => room === 'reserved')).toHaveLength(8);
      });

      it('counts as spent what a worker that is gone had set aside', async () => {
        await plan();
        await work.reserve(run, 0, 0.5, 1);
        await work.reserve(run, 1, 0.25, 1);
        await work.takeAccount(run, 0);
        await work.takeAccount(run, 0);
        expect(await work.reserve(run, 0, 0.5, 1)).toBe('wait');
        expect(await work.reserve(run, 0, 0.75, 1)).toBe('over');
        await work.settle(run, 1, 0.25, 0);
        expect(await work.reserve(run, 0, 0.5, 1)).toBe('reserved');
      });

      it('of one run is not that of another', async () => {
        await plan();
        const other = (await service.addRun('b', {}, at))?.id ?? 0;
        await work.planRun(other, samplePlan(), [[0]]);
        expect(await work.reserve(run, 0, 1, 1)).toBe('reserved');
        expect(await work.reserve(other, 0, 1, 1)).toBe('reserved');
        expect(await work.reserve(other, 0, 1, 1)).toBe('wait');
      });
    });

    describe('turns', () => {
      it('come one after the other, the first at once', async () => {
        await plan();
        const now = Date.now();
        expect(await work.nextTurn(run, seldom, now)).toBe(0);
        const [second, third] = [
          await work.nextTurn(run, seldom, now),
          await work.nextTurn(run, seldom, now),
        ];
        expect(Math.round(second / hoursMs)).toBe(1);
        expect(Math.round(third / hoursMs)).toBe(2);
      });

      it('are not given twice at the same moment', async () => {
        await plan();
        const now = Date.now();
        const waits = await Promise.all([1, 2, 3, 4].map(async () => work.nextTurn(run, seldom, now)));
        expect(waits.map((wait) => Math.round(wait / hoursMs)).toSorted()).toEqual([0, 1, 2, 3]);
      });

      it('wait for a pause to end, the longer of two', async () => {
        await plan();
        const now = Date.now();
        await work.pause(run, 3 * hoursMs, now);
        await work.pause(run, hoursMs, now);
        const [first, second] = [
          await work.nextTurn(run, seldom, now),
          await work.nextTurn(run, seldom, now),
        ];
        expect(Math.round(first / hoursMs)).toBe(3);
        expect(Math.round(second / hoursMs)).toBe(4);
      });

      it('of one run do not wait for those of another', async () => {
        await plan();
        const other = (await service.addRun('b', {}, at))?.id ?? 0;
        await work.planRun(other, samplePlan(), [[0]]);
        await work.nextTurn(run, seldom, Date.now());
        expect(await work.nextTurn(other, seldom, Date.now())).toBe(0);
      });
    });
  });
}
