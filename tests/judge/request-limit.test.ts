import { describe, expect, it } from 'vitest';
import { createRequestLimit, withRequestLimit } from '../../src/judge/request-limit.ts';
import { withRetries } from '../../src/judge/retry.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { openThrottle } from '../helpers/open-throttle.ts';
import { modelError, noSignal, replyWith, sampleRequest, scriptedModel } from '../helpers/scripted-model.ts';

describe('withRequestLimit', () => {
  it('sends what the limit allows and then no more', async () => {
    const model = withRequestLimit(scriptedModel([replyWith('a'), replyWith('b')]), createRequestLimit(2));
    await model.reply(sampleRequest(), noSignal);
    await model.reply(sampleRequest(), noSignal);
    await expect(model.reply(sampleRequest(), noSignal)).rejects.toMatchObject({
      failure: 'over_budget',
      message: expect.stringContaining('--max-requests 2'),
    });
  });

  it('is one for all models that share it', async () => {
    const limit = createRequestLimit(1);
    const [first, second] = [replyWith('a'), replyWith('b')].map((step) =>
      withRequestLimit(scriptedModel([step]), limit),
    );
    await first?.reply(sampleRequest(), noSignal);
    await expect(second?.reply(sampleRequest(), noSignal)).rejects.toMatchObject({ failure: 'over_budget' });
  });

  it('counts repeated requests too, and stops the run', async () => {
    const control = createRunControl();
    const inner = scriptedModel([modelError('overloaded'), modelError('overloaded')]);
    const model = withRetries(withRequestLimit(inner, createRequestLimit(2)), {
      throttle: openThrottle(1),
      control,
      wait: async () => {},
    });
    await expect(model.reply(sampleRequest(), noSignal)).rejects.toMatchObject({ failure: 'over_budget' });
    expect(inner.requests).toHaveLength(2);
    expect(control.stopped.aborted).toBe(true);
  });
});
