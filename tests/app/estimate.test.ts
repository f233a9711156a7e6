import { describe, expect, it } from 'vitest';
import { estimateRun } from '../../src/app/estimate.ts';
import { planGrading } from '../../src/app/plan.ts';
import { maxOutputTokens } from '../../src/judge/llm-judge.ts';
import type { PriceList } from '../../src/judge/pricing.ts';
import { buildRequest } from '../../src/judge/prompt.ts';
import { requestKey } from '../../src/judge/request-key.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { sampleChapter, sampleRubric } from '../helpers/sample-material.ts';
import { characterCounter, unknownPrices } from '../helpers/scripted-model.ts';

/** A dollar per input token, a thousand per output token. */
const prices: PriceList = {
  costOf: (_model, { inputTokens, outputTokens }) => inputTokens + 1000 * outputTokens,
};
const planned = planGrading(sampleChapter(), sampleRubric(), 'ko', {}, '03장.md');
const toJudge = planned.filter(({ triage }) => triage.decision === 'judge');

/** A store that has the reply to the nth request. */
function storeWith(...indexes: number[]) {
  const store = createMemoryStore();
  for (const index of indexes) {
    const material = toJudge[index]?.material;
    if (material) store.keepReply(requestKey(buildRequest(material, 'judge-1', 0, maxOutputTokens)), '{}');
  }
  return store;
}

const estimate = (store = createMemoryStore(), fresh = false, list = prices) =>
  estimateRun(planned, 'judge-1', store, list, characterCounter, fresh);

describe('estimateRun', () => {
  it('lists every request that a run would send', () => {
    const { requests, settled, toSend, model } = estimate();
    expect({ settled, toSend, model }).toEqual({ settled: 3, toSend: 3, model: 'judge-1' });
    expect(requests).toEqual(
      toJudge.map(({ member, question, attempt, material }) => ({
        member,
        question,
        attempt,
        stored: false,
        inputTokens: expect.any(Number),
        messages: [
          { role: 'system', content: expect.stringContaining('You grade one answer') },
          { role: 'user', content: expect.stringContaining(material.answer) },
        ],
      })),
    );
  });

  it('adds up tokens: messages and schema in, a usual verdict out', () => {
    const { requests, inputTokens, outputTokens } = estimate();
    expect(inputTokens).toBe(requests.reduce((sum, request) => sum + request.inputTokens, 0));
    for (const { inputTokens: own, messages } of requests)
      expect(own).toBeGreaterThan(messages.reduce((sum, { content }) => sum + content.length, 0));
    expect(outputTokens).toBe(3 * 300 + 120 * (3 + 4 + 4));
  });

  it('says what that costs, and what it costs at most', () => {
    const { inputTokens, outputTokens, costUsd, mostCostUsd } = estimate();
    expect(costUsd).toBe(inputTokens + 1000 * outputTokens);
    expect(mostCostUsd).toBe(inputTokens + 1000 * 3 * maxOutputTokens);
  });

  it('does not count what a kept reply answers', () => {
    const { requests, toSend, inputTokens, outputTokens } = estimate(storeWith(0, 2));
    expect(requests.map(({ stored }) => stored)).toEqual([true, false, true]);
    expect({ toSend, inputTokens, outputTokens }).toEqual({
      toSend: 1,
      inputTokens: requests[1]?.inputTokens,
      outputTokens: 300 + 120 * 4,
    });
  });

  it('costs nothing when every reply is kept', () => {
    expect(estimate(storeWith(0, 1, 2))).toMatchObject({
      toSend: 0,
      inputTokens: 0,
      outputTokens: 0,
      costUsd: 0,
      mostCostUsd: 0,
    });
  });

  it('counts everything when it is to be asked afresh', () => {
    expect(estimate(storeWith(0, 1, 2), true)).toMatchObject({ toSend: 3 });
  });

  it('does not know the cost where the price is not known', () => {
    expect(estimate(createMemoryStore(), false, unknownPrices)).toMatchObject({
      toSend: 3,
      costUsd: null,
      mostCostUsd: null,
    });
  });

  it('is nothing for nothing', () => {
    expect(estimateRun([], 'judge-1', createMemoryStore(), prices, characterCounter, false)).toEqual({
      model: 'judge-1',
      settled: 0,
      requests: [],
      toSend: 0,
      inputTokens: 0,
      outputTokens: 0,
      costUsd: 0,
      mostCostUsd: 0,
    });
  });
});
