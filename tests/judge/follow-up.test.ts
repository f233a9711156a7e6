import { describe, expect, it } from 'vitest';
import { evidenceRequest, formRequest } from '../../src/judge/follow-up.ts';
import { buildRequest } from '../../src/judge/prompt.ts';
import type { ReadReply } from '../../src/judge/read-reply.ts';
import { requestKey } from '../../src/judge/request-key.ts';
import { goodAnswer, keyPointCriteria, sampleMaterial, verdictFor } from '../helpers/sample-material.ts';
import { replyWith } from '../helpers/scripted-model.ts';

const options = { sample: 2, varied: true, endpoint: 'http://models.test/v1', maxOutputTokens: 8000 };
const request = buildRequest(sampleMaterial(), 'judge-1', options);
const verdict = verdictFor(keyPointCriteria, '쓰기가 느려지고');

/** The verdict with other quotes for one criterion. */
function quoting(id: string, ...evidence: string[]) {
  const opinion = verdict.criteria[id];
  if (!opinion) throw new Error(`there is no criterion ${id}`);
  return { ...verdict, criteria: { ...verdict.criteria, [id]: { ...opinion, evidence } } };
}

/** What is said to the model about the evidence of a verdict; null when nothing is. */
function complaintAbout(wrong: typeof verdict, answer = goodAnswer): string | null {
  const next = evidenceRequest(request, replyWith(wrong), wrong, keyPointCriteria, answer);
  return next?.messages.at(-1)?.content ?? null;
}

describe('formRequest', () => {
  const next = (read: ReadReply, text = 'Good!') => formRequest(request, replyWith(text), read);

  it('asks nothing where there is a verdict, or asking again would not help', () => {
    for (const read of [{ verdict }, { failure: 'refused' as const }, { failure: 'filtered' as const }])
      expect(next(read)).toBeNull();
  });

  it('gives a reply that was cut off twice the room, and changes nothing else', () => {
    expect(next({ failure: 'truncated' })).toEqual({ ...request, maxOutputTokens: 16_000 });
  });

  it('shows a malformed reply with what is wrong and the form in full', () => {
    expect(next({ failure: 'malformed_reply', problem: 'k1: there is no level' })).toEqual({
      ...request,
      messages: [
        ...request.messages,
        { role: 'assistant', content: 'Good!' },
        {
          role: 'user',
          content: expect.stringMatching(/k1: there is no level[\s\S]*Its form, as a JSON schema:\n\{.*\}$/u),
        },
      ],
    });
  });
});

describe('evidenceRequest', () => {
  it('asks nothing when all evidence holds', () => {
    expect(complaintAbout(verdict)).toBeNull();
    expect(complaintAbout(quoting('k1', '빨리 찾는다', '“쓰기가” … 저장공간'))).toBeNull();
  });

  it('asks nothing for the lowest level without a quote', () => {
    const lowest = verdictFor(keyPointCriteria, '쓰기가 느려지고', { k1: 'missing', accuracy: 'wrong' });
    expect(complaintAbout(lowest)).toBeNull();
  });

  it('goes on from the reply, as another request of the same kind', () => {
    const wrong = quoting('k1', '해시 테이블');
    expect(evidenceRequest(request, replyWith(wrong), wrong, keyPointCriteria, goodAnswer)).toEqual({
      ...request,
      messages: [
        ...request.messages,
        { role: 'assistant', content: JSON.stringify(wrong) },
        { role: 'user', content: expect.any(String) },
      ],
    });
  });

  it('names each criterion with those of its quotes that are not there', () => {
    const complaint = complaintAbout(quoting('k2', '쓰기가 느려지고', '해시 "테이블"'));
    expect(complaint).toContain('- k2: not in the answer: "해시 \\"테이블\\""\n');
    expect(complaint).not.toContain('쓰기가 느려지고');
    expect(complaint).not.toMatch(/- (?:k1|accuracy|explanation):/u);
  });

  it('names a level above the lowest without a quote', () => {
    expect(complaintAbout(quoting('accuracy'))).toContain(
      '- accuracy: a level above the lowest, and no quote\n',
    );
  });

  it('is the same request again when a kept reply quotes the marker of an earlier one', () => {
    const again = buildRequest(sampleMaterial(), 'judge-1', options);
    const wrong = quoting('k1', `=== answer ${request.nonce} ===`);
    const keys = [request, again].map((first) => {
      const next = evidenceRequest(first, replyWith(wrong), wrong, keyPointCriteria, goodAnswer);
      return next && requestKey(next);
    });
    expect(again.nonce).not.toBe(request.nonce);
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/u);
    expect(keys[1]).toBe(keys[0]);
  });
});
