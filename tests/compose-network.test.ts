import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openMemoryStore } from '../src/compose.ts';
import { openNetwork, openSharedLimits, wait } from '../src/compose-network.ts';
import { createRunControl } from '../src/judge/run-control.ts';
import { startLoopbackModel } from './helpers/loopback-model.ts';
import { noSignal, sampleRequest } from './helpers/scripted-model.ts';

it('a run whose turn has not come keeps no place from others at the same endpoint', async () => {
  await using model = await startLoopbackModel();
  const endpoint = { apiKey: 'key', baseUrl: model.baseUrl, model: 'judge-1', isNamed: false };
  const asked = Promise.withResolvers<void>();
  const slow = createRunControl();
  const settings = {
    concurrency: 1,
    replies: openMemoryStore(),
    limits: openSharedLimits(1),
  };
  const pace = {
    async nextTurn() {
      asked.resolve();
      return 3_600_000;
    },
    pause: async () => {},
  };
  const slowly = await openNetwork(endpoint, { ...settings, control: slow, pace });
  const quickly = await openNetwork(endpoint, { ...settings, control: createRunControl() });
  const waiting = slowly.reply(sampleRequest(), noSignal);
  await asked.promise;
  await quickly.reply(sampleRequest(), noSignal);
  expect(model.requests).toHaveLength(1);
  slow.stop();
  await expect(waiting).rejects.toMatchObject({ failure: 'aborted' });
});

it('a wait longer than a timer can take does not end at once', async () => {
  const stopping = new AbortController();
  const waited = wait(2 ** 31, stopping.signal).then(() => 'over');
  // A timer that cannot take it would take a millisecond.
  expect(await Promise.race([waited, delay(2, 'waits')])).toBe('waits');
  stopping.abort();
  expect(await waited).toBe('over');
});
