import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AtOnce } from '../../src/core/awaitable.ts';
import type { ChatModel, DeliveredReply, ReplyStore } from '../../src/judge/chat-model.ts';
import { requestKey } from '../../src/judge/request-key.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { createReplyClaims, type ReplyClaims } from '../../src/models/reply-claims.ts';
import { withKeptReplies, withStoredReplies } from '../../src/models/stored-replies.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { handClock } from '../helpers/hand-clock.ts';
import { later, scheduled, settleLater } from '../helpers/later.ts';
import {
  deferred,
  modelError,
  noSignal,
  replyWith,
  sampleRequest,
  scriptedModel,
  settle,
} from '../helpers/scripted-model.ts';

/** As it is composed: replies are kept where they are looked for. */
function composed(inner: ChatModel, store: ReplyStore, fresh: boolean, claims?: ReplyClaims): ChatModel {
  return withStoredReplies(withKeptReplies(inner, store), store, fresh, claims);
}

/** Turns a run's clock and lets everything happen that is due then. */
async function pass({ clock }: { clock: ReturnType<typeof handClock> }): Promise<void> {
  clock.tick(500);
  await settleLater();
}

describe.each([
  { kind: 'at once', asKind: (store: AtOnce<ReplyStore>): ReplyStore => store },
  { kind: 'later', asKind: (store: AtOnce<ReplyStore>): ReplyStore => later(store) },
])('with a store that answers $kind', ({ asKind }) => {
  function chatOn(
    inner: ChatModel,
    store: AtOnce<ReplyStore>,
    ...rest: [fresh: boolean, claims?: ReplyClaims]
  ): ChatModel {
    return composed(inner, asKind(store), ...rest);
  }

  describe('withStoredReplies', () => {
    it('asks once: the second request gets the kept reply', async () => {
      const inner = scriptedModel([replyWith('first')]);
      const chat = chatOn(inner, createMemoryStore(), false);
      expect(await chat.reply(sampleRequest(), noSignal)).toEqual(replyWith('first'));
      expect(await chat.reply(sampleRequest(), noSignal)).toEqual(replyWith('first', { stored: true }));
      expect(inner.requests).toHaveLength(1);
    });

    it('knows a request again whose marker differs', async () => {
      const inner = scriptedModel([replyWith('first')]);
      const chat = chatOn(inner, createMemoryStore(), false);
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
      const chat = chatOn(inner, createMemoryStore(), false);
      await chat.reply(sampleRequest(), noSignal);
      expect(await chat.reply(sampleRequest({ sample: 1 }), noSignal)).toEqual(replyWith('second'));
    });

    it('asks afresh when told to, and keeps the new reply', async () => {
      const store = createMemoryStore();
      const inner = scriptedModel([replyWith('old'), replyWith('new')]);
      await chatOn(inner, store, false).reply(sampleRequest(), noSignal);
      expect(await chatOn(inner, store, true).reply(sampleRequest(), noSignal)).toEqual(replyWith('new'));
      expect(await chatOn(inner, store, false).reply(sampleRequest(), noSignal)).toEqual(
        replyWith('new', { stored: true }),
      );
    });

    it('has kept a reply before it hands it over', async () => {
      const order: string[] = [];
      const store = {
        ...createMemoryStore(),
        keepReplies: (entries: readonly (readonly [string, string])[]) => {
          for (const [key, reply] of entries)
            order.push(`kept ${key === requestKey(sampleRequest())} ${reply}`);
        },
      };
      const source = deferred<ReturnType<typeof replyWith>>();
      const chat = chatOn(scriptedModel([() => source.promise]), store, false);
      const waiting = chat.reply(sampleRequest(), noSignal).then(() => order.push('returned'));
      await settleLater();
      expect(order).toEqual([]);
      source.resolve(replyWith('text'));
      await waiting;
      const { stored: _, ...own } = replyWith('text');
      expect(order).toEqual([`kept true ${JSON.stringify(own)}`, 'returned']);
    });

    it('does not hand over a reply that could not be kept', async () => {
      const full = new Error('disk full');
      const store = {
        ...createMemoryStore(),
        keepReplies: () => {
          throw full;
        },
      };
      const chat = chatOn(scriptedModel([replyWith('text')]), store, false);
      await expect(chat.reply(sampleRequest(), noSignal)).rejects.toBe(full);
    });

    it('keeps no failure', async () => {
      const store = createMemoryStore();
      const chat = chatOn(scriptedModel([modelError('overloaded'), replyWith('text')]), store, false);
      await expect(chat.reply(sampleRequest(), noSignal)).rejects.toMatchObject({ failure: 'overloaded' });
      expect(store.findReply(requestKey(sampleRequest()))).toBeNull();
      expect(await chat.reply(sampleRequest(), noSignal)).toEqual(replyWith('text'));
    });

    it('keeps replies that cannot be used as well: they were paid for', async () => {
      const cut = replyWith('{"crit', { finish: { reason: 'length', raw: 'length' } });
      const chat = chatOn(scriptedModel([cut]), createMemoryStore(), false);
      await chat.reply(sampleRequest(), noSignal);
      expect(await chat.reply(sampleRequest(), noSignal)).toEqual({ ...cut, stored: true });
    });
  });

  describe('equal requests at the same time', () => {
    /** A model whose replies come when the test says so, and three equal requests to it. */
    function askThrice(fresh = false, store: AtOnce<ReplyStore> = createMemoryStore()) {
      const [first, second, third] = [
        deferred<DeliveredReply>(),
        deferred<DeliveredReply>(),
        deferred<DeliveredReply>(),
      ];
      const sources = [first, second, third];
      const inner = scriptedModel(
        sources.map(
          ({ promise }) =>
            () =>
              promise,
        ),
      );
      const chat = chatOn(inner, store, fresh);
      const replies = Promise.allSettled(sources.map(() => chat.reply(sampleRequest(), noSignal)));
      const outcomes = async () =>
        (await replies).map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason));
      return { inner, chat, first, second, outcomes };
    }

    it('are asked once: the others get the reply as a kept one', async () => {
      const { inner, first, outcomes } = askThrice();
      first.resolve(replyWith('text'));
      const kept = replyWith('text', { stored: true });
      expect(await outcomes()).toEqual([replyWith('text'), kept, kept]);
      expect(inner.requests).toHaveLength(1);
    });

    it('try one after the other when the first fails', async () => {
      const { inner, first, second, outcomes } = askThrice();
      await settleLater();
      expect(inner.requests).toHaveLength(1);
      first.reject(modelError('overloaded'));
      await settleLater();
      expect(inner.requests).toHaveLength(2);
      second.resolve(replyWith('text'));
      expect(await outcomes()).toEqual([
        modelError('overloaded'),
        replyWith('text'),
        replyWith('text', { stored: true }),
      ]);
      expect(inner.requests).toHaveLength(2);
    });

    it('fail together where the reply cannot be kept: the next would be lost as well', async () => {
      const full = new Error('disk full');
      const keepReplies = () => {
        throw full;
      };
      const { inner, first, outcomes } = askThrice(false, { ...createMemoryStore(), keepReplies });
      first.resolve(replyWith('text'));
      expect(await outcomes()).toEqual([full, full, full]);
      expect(inner.requests).toHaveLength(1);
    });

    it('are asked once afresh, too, and once in a run', async () => {
      const store = createMemoryStore();
      await chatOn(scriptedModel([replyWith('old')]), store, false).reply(sampleRequest(), noSignal);
      const { chat, inner, first, outcomes } = askThrice(true, store);
      first.resolve(replyWith('new'));
      const kept = replyWith('new', { stored: true });
      expect(await outcomes()).toEqual([replyWith('new'), kept, kept]);
      expect(await chat.reply(sampleRequest(), noSignal)).toEqual(kept);
      expect(inner.requests).toHaveLength(1);
    });

    it('do not keep those that differ waiting', async () => {
      const { inner, chat } = askThrice();
      void chat.reply(sampleRequest({ sample: 1 }), noSignal);
      await settleLater();
      expect(inner.requests.map(({ sample }) => sample)).toEqual([0, 1]);
    });
  });

  describe('runs on one store', () => {
    /** A run of its own on a store that others use too, with a clock that the test turns. */
    function runOn(store: AtOnce<ReplyStore>, run: string, { fresh = false } = {}) {
      const clock = handClock();
      const control = createRunControl();
      const source = deferred<DeliveredReply>();
      const inner = scriptedModel([() => source.promise]);
      const claims = createReplyClaims({
        store: asKind(store),
        run,
        stopped: control.stopped,
        ...clock.options,
      });
      const chat = chatOn(inner, store, fresh, claims);
      return { clock, control, source, inner, ask: () => chat.reply(sampleRequest(), noSignal) };
    }

    function twoRuns(options?: { fresh: boolean }) {
      const store = createMemoryStore();
      return { store, one: runOn(store, 'one', options), other: runOn(store, 'other', options) };
    }

    const key = requestKey(sampleRequest());

    it('ask once: the one that waits gets the reply as a kept one', async () => {
      const { one, other } = twoRuns();
      const [mine, yours] = [one.ask(), other.ask()];
      await settleLater();
      one.source.resolve(replyWith('text'));
      expect(await mine).toEqual(replyWith('text'));
      await pass(other);
      expect(await yours).toEqual(replyWith('text', { stored: true }));
      expect(other.inner.requests).toEqual([]);
    });

    it('ask in turn when the first fails', async () => {
      const { one, other } = twoRuns();
      const [mine, yours] = [one.ask(), other.ask()];
      await settleLater();
      one.source.reject(modelError('bad_request'));
      await expect(mine).rejects.toMatchObject({ failure: 'bad_request' });
      await pass(other);
      other.source.resolve(replyWith('text'));
      expect(await yours).toEqual(replyWith('text'));
    });

    it('renew a kept reply once', async () => {
      const { store, one, other } = twoRuns({ fresh: true });
      store.keepReplies([[key, JSON.stringify(replyWith('same'))]]);
      const [mine, yours] = [one.ask(), other.ask()];
      await settleLater();
      one.source.resolve(replyWith('same'));
      await mine;
      await pass(other);
      expect(await yours).toEqual(replyWith('same', { stored: true }));
      expect(other.inner.requests).toEqual([]);
      expect(store.timesKept(key)).toBe(2);
    });

    it('ask in turn, afresh, when the first fails: the old reply is not taken for a new one', async () => {
      const { store, one, other } = twoRuns({ fresh: true });
      store.keepReplies([[key, JSON.stringify(replyWith('old'))]]);
      const [mine, yours] = [one.ask(), other.ask()];
      await settleLater();
      one.source.reject(modelError('timeout'));
      await expect(mine).rejects.toMatchObject({ failure: 'timeout' });
      await pass(other);
      other.source.resolve(replyWith('new'));
      expect(await yours).toEqual(replyWith('new'));
    });

    it('do not keep each other from kept replies', async () => {
      const store = createMemoryStore();
      store.keepReplies([[key, JSON.stringify(replyWith('old'))]]);
      const [renewing, reading] = [runOn(store, 'one', { fresh: true }), runOn(store, 'other')];
      const renewed = renewing.ask();
      expect(await reading.ask()).toEqual(replyWith('old', { stored: true }));
      renewing.source.resolve(replyWith('new'));
      await renewed;
    });

    it('have given back what they claimed last when its reply is there', async () => {
      const { store, one } = twoRuns();
      one.source.resolve(replyWith('text'));
      await one.ask();
      expect(store.claimReplies([key], 'other', one.clock.options.now())).toEqual(new Set([key]));
    });

    it('end while they wait when they are stopped', async () => {
      const { one, other } = twoRuns();
      const [mine, yours] = [one.ask(), other.ask()];
      await settleLater();
      other.control.stop();
      await expect(yours).rejects.toMatchObject({ failure: 'aborted' });
      one.source.resolve(replyWith('text'));
      expect(await mine).toEqual(replyWith('text'));
    });

    it.each(['claimReplies', 'beat'] as const)(
      'ask nothing when the database fails at %s',
      async (method) => {
        const full = new Error('disk full');
        const failing = () => {
          throw full;
        };
        const { ask, inner, clock } = runOn({ ...createMemoryStore(), [method]: failing }, 'one');
        await expect(ask()).rejects.toBe(full);
        expect(inner.requests).toEqual([]);
        expect(clock.isTicking()).toBe(false);
      },
    );
  });
});

describe('with a store that takes its time', () => {
  it.each([false, true])(
    'a request is asked once, however long the store takes (afresh: %s)',
    async (fresh) => {
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.array(fc.tuple(fc.boolean(), fc.nat(1)), { maxLength: 8 }),
          fc.boolean(),
          async (scheduler, wishes, hasClaims) => {
            const shared = { clock: handClock(), control: createRunControl() };
            const whole = createMemoryStore();
            for (const sample of [0, 1])
              if (fresh)
                whole.keepReplies([
                  [requestKey(sampleRequest({ sample })), JSON.stringify(replyWith('old'))],
                ]);
            const store = scheduled(whole, scheduler);
            const asked: string[] = [];
            const inner: ChatModel = {
              async reply({ sample }) {
                asked.push(`asked for ${sample}`);
                await scheduler.schedule(Promise.resolve(), 'the reply');
                return replyWith('new');
              },
            };
            const chatOf = (run: string) =>
              composed(
                inner,
                store,
                fresh,
                hasClaims
                  ? createReplyClaims({
                      store,
                      run,
                      stopped: shared.control.stopped,
                      ...shared.clock.options,
                    })
                  : undefined,
              );
            const [own, second] = [chatOf('one'), chatOf('other')];
            let done = 0;
            const replies = wishes.map(async ([isOwn, sample]) => {
              // Runs that renew replies one after the other renew them twice, as they should.
              const chat = isOwn || !hasClaims || fresh ? own : second;
              const { text } = await chat.reply(sampleRequest({ sample }), noSignal);
              done += 1;
              return text;
            });
            for (let round = 0; round < 60 && done < wishes.length; round += 1) {
              await scheduler.waitIdle();
              // Replies are gathered for a turn before they are kept.
              await settle();
              shared.clock.tick(500);
            }
            expect(done).toBe(wishes.length);
            expect(await Promise.all(replies)).toEqual(wishes.map(() => 'new'));
            expect(asked.toSorted()).toEqual(
              [...new Set(wishes.map(([, sample]) => `asked for ${sample}`))].toSorted(),
            );
          },
        ),
        { numRuns: 150 },
      );
    },
  );
});
