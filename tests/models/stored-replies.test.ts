import { describe, expect, it } from 'vitest';
import type { ReplyStore } from '../../src/judge/chat-model.ts';
import { requestKey } from '../../src/judge/request-key.ts';
import { withStoredReplies } from '../../src/models/stored-replies.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import {
  deferred,
  modelError,
  noSignal,
  replyWith,
  sampleRequest,
  scriptedModel,
  settle,
} from '../helpers/scripted-model.ts';

describe('withStoredReplies', () => {
  it('asks once: the second request gets the kept reply', async () => {
    const inner = scriptedModel([replyWith('first')]);
    const chat = withStoredReplies(inner, createMemoryStore(), false);
    expect(await chat.reply(sampleRequest(), noSignal)).toEqual(replyWith('first'));
    expect(await chat.reply(sampleRequest(), noSignal)).toEqual(replyWith('first', { stored: true }));
    expect(inner.requests).toHaveLength(1);
  });

  it('knows a request again whose marker differs', async () => {
    const inner = scriptedModel([replyWith('first')]);
    const chat = withStoredReplies(inner, createMemoryStore(), false);
    const again = sampleRequest({
      nonce: 'ffff9999',
      messages: sampleRequest().messages.map((message) => ({
        ...message,
        content: message.content.replaceAll('0123abcd', 'ffff9999'),
      })),
    });
    await chat.reply(sampleRequest(), noSignal);
    expect(await chat.reply(again, noSignal)).toEqual(replyWith('first', { stored: true }));
  });

  it('asks again where anything that is sent differs', async () => {
    const inner = scriptedModel([replyWith('first'), replyWith('second')]);
    const chat = withStoredReplies(inner, createMemoryStore(), false);
    await chat.reply(sampleRequest(), noSignal);
    expect(await chat.reply(sampleRequest({ sample: 1 }), noSignal)).toEqual(replyWith('second'));
  });

  it('asks afresh when told to, and keeps the new reply', async () => {
    const store = createMemoryStore();
    const inner = scriptedModel([replyWith('old'), replyWith('new')]);
    await withStoredReplies(inner, store, false).reply(sampleRequest(), noSignal);
    expect(await withStoredReplies(inner, store, true).reply(sampleRequest(), noSignal)).toEqual(
      replyWith('new'),
    );
    expect(await withStoredReplies(inner, store, false).reply(sampleRequest(), noSignal)).toEqual(
      replyWith('new', { stored: true }),
    );
  });

  it('has kept a reply before it hands it over', async () => {
    const order: string[] = [];
    const store: ReplyStore = {
      findReply: () => null,
      keepReply: (key, reply) => void order.push(`kept ${key === requestKey(sampleRequest())} ${reply}`),
    };
    const source = deferred<ReturnType<typeof replyWith>>();
    const chat = withStoredReplies(scriptedModel([() => source.promise]), store, false);
    const waiting = chat.reply(sampleRequest(), noSignal).then(() => order.push('returned'));
    await settle();
    expect(order).toEqual([]);
    source.resolve(replyWith('text'));
    await waiting;
    const { stored: _, ...own } = replyWith('text');
    expect(order).toEqual([`kept true ${JSON.stringify(own)}`, 'returned']);
  });

  it('does not hand over a reply that could not be kept', async () => {
    const full = new Error('disk full');
    const store: ReplyStore = {
      findReply: () => null,
      keepReply: () => {
        throw full;
      },
    };
    const chat = withStoredReplies(scriptedModel([replyWith('text')]), store, false);
    await expect(chat.reply(sampleRequest(), noSignal)).rejects.toBe(full);
  });

  it('keeps no failure', async () => {
    const store = createMemoryStore();
    const chat = withStoredReplies(
      scriptedModel([modelError('overloaded'), replyWith('text')]),
      store,
      false,
    );
    await expect(chat.reply(sampleRequest(), noSignal)).rejects.toMatchObject({ failure: 'overloaded' });
    expect(store.findReply(requestKey(sampleRequest()))).toBeNull();
    expect(await chat.reply(sampleRequest(), noSignal)).toEqual(replyWith('text'));
  });

  it('keeps replies that cannot be used as well: they were paid for', async () => {
    const cut = replyWith('{"crit', { finish: { reason: 'length', raw: 'length' } });
    const chat = withStoredReplies(scriptedModel([cut]), createMemoryStore(), false);
    await chat.reply(sampleRequest(), noSignal);
    expect(await chat.reply(sampleRequest(), noSignal)).toEqual({ ...cut, stored: true });
  });
});
