import { expect, it } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import type { ChatModel } from '../../src/judge/chat-model.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { withLastingClaims } from '../../src/models/lasting-claims.ts';
import { createReplyClaims } from '../../src/models/reply-claims.ts';
import { withKeptReplies, withStoredReplies } from '../../src/models/stored-replies.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { handClock } from '../helpers/hand-clock.ts';
import { settleLater } from '../helpers/later.ts';
import { replyWith, sampleRequest, scriptedModel } from '../helpers/scripted-model.ts';

const { signal } = new AbortController();

/** A run whose requests wait for a place after they were claimed, and whose way to the store can be cut. */
function runOn(store: ReturnType<typeof createMemoryStore>, run: string) {
  const clock = handClock();
  const place = Promise.withResolvers<void>();
  const asked = scriptedModel([replyWith('text')]);
  let isCut = false;
  const claims = createReplyClaims({
    store: {
      ...store,
      beat(name, now) {
        if (isCut) throw new StoreError({ ko: '끊겼습니다.', en: 'cut off.' });
        store.beat(name, now);
      },
    },
    run,
    stopped: createRunControl().stopped,
    ...clock.options,
  });
  const kept = withKeptReplies(withLastingClaims(asked, claims), store);
  const placed: ChatModel = {
    async reply(request, ended) {
      await place.promise;
      return kept.reply(request, ended);
    },
  };
  const chat = withStoredReplies(placed, store, false, claims);
  return {
    asked,
    claims,
    place,
    ask: () => chat.reply(sampleRequest(), signal),
    cut: (now: boolean) => {
      isCut = now;
    },
    async pass(ms: number) {
      clock.tick(ms);
      await settleLater();
    },
  };
}

it('a claim lasts as long as its run shows that it is alive', async () => {
  const one = runOn(createMemoryStore(), 'one');
  await one.claims.take('key');
  for (let second = 0; second < 20; second += 1) await one.pass(1000);
  expect(one.claims.areLasting()).toBe(true);
  one.cut(true);
  for (let second = 0; second < 10; second += 1) await one.pass(1000);
  expect(one.claims.areLasting()).toBe(false);
  one.cut(false);
  await one.pass(1000);
  expect(one.claims.areLasting()).toBe(true);
});

it('what another run took over from one that was cut off is not asked again when its turn comes', async () => {
  const store = createMemoryStore();
  const [one, other] = [runOn(store, 'one'), runOn(store, 'other')];
  other.place.resolve();
  const mine = one.ask();
  await settleLater();
  one.cut(true);
  const yours = other.ask();
  for (let second = 0; second < 20; second += 1) {
    await one.pass(1000);
    await other.pass(1000);
  }
  expect(await yours).toEqual(replyWith('text'));
  one.cut(false);
  one.place.resolve();
  await settleLater();
  for (let second = 0; second < 3; second += 1) await one.pass(1000);
  expect(await mine).toEqual(replyWith('text', { stored: true }));
  expect(one.asked.requests).toEqual([]);
});
