import fc from 'fast-check';
import pLimit from 'p-limit';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/core/errors.ts';
import { createBudget, withBudget } from '../../src/judge/budget.ts';
import type { ChatModel, DeliveredReply } from '../../src/judge/chat-model.ts';
import type { PriceList } from '../../src/judge/pricing.ts';
import {
  always,
  characterCounter,
  deferred,
  modelError,
  noSignal,
  plainPrices,
  replyWith,
  type Step,
  sampleRequest,
  scriptedModel,
  settle,
  unknownPrices,
} from '../helpers/scripted-model.ts';

/** A dollar per output token; input is free. */
const outputPrices: PriceList = { costOf: (_model, { outputTokens }) => outputTokens };

function reply(outputTokens: number): DeliveredReply {
  return replyWith('text', { usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens } });
}

function budgeted(inner: ChatModel, maxCostUsd: number, prices = outputPrices) {
  return withBudget(inner, { budget: createBudget(maxCostUsd), prices, countTokens: characterCounter });
}

const ask = (chat: ChatModel, maxOutputTokens: number) =>
  chat.reply(sampleRequest({ maxOutputTokens }), noSignal);

describe('withBudget', () => {
  it('lets requests through that fit, to the last cent', async () => {
    const chat = budgeted(scriptedModel([reply(60), reply(40)]), 100);
    expect(await ask(chat, 60)).toEqual(reply(60));
    expect(await ask(chat, 40)).toEqual(reply(40));
    await expect(ask(chat, 1)).rejects.toMatchObject({ failure: 'over_budget', stopsRun: true });
  });

  it('reckons with what a reply cost, not with what it might have', async () => {
    const chat = budgeted(scriptedModel(always(reply(10), 5)), 100);
    for (let count = 0; count < 5; count += 1) await ask(chat, 60);
    await expect(ask(chat, 60)).rejects.toMatchObject({ failure: 'over_budget' });
  });

  it('reckons with the messages, the schema and the room for the reply', async () => {
    const request = sampleRequest();
    const text = `${request.messages.map(({ content }) => content).join('\n')}${JSON.stringify(request.schema)}`;
    const most = text.length + 10 * request.maxOutputTokens;
    const cheap = reply(0);
    expect(await budgeted(scriptedModel([cheap]), most, plainPrices).reply(request, noSignal)).toEqual(cheap);
    await expect(
      budgeted(scriptedModel([]), most - 1, plainPrices).reply(request, noSignal),
    ).rejects.toMatchObject({ failure: 'over_budget' });
  });

  it('names the limit in both languages', async () => {
    const error = await ask(budgeted(scriptedModel([]), 0.25), 1).catch((thrown: unknown) => thrown);
    if (!(error instanceof ModelError)) throw error;
    expect(error.text.en).toContain('the cost limit of 0.25 USD');
    expect(error.text.ko).toContain('비용 한도 0.25달러');
  });

  it('waits for requests in flight to cost less than feared', async () => {
    const source = deferred<DeliveredReply>();
    const inner = scriptedModel([() => source.promise, reply(60)]);
    const chat = budgeted(inner, 100);
    const replies = Promise.all([ask(chat, 60), ask(chat, 60)]);
    await settle();
    expect(inner.requests).toHaveLength(1);
    source.resolve(reply(40));
    expect(await replies).toEqual([reply(40), reply(60)]);
  });

  it('stops when those in flight cost as much as feared', async () => {
    const source = deferred<DeliveredReply>();
    const inner = scriptedModel([() => source.promise]);
    const chat = budgeted(inner, 100);
    const replies = Promise.allSettled([ask(chat, 60), ask(chat, 60), ask(chat, 60)]);
    await settle();
    source.resolve(reply(60));
    expect((await replies).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('gives back what a failed request had set aside', async () => {
    const error = modelError('bad_request');
    const chat = budgeted(scriptedModel([error, reply(100)]), 100);
    await expect(ask(chat, 100)).rejects.toBe(error);
    expect(await ask(chat, 100)).toEqual(reply(100));
  });

  it('is not held up by fractions of a cent that do not add up', async () => {
    const chat = budgeted(scriptedModel(always(reply(0.1), 10)), 1.0000001);
    await Promise.all(Array.from({ length: 10 }, () => ask(chat, 0.1)));
    await expect(ask(chat, 0.1)).rejects.toMatchObject({ failure: 'over_budget' });
  });

  it('is one limit for several models, each at its own price', async () => {
    const budget = createBudget(100);
    const dear: PriceList = { costOf: (_model, { outputTokens }) => 2 * outputTokens };
    const model = (prices: PriceList, ...script: Step[]) =>
      withBudget(scriptedModel(script), { budget, prices, countTokens: characterCounter });
    const [cheap, costly] = [model(outputPrices, reply(30)), model(dear, reply(30))];
    await ask(cheap, 40);
    await expect(ask(costly, 40)).rejects.toMatchObject({ failure: 'over_budget' });
    await ask(costly, 35);
    await expect(ask(cheap, 11)).rejects.toMatchObject({ failure: 'over_budget' });
  });

  it('makes one model wait for what another has in flight', async () => {
    const budget = createBudget(100);
    const source = deferred<DeliveredReply>();
    const [first, second] = [scriptedModel([() => source.promise]), scriptedModel([reply(60)])].map(
      (inner) => ({
        inner,
        chat: withBudget(inner, { budget, prices: outputPrices, countTokens: characterCounter }),
      }),
    );
    if (!first || !second) throw new Error('two models were made');
    const replies = Promise.all([ask(first.chat, 60), ask(second.chat, 60)]);
    await settle();
    expect(second.inner.requests).toHaveLength(0);
    source.resolve(reply(40));
    expect(await replies).toEqual([reply(40), reply(60)]);
  });

  it('lets everything through when the price is not known', async () => {
    const chat = budgeted(scriptedModel(always(reply(1000), 3)), 0.01, unknownPrices);
    for (let count = 0; count < 3; count += 1) expect(await ask(chat, 1000)).toEqual(reply(1000));
  });

  it('never spends more than its limit, and refuses only what would not have fit', async () => {
    const work = fc.record({ most: fc.nat(50), used: fc.nat(100), fails: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(work, { minLength: 1, maxLength: 15 }),
        fc.nat(200),
        fc.integer({ min: 1, max: 6 }),
        async (scheduler, items, maxCostUsd, concurrency) => {
          let spent = 0;
          const answer = scheduler.scheduleFunction(async (index: number): Promise<DeliveredReply> => {
            const item = items[index] ?? { most: 0, used: 0, fails: false };
            if (item.fails) throw modelError('bad_request');
            const cost = Math.floor((item.most * item.used) / 100);
            // A reply that does not say what it used counts for the most it may have used.
            spent += cost === 0 ? item.most : cost;
            return reply(cost);
          });
          const steps: Step[] = always((request) => answer(request.sample), items.length);
          const chat = budgeted(scriptedModel(steps), maxCostUsd);
          const limit = pLimit(concurrency);
          const outcomes = Promise.allSettled(
            items.map(({ most }, sample) =>
              limit(() => chat.reply(sampleRequest({ maxOutputTokens: most, sample }), noSignal)),
            ),
          );
          await scheduler.waitFor(outcomes);
          const settled = await outcomes;
          expect(spent).toBeLessThanOrEqual(maxCostUsd);
          settled.forEach((outcome, index) => {
            if (outcome.status === 'fulfilled') return;
            const failure = outcome.reason instanceof ModelError ? outcome.reason.failure : 'a bug';
            const item = items[index];
            if (failure === 'over_budget') expect(spent + (item?.most ?? 0)).toBeGreaterThan(maxCostUsd);
            else expect({ failure, fails: item?.fails }).toEqual({ failure: 'bad_request', fails: true });
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
