import { describe, expect, it } from 'vitest';
import { estimateRun, offlineRemakes } from '../../src/app/estimate.ts';
import { planGrading } from '../../src/app/plan.ts';
import type { ChangeCause } from '../../src/core/changes.ts';
import type { Grade } from '../../src/core/grade.ts';
import { maxOutputTokens } from '../../src/judge/llm-judge.ts';
import { baselineVersion } from '../../src/judge/offline-judge.ts';
import type { PriceList } from '../../src/judge/pricing.ts';
import { buildRequest, promptVersion } from '../../src/judge/prompt.ts';
import { requestKey } from '../../src/judge/request-key.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { later } from '../helpers/later.ts';
import { sampleChapter, sampleGrade, sampleRubric } from '../helpers/sample-material.ts';
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
    if (material)
      store.keepReplies([[requestKey(buildRequest(material, 'judge-1', { maxOutputTokens })), '{}']]);
  }
  return store;
}

const estimate = (store = createMemoryStore(), fresh = false, list = prices) =>
  estimateRun(planned, {
    models: [{ model: 'judge-1', prices: list, endpoint: undefined }],
    samples: 1,
    replies: later(store),
    countTokens: characterCounter,
    fresh,
    earlier: [],
  });

describe('estimateRun', () => {
  it('lists every request that a run would send', async () => {
    const { requests, settled, toSend, models } = await estimate();
    expect({ settled, toSend, models }).toEqual({ settled: 3, toSend: 3, models: ['judge-1'] });
    expect(requests).toEqual(
      toJudge.map(({ member, question, attempt, material }) => ({
        member,
        question,
        attempt,
        model: 'judge-1',
        stored: false,
        causes: ['new'],
        inputTokens: expect.any(Number),
        messages: [
          { role: 'system', content: expect.stringContaining('You grade one answer') },
          { role: 'user', content: expect.stringContaining(material.answer) },
        ],
      })),
    );
  });

  it('adds up tokens: messages and schema in, a usual verdict out', async () => {
    const { requests, inputTokens, outputTokens } = await estimate();
    expect(inputTokens).toBe(requests.reduce((sum, request) => sum + request.inputTokens, 0));
    for (const { inputTokens: own, messages } of requests)
      expect(own).toBeGreaterThan(messages.reduce((sum, { content }) => sum + content.length, 0));
    expect(outputTokens).toBe(3 * 300 + 120 * (3 + 4 + 4));
  });

  it('says what that costs, and what it costs at most', async () => {
    const { inputTokens, outputTokens, costUsd, mostCostUsd } = await estimate();
    expect(costUsd).toBe(inputTokens + 1000 * outputTokens);
    expect(mostCostUsd).toBe(inputTokens + 1000 * 3 * maxOutputTokens);
  });

  it('does not count what a kept reply answers', async () => {
    const { requests, toSend, inputTokens, outputTokens } = await estimate(storeWith(0, 2));
    expect(requests.map(({ stored }) => stored)).toEqual([true, false, true]);
    expect({ toSend, inputTokens, outputTokens }).toEqual({
      toSend: 1,
      inputTokens: requests[1]?.inputTokens,
      outputTokens: 300 + 120 * 4,
    });
  });

  it('costs nothing when every reply is kept', async () => {
    expect(await estimate(storeWith(0, 1, 2))).toMatchObject({
      toSend: 0,
      inputTokens: 0,
      outputTokens: 0,
      costUsd: 0,
      mostCostUsd: 0,
    });
  });

  it('counts everything when it is to be asked afresh', async () => {
    expect(await estimate(storeWith(0, 1, 2), true)).toMatchObject({ toSend: 3 });
  });

  it('does not know the cost where the price is not known', async () => {
    expect(await estimate(createMemoryStore(), false, unknownPrices)).toMatchObject({
      toSend: 3,
      costUsd: null,
      mostCostUsd: null,
    });
  });

  it('is nothing for nothing', async () => {
    const context = {
      replies: later(createMemoryStore()),
      countTokens: characterCounter,
      fresh: false,
      earlier: [],
    };
    const models = [{ model: 'judge-1', prices, endpoint: undefined }];
    expect(await estimateRun([], { ...context, models, samples: 1 })).toEqual({
      models: ['judge-1'],
      settled: 0,
      settledRemakes: [],
      requests: [],
      toSend: 0,
      inputTokens: 0,
      outputTokens: 0,
      costUsd: 0,
      mostCostUsd: 0,
    });
  });
});

describe('estimateRun for a panel', () => {
  const models = [
    { model: 'a', prices, endpoint: undefined },
    { model: 'b', prices: unknownPrices, endpoint: undefined },
  ];
  const context = { models, samples: 2, countTokens: characterCounter, fresh: false, earlier: [] };

  it('counts each sample of each model as a request of its own', async () => {
    const {
      requests,
      toSend,
      models: asked,
      costUsd,
    } = await estimateRun(planned, { ...context, replies: later(createMemoryStore()) });
    expect(asked).toEqual(['a', 'b']);
    expect(toSend).toBe(3 * 4);
    expect(requests.slice(0, 4).map(({ model, question }) => [model, question])).toEqual([
      ['a', 2],
      ['a', 2],
      ['b', 2],
      ['b', 2],
    ]);
    expect(costUsd).toBeNull();
  });

  it('knows a kept reply by model and sample', async () => {
    const store = createMemoryStore();
    const material = toJudge[0]?.material;
    if (!material) throw new Error('there is something to judge');
    const request = buildRequest(material, 'a', { sample: 1, varied: true, maxOutputTokens });
    store.keepReplies([[requestKey(request), '{}']]);
    const { requests } = await estimateRun(planned, { ...context, replies: later(store) });
    expect(requests.map(({ stored }) => stored).slice(0, 4)).toEqual([false, true, false, false]);
    expect(requests.filter(({ stored }) => stored)).toHaveLength(1);
  });
});

describe('estimateRun for a model at an address of its own', () => {
  const [first] = toJudge;
  const storedAt = async (kept: string | undefined, asked: string | undefined) => {
    if (!first) throw new Error('there is something to judge');
    const store = createMemoryStore();
    const request = buildRequest(first.material, 'judge-1', { endpoint: kept, maxOutputTokens });
    store.keepReplies([[requestKey(request), '{}']]);
    const { requests } = await estimateRun(planned, {
      models: [{ model: 'judge-1', prices, endpoint: asked }],
      samples: 1,
      replies: later(store),
      countTokens: characterCounter,
      fresh: false,
      earlier: [],
    });
    return requests[0]?.stored;
  };

  it.each<[string | undefined, string | undefined, boolean]>([
    ['http://a.test/v1', 'http://a.test/v1', true],
    ['http://a.test/v1', 'http://b.test/v1', false],
    ['http://a.test/v1', undefined, false],
    [undefined, 'http://a.test/v1', false],
  ])('a reply kept from %s, asked of %s', async (kept, asked, expected) => {
    expect(await storedAt(kept, asked)).toBe(expected);
  });
});

describe('what code settles', () => {
  const [settled, ...others] = planned.filter(({ triage }) => triage.decision !== 'judge');
  if (!settled) throw new Error('there is something to settle');
  const { member, question, attempt, answerHash, referenceHash, criteriaHash } = settled;
  const judge = { ...sampleGrade().judge, kind: 'triage' as const };
  const last = sampleGrade({ member, question, attempt, answerHash, referenceHash, criteriaHash, judge });
  const remakesAfter = async (...earlier: Grade[]) => {
    const { settledRemakes } = await estimateRun(planned, {
      models: [{ model: 'judge-1', prices, endpoint: undefined }],
      samples: 1,
      replies: later(createMemoryStore()),
      countTokens: characterCounter,
      fresh: false,
      earlier,
    });
    return settledRemakes;
  };

  it('is graded again where it was graded otherwise', async () => {
    expect(await remakesAfter({ ...last, answerHash: 'other', referenceHash: 'other' })).toEqual([
      { member, question, attempt, causes: ['answer', 'model_answer'] },
    ]);
  });

  it('is not where nothing has changed, or there was no grade', async () => {
    expect(others).not.toEqual([]);
    expect(await remakesAfter(last)).toEqual([]);
    expect(await remakesAfter()).toEqual([]);
  });
});

describe('why an attempt would be graded again', () => {
  const [first] = toJudge;
  if (!first) throw new Error('there is something to judge');
  const { member, question, attempt, answerHash, referenceHash, criteriaHash } = first;
  const judge = { ...sampleGrade().judge, asked: ['judge-1'], promptVersion };
  const last = sampleGrade({ member, question, attempt, answerHash, referenceHash, criteriaHash, judge });
  const causesAfter = async (grade: Grade, samples = 1) => {
    const { requests } = await estimateRun(planned, {
      models: [{ model: 'judge-1', prices, endpoint: undefined }],
      samples,
      replies: later(createMemoryStore()),
      countTokens: characterCounter,
      fresh: false,
      earlier: [grade],
    });
    return requests[0]?.causes;
  };

  it.each<[string, Grade, ChangeCause[]]>([
    ['nothing has changed', last, []],
    ['the answer', { ...last, answerHash: 'other' }, ['answer']],
    ['the model answer', { ...last, referenceHash: 'other' }, ['model_answer']],
    ['the rubric', { ...last, criteriaHash: 'other' }, ['rubric']],
    ['the prompt', { ...last, judge: { ...judge, promptVersion: 'v0' } }, ['prompt']],
    ['the model', { ...last, judge: { ...judge, asked: ['judge-0'] } }, ['model']],
    ['it has none yet', { ...last, member: '라온' }, ['new']],
  ])('%s', async (_name, grade, expected) => {
    expect(await causesAfter(grade)).toEqual(expected);
  });

  it('it was asked for another number of samples', async () => {
    expect(await causesAfter(last, 3)).toEqual(['model']);
  });

  it('the baseline, of every attempt', () => {
    const baseline = { ...judge, kind: 'offline' as const, asked: [], promptVersion: baselineVersion };
    const remakes = offlineRemakes(planned, [{ ...last, judge: baseline, criteriaHash: 'other' }]);
    expect(remakes).toEqual(
      planned.map((item) => ({
        member: item.member,
        question: item.question,
        attempt: item.attempt,
        causes: item === first ? ['rubric'] : ['new'],
      })),
    );
    const [same] = offlineRemakes([first], [{ ...last, judge: baseline }]);
    expect(same?.causes).toEqual([]);
  });
});
