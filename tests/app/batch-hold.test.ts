import { describe, expect, it } from 'vitest';
import { createHold, type HoldOptions } from '../../src/app/batch-hold.ts';
import { createLlmJudge } from '../../src/judge/llm-judge.ts';
import { nextRequest } from '../../src/judge/next-request.ts';
import { requestKey } from '../../src/judge/request-key.ts';
import { withKeptReplies, withStoredReplies } from '../../src/models/stored-replies.ts';
import { createMemoryBatches } from '../../src/store/memory-batches.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { later } from '../helpers/later.ts';
import { keyPointCriteria, sampleMaterial, verdictFor } from '../helpers/sample-material.ts';
import { noSignal, plainPrices, replyWith, scriptedModel } from '../helpers/scripted-model.ts';

const asked = { model: 'judge-1' };
const sound = replyWith(verdictFor(keyPointCriteria, '쓰기가 느려지고'));
const unsound = replyWith(verdictFor(keyPointCriteria, '어디에도 없는 말'));

function setUp(overrides: Partial<HoldOptions> = {}) {
  const batches = createMemoryBatches();
  const replies = createMemoryStore();
  const chat = scriptedModel([sound]);
  const inner = createLlmJudge({
    model: 'judge-1',
    chat: withStoredReplies(withKeptReplies(chat, replies), replies, false),
    prices: plainPrices,
  });
  const stores = { replies: later(replies), batches: later(batches) };
  const hold = createHold({ ...stores, asked: [asked], storedOnly: false, ...overrides });
  const judge = hold.around(inner);
  const next = async () => {
    const found = await nextRequest(sampleMaterial(), asked, (key) => replies.findReply(key));
    return found ? requestKey(found.request) : '';
  };
  const plan = (key: string) =>
    batches.planBatch({ name: 'judge-1', baseUrl: 'b', label: key, plannedAt: 'p', fresh: false }, [key]);
  return {
    ...{ batches, replies, chat, hold, next, plan },
    judge: () => judge.judge(sampleMaterial(), noSignal),
    port: judge,
  };
}

describe('createHold', () => {
  it('leaves what is in a batch without a grade, asking nobody', async () => {
    const { judge, hold, chat, next, plan } = setUp();
    const id = plan(await next());
    const judgement = await judge();
    expect(judgement).toMatchObject({ ungraded: 'awaiting_reply', usage: { requests: 0, costUsd: 0 } });
    expect('detail' in judgement && judgement.detail?.en).toBe(
      `it is in batch ${id}, which has not been collected yet.`,
    );
    await judge();
    expect(hold.held()).toEqual({ underWay: new Map([[id, 2]]), missing: 0 });
    expect(chat.requests).toEqual([]);
  });

  it('lets through what is in none, or in one that is done', async () => {
    const { judge, hold, next, plan, batches } = setUp();
    const id = plan(await next());
    batches.noteOutcome(id, { at: 'a', replies: 0, unanswered: 1 });
    expect(await judge()).toHaveProperty('verdict');
    expect(hold.held()).toEqual({ underWay: new Map(), missing: 0 });
  });

  it('uses a reply that came another way', async () => {
    const { judge, next, plan, replies, chat } = setUp();
    const key = await next();
    plan(key);
    replies.keepReplies([[key, JSON.stringify(sound)]]);
    expect(await judge()).toHaveProperty('verdict');
    expect(chat.requests).toEqual([]);
  });

  it('holds an answer whose second question is in a batch', async () => {
    const { judge, next, plan, replies, hold } = setUp();
    replies.keepReplies([[await next(), JSON.stringify(unsound)]]);
    plan(await next());
    expect(await judge()).toMatchObject({ ungraded: 'awaiting_reply' });
    expect(hold.held().underWay.size).toBe(1);
  });

  it('holds an answer for the batch of any of several judges', async () => {
    const other = { model: 'judge-2' };
    const { judge, plan } = setUp({ asked: [asked, other] });
    const found = await nextRequest(sampleMaterial(), other, () => null);
    plan(found ? requestKey(found.request) : '');
    expect(await judge()).toMatchObject({ ungraded: 'awaiting_reply' });
  });

  it('where nothing may be sent, holds what has no reply, and lets a reply without a second one pass', async () => {
    const { judge, next, replies, hold, chat } = setUp({ storedOnly: true });
    expect(await judge()).toMatchObject({
      ungraded: 'awaiting_reply',
      detail: { en: 'no reply to it is stored.' },
    });
    expect(hold.held().missing).toBe(1);
    replies.keepReplies([[await next(), JSON.stringify(unsound)]]);
    expect(await judge()).toHaveProperty('verdict');
    expect(hold.held().missing).toBe(1);
    expect(chat.requests).toHaveLength(1);
  });

  it('stays the judge that it is', () => {
    expect(setUp().port).toMatchObject({ kind: 'llm', asked: ['judge-1'], samples: 1 });
  });
});
