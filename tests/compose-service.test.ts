import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import type { OwnService } from '../src/app/create-service.ts';
import { openSharedLimits } from '../src/compose-network.ts';
import { closingStores, openService } from '../src/compose-service.ts';
import { openWatching } from '../src/compose-watching.ts';
import type { GroupStores } from '../src/store/group-stores.ts';
import { startLoopbackModel } from './helpers/loopback-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'answer-grader-shared-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const endpoint = (model: string) => ({
  apiKey: 'key',
  baseUrl: 'http://models.test/v1',
  model,
  isNamed: false,
});

it('everything asked of one endpoint keeps to one pace, and all endpoints to one limit', async () => {
  const limits = openSharedLimits(2);
  const [one, other] = [limits.throttleFor(endpoint('judge-1')), limits.throttleFor(endpoint('judge-2'))];
  expect(limits.throttleFor(endpoint('judge-1'))).toBe(one);
  expect(other).not.toBe(one);
  let [inFlight, most] = [0, 0];
  const work = async () => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    await nextTurn();
    inFlight -= 1;
  };
  await Promise.all([one, other, one, other, one].map((throttle) => throttle.run(work)));
  expect(most).toBe(2);
});

it('a service has no more requests in flight than it was told, whoever asks', async () => {
  await using model = await startLoopbackModel();
  const held: (() => void)[] = [];
  const counts: number[] = [];
  let inFlight = 0;
  model.handleWith(async () => {
    inFlight += 1;
    counts.push(inFlight);
    await new Promise<void>((resolve) => held.push(resolve));
    inFlight -= 1;
    return undefined;
  });
  const said: string[] = [];
  const watching = await openWatching({
    ...{ format: 'text', process: 'serve', language: 'en', withMetrics: true },
    write: (line) => said.push(line),
  });
  const service = await openService(join(folder, 'grades.db'), {
    config: { kind: 'llm', samples: 3, endpoints: [{ ...endpoint('judge-1'), baseUrl: model.baseUrl }] },
    concurrency: 2,
    maxCostUsd: null,
    modelRequestsPerMinute: null,
    watching,
  });
  const never = new AbortController().signal;
  const asked = ['one', 'another'].map((answer) =>
    service.feedback({ question: 'What is a queue?', modelAnswer: 'First in, first out.', answer }, never),
  );
  for (let arrived = 1; arrived <= 6; arrived += 1) {
    await model.received(arrived);
    // Whatever else is on its way shall arrive before a place is given back.
    for (let turn = 0; turn < 50; turn += 1) await nextTurn();
    if (arrived >= 2) held.shift()?.();
  }
  for (const letGo of held) letGo();
  expect((await Promise.all(asked)).map(({ state }) => state)).toEqual(['graded', 'graded']);
  await service.close();
  expect([Math.max(...counts), said]).toEqual([2, []]);
  expect(await watching.prometheus?.text()).toContain('{model="judge-1",outcome="replied"} 6');
});

it('a service closes all that it keeps things in, also when something of it cannot be closed', async () => {
  const closed: string[] = [];
  const kept = (name: string, isBroken = false) => ({
    async close() {
      closed.push(name);
      if (isBroken) throw new Error(`${name} cannot be closed`);
    },
  });
  const stores = {
    store: kept('store'),
    batches: kept('batches'),
    notes: kept('notes'),
    work: kept('work', true),
  } as Partial<GroupStores> as GroupStores;
  const own = { service: kept('service') } as Partial<OwnService> as OwnService;
  await expect(closingStores(own, stores).service.close()).rejects.toThrow('work cannot be closed');
  expect(closed).toEqual(['service', 'work', 'notes', 'batches', 'store']);
});
