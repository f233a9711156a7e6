import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/core/errors.ts';
import { withRetries } from '../../src/judge/retry.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { type SharedPace, withSharedPace } from '../../src/judge/shared-pace.ts';
import { openThrottle } from '../helpers/open-throttle.ts';
import { modelError, noSignal, replyWith, sampleRequest, scriptedModel } from '../helpers/scripted-model.ts';

const noTurn: SharedPace = { nextTurn: async () => 100, pause: async () => {} };

function paced(turns: number[]) {
  const waits: number[] = [];
  const pauses: number[] = [];
  const pace = {
    nextTurn: async () => turns.shift() ?? 0,
    pause: async (ms: number) => void pauses.push(ms),
  };
  const throttle = withSharedPace(openThrottle(1), pace, async (ms) => void waits.push(ms));
  return { throttle, waits, pauses };
}

describe('a pace that others keep to as well', () => {
  it('makes every try wait for its turn, repeated ones included', async () => {
    const { throttle, waits } = paced([100, 250]);
    const inner = scriptedModel([modelError('timeout'), replyWith('text')]);
    const settings = { throttle, control: createRunControl(), wait: async () => {} };
    expect(await withRetries(inner, settings).reply(sampleRequest(), noSignal)).toEqual(replyWith('text'));
    expect(waits).toEqual([100, 250]);
  });

  it('hands on for how long the endpoint wants nobody to come', async () => {
    const { throttle, pauses } = paced([]);
    const refused = new ModelError('rate_limited', { ko: '', en: '' }, { retryAfterMs: 7000 });
    await expect(throttle.run(() => Promise.reject(refused))).rejects.toBe(refused);
    expect(pauses).toEqual([7000]);
  });

  it('sends nothing that was given up while it waited', async () => {
    const { throttle } = paced([100]);
    const sent = throttle.run(() => Promise.reject(new Error('sent')), false, AbortSignal.abort());
    await expect(sent).rejects.toMatchObject({ failure: 'aborted' });
  });

  it('holds no place while its turn has not come', async () => {
    const shared = openThrottle(1);
    const over = Promise.withResolvers<void>();
    const slow = withSharedPace(shared, noTurn, () => over.promise).run(async () => 'slow');
    expect(await shared.run(async () => 'other')).toBe('other');
    over.resolve();
    expect(await slow).toBe('slow');
  });

  it('ends the run where turns cannot be had', async () => {
    const control = createRunControl();
    const pace = { ...noTurn, nextTurn: () => Promise.reject(new Error('no database')) };
    const throttle = withSharedPace(openThrottle(1), pace, async () => {});
    const model = withRetries(scriptedModel([]), { throttle, control, wait: async () => {} });
    await expect(model.reply(sampleRequest(), noSignal)).rejects.toThrow('no database');
    expect(control.stopped.aborted).toBe(true);
  });
});
