import { expect, test } from 'vitest';
import { type AskedOfModel, withWatch } from '../../src/judge/watched-model.ts';
import {
  modelError,
  noSignal,
  plainPrices,
  replyWith,
  type Step,
  sampleRequest,
  scriptedModel,
} from '../helpers/scripted-model.ts';

/** Asks once; each look at the clock is half a second later. */
async function ask(step: Step) {
  const told: AskedOfModel[] = [];
  let time = 0;
  const clock = () => {
    time += 500;
    return time;
  };
  const model = withWatch(scriptedModel([step]), plainPrices, clock, (asked) => told.push(asked));
  const outcome = await model.reply(sampleRequest(), noSignal).catch((error: unknown) => error);
  return { told, outcome };
}

const usage = { requests: 1, inputTokens: 100, cachedInputTokens: 40, outputTokens: 10, costUsd: 164 };

test.each([
  ['stop', 'replied'],
  ['length', 'truncated'],
  ['filtered', 'filtered'],
  ['refused', 'refused'],
] as const)('a reply that ended by %s is told as %s, with what it cost', async (reason, outcome) => {
  const reply = replyWith('text', { finish: { reason, raw: 'whatever' } });
  const asked = await ask(reply);
  expect(asked.outcome).toBe(reply);
  expect(asked.told).toEqual([{ model: 'judge-1', outcome, seconds: 0.5, usage }]);
});

test.each([
  [modelError('overloaded'), 'overloaded'],
  [new Error('an answer'), 'fault'],
])('%s is passed on, and told as %s', async (error, outcome) => {
  const asked = await ask(error);
  expect(asked.outcome).toBe(error);
  expect(asked.told).toEqual([{ model: 'judge-1', outcome, seconds: 0.5, usage: null }]);
});
