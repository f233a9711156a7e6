import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../src/judge/chat-model.ts';
import { createLlmJudge } from '../../src/judge/llm-judge.ts';
import { nextRequest } from '../../src/judge/next-request.ts';
import { requestKey } from '../../src/judge/request-key.ts';
import { keyPointCriteria, sampleMaterial, verdictFor } from '../helpers/sample-material.ts';
import { noSignal, plainPrices, replyWith, scriptedModel } from '../helpers/scripted-model.ts';

const sound = replyWith(verdictFor(keyPointCriteria, '쓰기가 느려지고'));
const unsound = replyWith(verdictFor(keyPointCriteria, '어디에도 없는 말'));
const malformed = replyWith('no verdict');
const cutOff = replyWith('{', { finish: { reason: 'length', raw: 'length' } });
const refused = replyWith('', { finish: { reason: 'refused', raw: 'stop' } });

const scripts = {
  'a sound reply': [sound],
  'a refusal': [refused],
  'a quote that is not there': [unsound, sound],
  'a quote that is still not there': [unsound, unsound],
  'a malformed reply': [malformed, sound],
  'a malformed reply, then a bad quote': [malformed, unsound, sound],
  'two malformed replies': [malformed, malformed],
  'a reply that was cut off': [cutOff, unsound, malformed],
};

describe('nextRequest', () => {
  it.each(Object.entries(scripts))('asks what a judge asks after %s', async (_name, script) => {
    const chat = scriptedModel(script);
    const judge = createLlmJudge({ model: 'judge-1', chat, prices: plainPrices });
    await judge.judge(sampleMaterial(), noSignal);

    const kept = new Map<string, string>();
    const asked: ChatRequest[] = [];
    const next = () =>
      nextRequest(sampleMaterial(), { model: 'judge-1' }, async (key) => kept.get(key) ?? null);
    for (let step = await next(); step !== null; step = await next()) {
      expect(step.isFollowUp).toBe(asked.length > 0);
      kept.set(requestKey(step.request), JSON.stringify(script[asked.length]));
      asked.push(step.request);
    }
    expect(asked.map(requestKey)).toEqual(chat.requests.map(requestKey));
  });

  it('tells samples and addresses apart', async () => {
    const keyOf = async (own: object) => {
      const next = await nextRequest(sampleMaterial(), { model: 'judge-1', ...own }, () => null);
      return next && requestKey(next.request);
    };
    const asked = [{}, { sample: 1 }, { varied: true }, { endpoint: 'http://a.test/v1' }];
    const keys = await Promise.all(asked.map(keyOf));
    expect(new Set(keys).size).toBe(4);
  });
});
