import { describe, expect, it } from 'vitest';
import { noUsage } from '../../src/core/grade.ts';
import { createMeter, withMeter } from '../../src/judge/meter.ts';
import { type PriceList, pricedUsage } from '../../src/judge/pricing.ts';
import {
  modelError,
  noSignal,
  plainPrices,
  replyWith,
  sampleRequest,
  scriptedModel,
  unknownPrices,
} from '../helpers/scripted-model.ts';

describe('withMeter', () => {
  it('has spent nothing at first', () => {
    expect(createMeter().spent()).toEqual(noUsage);
  });

  it('adds up replies, their tokens and cost', async () => {
    const meter = createMeter();
    const chat = withMeter(scriptedModel([replyWith('a'), replyWith('b')]), meter, plainPrices);
    expect(await chat.reply(sampleRequest(), noSignal)).toEqual(replyWith('a'));
    await chat.reply(sampleRequest(), noSignal);
    expect(meter.spent()).toEqual({
      requests: 2,
      inputTokens: 200,
      cachedInputTokens: 80,
      outputTokens: 20,
      costUsd: 328,
    });
  });

  it('adds up several models, each at its own price', async () => {
    const meter = createMeter();
    const dear: PriceList = { costOf: () => 1000 };
    for (const prices of [plainPrices, dear])
      await withMeter(scriptedModel([replyWith('a')]), meter, prices).reply(sampleRequest(), noSignal);
    expect(meter.spent()).toMatchObject({ requests: 2, inputTokens: 200, costUsd: 164 + 1000 });
  });

  it('counts no request that brought no reply', async () => {
    const meter = createMeter();
    const chat = withMeter(scriptedModel([modelError('overloaded')]), meter, plainPrices);
    await chat.reply(sampleRequest(), noSignal).catch(() => undefined);
    expect(meter.spent()).toEqual(noUsage);
  });

  it('does not know the cost once one price was not known', async () => {
    const meter = createMeter();
    const chat = withMeter(scriptedModel([replyWith('a')]), meter, unknownPrices);
    await chat.reply(sampleRequest(), noSignal);
    expect(meter.spent()).toMatchObject({ requests: 1, costUsd: null });
  });
});

describe('pricedUsage', () => {
  it('is the usage with its cost and the number of requests', () => {
    const usage = { inputTokens: 30, cachedInputTokens: 10, outputTokens: 2 };
    expect(pricedUsage(plainPrices, 'm', usage, 0)).toEqual({ requests: 0, ...usage, costUsd: 20 + 1 + 20 });
  });
});
