import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../src/judge/chat-model.ts';
import { buildRequest } from '../../src/judge/prompt.ts';
import { requestKey } from '../../src/judge/request-key.ts';
import { coverageCriteria, sampleMaterial } from '../helpers/sample-material.ts';
import { sampleRequest } from '../helpers/scripted-model.ts';

const key = requestKey(sampleRequest());
const [system, user] = sampleRequest().messages as [ChatRequest['messages'][0], ChatRequest['messages'][0]];

describe('requestKey', () => {
  it('is a fingerprint', () => {
    expect(key).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('does not depend on the marker', () => {
    const other = sampleRequest({
      nonce: 'ffff',
      messages: [system, { ...user, content: user.content.replaceAll('0123abcd', 'ffff') }],
    });
    expect(requestKey(other)).toBe(key);
  });

  it('is the same for one material asked about twice', () => {
    const build = () => buildRequest(sampleMaterial(), 'judge-1', { maxOutputTokens: 8000 });
    expect(requestKey(build())).toBe(requestKey(build()));
  });

  it.each<[string, Partial<ChatRequest>]>([
    ['the model', { model: 'judge-2' }],
    ['the instructions', { messages: [{ ...system, content: 'You grade!' }, user] }],
    [
      'the answer',
      { messages: [system, { ...user, content: user.content.replace('an answer', 'a reply') }] },
    ],
    ['a role', { messages: [{ ...system, role: 'user' }, user] }],
    ['one more message', { messages: [system, user, { role: 'assistant', content: '{}' }] }],
    ['the order of messages', { messages: [user, system] }],
    ['the schema', { schema: { name: 'verdict', schema: { type: 'object', required: ['a'] } } }],
    ["the schema's name", { schema: { name: 'other', schema: { type: 'object' } } }],
    ['the room for the reply', { maxOutputTokens: 2000 }],
    ['the sample', { sample: 1 }],
    ['whether replies are to vary', { varied: true }],
  ])('depends on %s', (_name, change) => {
    expect(requestKey(sampleRequest(change))).not.toBe(key);
  });

  it.each<[string, Parameters<typeof sampleMaterial>[0]]>([
    ['question', { question: '다른 질문' }],
    ['model answer', { modelAnswer: '다른 모범답안' }],
    ['answer', { answer: '다른 답' }],
    ['rubric', { criteria: coverageCriteria }],
    ['grading notes', { guide: '예시도 본다' }],
    ['examples', { examples: [{ answer: '답', score: 50, otherQuestion: null }] }],
    ['language', { language: 'en' }],
  ])('depends on the %s', (_name, change) => {
    const build = (overrides: typeof change) =>
      buildRequest(sampleMaterial(overrides), 'judge-1', { maxOutputTokens: 8000 });
    expect(requestKey(build(change))).not.toBe(requestKey(build({})));
  });
});
