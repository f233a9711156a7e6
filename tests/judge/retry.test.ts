import { describe, expect, it } from 'vitest';
import type { ModelError, ModelFailure } from '../../src/core/errors.ts';
import { defaultRetryPolicy, type RetryOptions, withRetries } from '../../src/judge/retry.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { openThrottle } from '../helpers/open-throttle.ts';
import {
  always,
  deferred,
  modelError,
  noSignal,
  replyWith,
  type Step,
  sampleRequest,
  scriptedModel,
  settle,
} from '../helpers/scripted-model.ts';

/** A model behind retries that notes its waits instead of waiting. */
function retrying(script: readonly Step[], overrides: Partial<RetryOptions> = {}) {
  const inner = scriptedModel(script);
  const waits: number[] = [];
  const chat = withRetries(inner, {
    throttle: openThrottle(1),
    control: createRunControl(),
    wait: async (ms) => void waits.push(ms),
    random: () => 1,
    ...overrides,
  });
  return { inner, waits, chat, ask: () => chat.reply(sampleRequest(), noSignal) };
}

function stoppedControl() {
  const control = createRunControl();
  control.stop();
  return control;
}

const passing: ModelFailure[] = ['rate_limited', 'overloaded', 'timeout'];
const lasting: ModelFailure[] = [
  'authentication',
  'quota_exhausted',
  'not_found',
  'bad_request',
  'not_an_api',
  'over_budget',
  'aborted',
  'unreachable',
];

describe('withRetries', () => {
  it('hands a reply on without waiting', async () => {
    const { ask, waits } = retrying([replyWith('text')]);
    expect(await ask()).toEqual(replyWith('text'));
    expect(waits).toEqual([]);
  });

  it.each(passing)('tries again after %s', async (failure) => {
    const { ask, waits } = retrying([modelError(failure), replyWith('text')]);
    expect(await ask()).toEqual(replyWith('text'));
    expect(waits).toEqual([250]);
  });

  it.each(lasting)('does not try again after %s', async (failure) => {
    const error = modelError(failure);
    const { ask, waits, inner } = retrying([error]);
    await expect(ask()).rejects.toBe(error);
    expect(waits).toEqual([]);
    expect(inner.requests).toHaveLength(1);
  });

  it('does not try a bug again', async () => {
    const bug = new RangeError('a bug');
    await expect(retrying([bug]).ask()).rejects.toBe(bug);
  });

  it('waits three times as long each time, six tries in all', async () => {
    const last = modelError('overloaded');
    const { ask, waits } = retrying([...always(modelError('overloaded'), 5), last]);
    await expect(ask()).rejects.toBe(last);
    expect(waits).toEqual([250, 750, 2250, 6750, 20_250]);
  });

  it('never waits longer than the policy says', async () => {
    const policy = { tries: 9, firstWaitMs: 10_000, longestWaitMs: 25_000, longestRetryAfterMs: 0 };
    const { ask, waits } = retrying([...always(modelError('overloaded'), 4), replyWith('text')], { policy });
    await ask();
    expect(waits).toEqual([10_000, 25_000, 25_000, 25_000]);
  });

  it('spreads its waits over the upper half', async () => {
    const numbers = [0, 0.5, 0.999];
    const { ask, waits } = retrying([...always(modelError('overloaded'), 3), replyWith('text')], {
      random: () => numbers.shift() ?? 0,
    });
    await ask();
    expect(waits).toEqual([125, 562.5, expect.closeTo(2248.875, 5)]);
  });

  it('waits as long as the endpoint asks, to the millisecond', async () => {
    const { ask, waits } = retrying([
      modelError('rate_limited', 21_500),
      modelError('overloaded', 0),
      modelError('rate_limited', defaultRetryPolicy.longestRetryAfterMs),
      replyWith('text'),
    ]);
    await ask();
    expect(waits).toEqual([21_500, 0, 15 * 60_000]);
  });

  it('stops the run where the endpoint asks for longer than a run may wait, and says until when', async () => {
    const control = createRunControl();
    const error = modelError('rate_limited', 6 * 3_600_000);
    const now = () => Date.parse('2026-03-01T10:30:00Z');
    const { ask, waits } = retrying([error], { control, now });
    await expect(ask()).rejects.toMatchObject({
      failure: 'quota_exhausted',
      message: expect.stringContaining('until 2026-03-01 16:30 UTC'),
    });
    expect(waits).toEqual([]);
    expect(control.stopped.aborted).toBe(true);
  });

  it('tells of every wait with its reason', async () => {
    const told: [number, ModelError][] = [];
    const [first, second] = [modelError('rate_limited', 50), modelError('timeout')];
    const { ask } = retrying([first, second, replyWith('text')], {
      onWait: (ms, failure) => told.push([ms, failure]),
    });
    await ask();
    expect(told).toEqual([
      [50, first],
      [750, second],
    ]);
  });

  it('gives its place back while it waits', async () => {
    const waiting = deferred<void>();
    const answered: string[] = [];
    const { chat, inner } = retrying([modelError('rate_limited'), replyWith('second'), replyWith('first')], {
      throttle: openThrottle(1),
      wait: () => waiting.promise,
    });
    const ask = async (name: string) => {
      await chat.reply(sampleRequest({ model: name }), noSignal);
      answered.push(name);
    };
    const both = [ask('one'), ask('two')];
    await settle();
    expect(answered).toEqual(['two']);
    expect(inner.requests.map(({ model }) => model)).toEqual(['one', 'two']);
    waiting.resolve();
    await Promise.all(both);
    expect(answered).toEqual(['two', 'one']);
  });

  it('never has more in flight than the limit allows', async () => {
    let inFlight = 0;
    let most = 0;
    const step: Step = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await settle();
      inFlight -= 1;
      return replyWith('text');
    };
    const { chat } = retrying(always(step, 20), { throttle: openThrottle(3) });
    await Promise.all(Array.from({ length: 20 }, () => chat.reply(sampleRequest(), noSignal)));
    expect(most).toBe(3);
  });

  describe('an endpoint that cannot be connected to', () => {
    it('is given up after the second try when it was never reached', async () => {
      const { ask, waits, inner } = retrying(always(modelError('connection'), 2));
      await expect(ask()).rejects.toMatchObject({
        failure: 'unreachable',
        text: modelError('connection').text,
        stopsRun: true,
      });
      expect(waits).toEqual([250]);
      expect(inner.requests).toHaveLength(2);
    });

    it.each<[string, Step]>([
      ['a reply', replyWith('text')],
      ['a refusal of its own', modelError('bad_request')],
    ])('is tried to the end when there was %s before', async (_name, earlier) => {
      const { ask, inner } = retrying([earlier, ...always(modelError('connection'), 6)]);
      await ask().catch(() => undefined);
      await expect(ask()).rejects.toMatchObject({ failure: 'connection', stopsRun: false });
      expect(inner.requests).toHaveLength(7);
    });

    it('may come up between the first and the second try', async () => {
      const { ask } = retrying([modelError('connection'), replyWith('text')]);
      expect(await ask()).toEqual(replyWith('text'));
    });
  });

  describe('a run that was stopped', () => {
    it('sends nothing', async () => {
      const { ask, inner } = retrying([], { control: stoppedControl() });
      await expect(ask()).rejects.toMatchObject({ failure: 'aborted' });
      expect(inner.requests).toEqual([]);
    });

    it('does not try again after a wait', async () => {
      const control = createRunControl();
      const { ask, inner } = retrying([modelError('overloaded')], {
        control,
        wait: async () => control.stop(),
      });
      await expect(ask()).rejects.toMatchObject({ failure: 'aborted' });
      expect(inner.requests).toHaveLength(1);
    });

    it('hands its signal to the wait, so that nobody waits for nothing', async () => {
      const control = createRunControl();
      const signals: AbortSignal[] = [];
      const { ask } = retrying([modelError('overloaded'), replyWith('text')], {
        control,
        wait: async (_ms, signal) => void signals.push(signal),
      });
      await ask();
      expect(signals).toEqual([control.stopped]);
    });

    it('lets what is in flight arrive, and sends nothing that was queued', async () => {
      const control = createRunControl();
      const source = deferred<ReturnType<typeof replyWith>>();
      const { chat, inner } = retrying([() => source.promise], { control });
      const outcomes = Promise.allSettled([
        chat.reply(sampleRequest(), noSignal),
        chat.reply(sampleRequest(), noSignal),
      ]);
      await settle();
      control.stop();
      source.resolve(replyWith('text'));
      expect(await outcomes).toEqual([
        { status: 'fulfilled', value: replyWith('text') },
        { status: 'rejected', reason: expect.objectContaining({ failure: 'aborted' }) },
      ]);
      expect(inner.requests).toHaveLength(1);
    });
  });
});
