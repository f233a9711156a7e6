import { describe, expect, it } from 'vitest';
import type { ModelFailure } from '../../src/core/errors.ts';
import { createLlmJudge, maxOutputTokens } from '../../src/judge/llm-judge.ts';
import { promptVersion } from '../../src/judge/prompt.ts';
import { keyPointCriteria, sampleMaterial, verdictFor } from '../helpers/sample-material.ts';
import {
  modelError,
  noSignal,
  plainPrices,
  replyWith,
  type Step,
  scriptedModel,
  unknownPrices,
} from '../helpers/scripted-model.ts';

const verdict = verdictFor(keyPointCriteria, '쓰기가 느려지고');
const oneReply = {
  requests: 1,
  inputTokens: 100,
  cachedInputTokens: 40,
  outputTokens: 10,
  costUsd: 60 + 4 + 100,
};
const twoReplies = {
  requests: 2,
  inputTokens: 200,
  cachedInputTokens: 80,
  outputTokens: 20,
  costUsd: 2 * 164,
};

function judgeWith(...script: Step[]) {
  const chat = scriptedModel(script);
  const judge = createLlmJudge({ model: 'judge-1', chat, prices: plainPrices });
  return { chat, judge: (material = sampleMaterial()) => judge.judge(material, noSignal), port: judge };
}

describe('createLlmJudge', () => {
  it('says what it is', () => {
    expect(judgeWith().port).toMatchObject({ kind: 'llm', asked: ['judge-1'], promptVersion, samples: 1 });
  });

  it('brings a verdict with its model, tokens and cost', async () => {
    const { judge, chat } = judgeWith(replyWith(verdict));
    expect(await judge()).toEqual({ verdict, opinions: [], models: ['judge-1-2026'], usage: oneReply });
    expect(chat.requests).toHaveLength(1);
    expect(chat.requests[0]).toMatchObject({ model: 'judge-1', maxOutputTokens, sample: 0 });
  });

  it('hands the signal on', async () => {
    const controller = new AbortController();
    const signals: AbortSignal[] = [];
    const chat = scriptedModel([
      (_request, signal) => {
        signals.push(signal);
        return replyWith(verdict);
      },
    ]);
    const judge = createLlmJudge({ model: 'judge-1', chat, prices: plainPrices });
    await judge.judge(sampleMaterial(), controller.signal);
    expect(signals).toEqual([controller.signal]);
  });

  it('counts a stored reply as no request, with what it once took', async () => {
    const { judge } = judgeWith(replyWith(verdict, { stored: true }));
    expect(await judge()).toEqual({
      verdict,
      opinions: [],
      models: ['judge-1-2026'],
      usage: { ...oneReply, requests: 0 },
    });
  });

  it('does not know the cost where the price is not known', async () => {
    const chat = scriptedModel([replyWith(verdict)]);
    const judge = createLlmJudge({ model: 'own', chat, prices: unknownPrices });
    const judgement = await judge.judge(sampleMaterial(), noSignal);
    expect(judgement.usage.costUsd).toBeNull();
  });

  describe('a reply that cannot be used', () => {
    it('is shown to the model with what is wrong, once', async () => {
      const { judge, chat } = judgeWith(replyWith('Good answer!'), replyWith(verdict));
      expect(await judge()).toEqual({ verdict, opinions: [], models: ['judge-1-2026'], usage: twoReplies });
      const [first, second] = chat.requests;
      expect(second).toEqual({
        ...first,
        messages: [
          ...(first?.messages ?? []),
          { role: 'assistant', content: 'Good answer!' },
          { role: 'user', content: expect.stringContaining('there is no JSON object in the reply') },
        ],
      });
    });

    it('twice leaves the answer ungraded', async () => {
      const { judge } = judgeWith(replyWith('Good!'), replyWith('Really good!'));
      expect(await judge()).toEqual({
        ungraded: 'malformed_reply',
        detail: null,
        models: ['judge-1-2026'],
        usage: twoReplies,
      });
    });

    it('names every model that replied', async () => {
      const { judge } = judgeWith(replyWith('Hm', { model: 'a' }), replyWith(verdict, { model: 'b' }));
      expect(await judge()).toMatchObject({ verdict, models: ['a', 'b'] });
    });
  });

  describe('a reply that was cut off', () => {
    const cut = replyWith('{"criteria":', { finish: { reason: 'length', raw: 'length' } });

    it('is asked for again with twice the room', async () => {
      const { judge, chat } = judgeWith(cut, replyWith(verdict));
      expect(await judge()).toMatchObject({ verdict, usage: twoReplies });
      expect(chat.requests[1]).toEqual({ ...chat.requests[0], maxOutputTokens: 2 * maxOutputTokens });
    });

    it('twice leaves the answer ungraded', async () => {
      const { judge } = judgeWith(cut, cut);
      expect(await judge()).toMatchObject({ ungraded: 'truncated', usage: twoReplies });
    });

    it('is never read, however whole it looks', async () => {
      const whole = { ...cut, text: JSON.stringify(verdict) };
      const { judge } = judgeWith(whole, whole);
      expect(await judge()).toMatchObject({ ungraded: 'truncated' });
    });

    it('and then malformed is not asked for a third time', async () => {
      const { judge, chat } = judgeWith(cut, replyWith('no'));
      expect(await judge()).toMatchObject({ ungraded: 'malformed_reply' });
      expect(chat.requests).toHaveLength(2);
    });
  });

  describe('evidence that does not stand in the answer', () => {
    /** The verdict with these quotes for k1, and other levels where they are given. */
    function quoting(evidence: string[], levels: Readonly<Record<string, string>> = {}) {
      const base = verdictFor(keyPointCriteria, '쓰기가 느려지고', levels);
      const opinion = base.criteria['k1'];
      if (opinion) opinion.evidence = evidence;
      return base;
    }
    const wrong = quoting(['해시 테이블이라서']);
    const corrected = quoting(['키를 정렬해 둔'], { k2: 'partial' });

    it('is shown to the model, whose corrected verdict counts; both requests are paid for', async () => {
      const { judge, chat } = judgeWith(replyWith(wrong), replyWith(corrected, { model: 'judge-1-2027' }));
      expect(await judge()).toEqual({
        verdict: corrected,
        opinions: [],
        models: ['judge-1-2026', 'judge-1-2027'],
        usage: twoReplies,
      });
      const [first, second] = chat.requests;
      expect(second).toEqual({
        ...first,
        messages: [
          ...(first?.messages ?? []),
          { role: 'assistant', content: JSON.stringify(wrong) },
          { role: 'user', content: expect.stringContaining('- k1: not in the answer: "해시 테이블이라서"') },
        ],
      });
    });

    it('that is missing is asked for as well', async () => {
      const { judge, chat } = judgeWith(replyWith(quoting([])), replyWith(corrected));
      expect(await judge()).toMatchObject({ verdict: corrected });
      expect(chat.requests[1]?.messages.at(-1)?.content).toContain(
        '- k1: a level above the lowest, and no quote',
      );
    });

    it('is asked about once: what is still wrong then stays wrong', async () => {
      const still = quoting(['B-tree라서']);
      const { judge, chat } = judgeWith(replyWith(wrong), replyWith(still));
      expect(await judge()).toMatchObject({ verdict: still, usage: twoReplies });
      expect(chat.requests).toHaveLength(2);
    });

    const worse = quoting(['해시']);
    const accuracy = worse.criteria['accuracy'];
    if (accuracy) accuracy.evidence = ['지어낸 말'];
    it.each<[string, Step, number]>([
      ['is worse', replyWith(worse), 2],
      ['is malformed', replyWith('Sorry!'), 2],
      ['is cut off', replyWith(corrected, { finish: { reason: 'length', raw: 'length' } }), 2],
      ['is refused', replyWith(corrected, { finish: { reason: 'refused', raw: 'stop' } }), 2],
      ['fails in passing', modelError('overloaded'), 1],
      ['is a request that the endpoint will not take', modelError('bad_request'), 1],
    ])('leaves the first verdict with its problems where the correction %s', async (_name, step, paid) => {
      const { judge, chat } = judgeWith(replyWith(wrong), step);
      expect(await judge()).toEqual({
        verdict: wrong,
        opinions: [],
        models: ['judge-1-2026'],
        usage: paid === 2 ? twoReplies : oneReply,
        ...(paid === 2 ? {} : { isPartial: true }),
      });
      expect(chat.requests).toHaveLength(2);
    });

    it.each<ModelFailure>(['authentication', 'quota_exhausted', 'over_budget', 'aborted'])(
      'keeps the verdict that is there when the correction meets what stops a run: %s',
      async (failure) => {
        const { judge } = judgeWith(replyWith(wrong), modelError(failure));
        expect(await judge()).toMatchObject({ verdict: wrong, usage: { requests: 1 } });
      },
    );

    it('throws what is no failure of the model', async () => {
      const bug = new RangeError('a bug');
      await expect(judgeWith(replyWith(wrong), bug).judge()).rejects.toBe(bug);
    });

    it.each<[string, Step]>([
      ['malformed', replyWith('Good!')],
      ['cut off', replyWith('{', { finish: { reason: 'length', raw: 'length' } })],
    ])('is corrected also after a reply that was %s: three requests and no more', async (_name, step) => {
      const { judge, chat } = judgeWith(step, replyWith(wrong), replyWith(worse));
      expect(await judge()).toMatchObject({ verdict: wrong, usage: { requests: 3, inputTokens: 300 } });
      expect(chat.requests).toHaveLength(3);
      const [, second, third] = chat.requests;
      expect(third?.messages.slice(0, -2)).toEqual(second?.messages);
      expect(third?.maxOutputTokens).toBe(second?.maxOutputTokens);
    });

    it('is compared with the answer as the model was shown it', async () => {
      const shown = quoting(['정렬[U+200B]해 둔']);
      const { judge, chat } = judgeWith(replyWith(shown));
      const answer = '키를 정렬\u200B해 둔 자료구조라서 쓰기가 느려지고';
      expect(await judge(sampleMaterial({ answer }))).toMatchObject({ verdict: shown });
      expect(chat.requests).toHaveLength(1);
    });
  });

  it('asks for its own sample, varied where there are several, follow-ups included', async () => {
    const chat = scriptedModel([replyWith('Good!'), replyWith(verdict)]);
    const judge = createLlmJudge({ model: 'judge-1', chat, prices: plainPrices, sample: 2, varied: true });
    await judge.judge(sampleMaterial(), noSignal);
    expect(chat.requests.map(({ sample, varied }) => [sample, varied])).toEqual([
      [2, true],
      [2, true],
    ]);
  });

  it.each(['refused', 'filtered'] as const)('does not ask again what was %s', async (reason) => {
    const { judge, chat } = judgeWith(replyWith(verdict, { finish: { reason, raw: reason } }));
    expect(await judge()).toEqual({
      ungraded: reason,
      detail: null,
      models: ['judge-1-2026'],
      usage: oneReply,
    });
    expect(chat.requests).toHaveLength(1);
  });

  it.each<ModelFailure>(['bad_request', 'overloaded', 'rate_limited', 'timeout', 'connection'])(
    'leaves an answer ungraded when its request failed: %s',
    async (failure) => {
      const error = modelError(failure);
      expect(await judgeWith(error).judge()).toEqual({
        ungraded: 'request_failed',
        detail: error.text,
        models: [],
        usage: { requests: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, costUsd: 0 },
      });
    },
  );

  it('keeps count of a first reply when the second request fails', async () => {
    const { judge } = judgeWith(replyWith('Good!'), modelError('overloaded'));
    expect(await judge()).toMatchObject({
      ungraded: 'request_failed',
      models: ['judge-1-2026'],
      usage: oneReply,
    });
  });

  it.each<ModelFailure>([
    'authentication',
    'quota_exhausted',
    'not_found',
    'not_an_api',
    'unreachable',
    'over_budget',
    'aborted',
  ])('throws what every further request would meet: %s', async (failure) => {
    const error = modelError(failure);
    await expect(judgeWith(error).judge()).rejects.toBe(error);
  });

  it('throws what is no failure of the model', async () => {
    const bug = new RangeError('a bug');
    await expect(judgeWith(bug).judge()).rejects.toBe(bug);
  });
});
