import { describe, expect, it } from 'vitest';
import { type CollectRequest, collectBatches, collectUntilDone } from '../../src/app/batch-collect.ts';
import { createMemoryBatches } from '../../src/store/memory-batches.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { later } from '../helpers/later.ts';
import { modelError, noSignal } from '../helpers/scripted-model.ts';
import { batchReply, repliedLine, scriptedProvider } from '../helpers/scripted-provider.ts';

const at = '2026-11-02T00:00:00.000Z';

/** A provider with a batch for each list of keys. */
async function handedOver(...keys: string[][]) {
  return handedOverAs(false, ...keys);
}

async function handedOverAs(fresh: boolean, ...keys: string[][]) {
  const provider = scriptedProvider();
  const batches = createMemoryBatches();
  const replies = createMemoryStore();
  for (const [index, own] of keys.entries()) {
    const plan = {
      name: 'judge-1',
      baseUrl: 'https://models.test/v1',
      label: `l${index}`,
      plannedAt: at,
      fresh,
    };
    const id = batches.planBatch(plan, own);
    batches.noteUpload(id, `in-${id}`);
    batches.noteBatch(id, (await provider.create(`in-${id}`, `l${index}`, noSignal)).id);
  }
  const request: CollectRequest = {
    batches: later(batches),
    replies: later(replies),
    providerOf: async () => provider,
    signal: noSignal,
    now: () => new Date(at),
  };
  return { provider, batches, replies, request, collect: () => collectBatches(request) };
}

describe('collectBatches', () => {
  it('stores replies as they are, marked as paid for in a batch, in whatever order they come', async () => {
    const { provider, replies, collect } = await handedOver(['a', 'b']);
    const other = { ...batchReply, text: 'other' };
    provider.end('batch-1', 'completed', [repliedLine('b', other), repliedLine('a')]);
    const { collected } = await collect();
    expect(collected).toMatchObject([
      { record: { outcome: { at, replies: 2, unanswered: 0 } }, reasons: [], problem: null },
    ]);
    expect(JSON.parse(replies.findReply('a') ?? '')).toEqual({ ...batchReply, tier: 'batch' });
    expect(JSON.parse(replies.findReply('b') ?? '')).toEqual({ ...other, tier: 'batch' });
  });

  it('counts why requests have none: refused, unreadable, no result', async () => {
    const { provider, replies, collect } = await handedOver(['a', 'b', 'c', 'd', 'e']);
    const refused = (key: string) => ({ custom_id: key, error: { code: 'bad', message: 'No.' } });
    const output = [repliedLine('a'), repliedLine('b', { odd: true })];
    provider.end('batch-1', 'expired', output, [refused('c'), refused('d')]);
    const { collected } = await collect();
    expect(collected[0]?.reasons).toEqual([
      { reason: 'bad: No.', count: 2 },
      { reason: 'unreadable', count: 1 },
      { reason: 'no result', count: 1 },
    ]);
    expect(collected[0]?.record.outcome).toEqual({ at, replies: 1, unanswered: 4 });
    expect(replies.findReply('b')).toBeNull();
  });

  it('passes over lines that are not of the batch, and what is no line at all', async () => {
    const { provider, replies, collect } = await handedOver(['a']);
    provider.end('batch-1', 'completed', [repliedLine('z'), { nothing: 1 }, repliedLine('a')]);
    await collect();
    expect(replies.findReply('z')).toBeNull();
    expect(replies.findReply('a')).not.toBeNull();
  });

  it('leaves a reply that is there already', async () => {
    const { provider, replies, collect } = await handedOver(['a']);
    replies.keepReplies([['a', 'direct']]);
    provider.end('batch-1', 'completed', [repliedLine('a')]);
    const { collected } = await collect();
    expect(replies.findReply('a')).toBe('direct');
    expect(collected[0]?.record.outcome).toMatchObject({ replies: 1, unanswered: 0 });
  });

  it('puts the replies of a batch that asks anew in place of those that are kept', async () => {
    const { provider, replies, collect } = await handedOverAs(true, ['a']);
    replies.keepReplies([['a', 'earlier']]);
    provider.end('batch-1', 'completed', [repliedLine('a')]);
    await collect();
    expect(JSON.parse(replies.findReply('a') ?? '')).toMatchObject(batchReply);
  });

  it('names the requests that have no reply', async () => {
    const { provider, collect } = await handedOver(['a', 'b', 'c']);
    provider.end('batch-1', 'completed', [repliedLine('b')]);
    expect((await collect()).collected[0]?.unanswered).toEqual(['a', 'c']);
  });

  it('writes replies to the disk in groups, the last one too', async () => {
    const keys = Array.from({ length: 1201 }, (_, index) => `key-${index}`);
    const { provider, replies, collect } = await handedOver(keys);
    provider.end(
      'batch-1',
      'completed',
      keys.map((key) => repliedLine(key)),
    );
    const sizes: number[] = [];
    const { keepReplies } = replies;
    replies.keepReplies = (entries) => {
      sizes.push(entries.length);
      keepReplies(entries);
    };
    expect((await collect()).collected[0]?.record.outcome).toMatchObject({ replies: 1201 });
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1201);
    expect(Math.max(...sizes)).toBeLessThan(1201);
  });

  it('has stored every reply before the batch counts as collected', async () => {
    const { provider, batches, replies, collect } = await handedOver(['a', 'b']);
    provider.end('batch-1', 'completed', [repliedLine('a')], [{ custom_id: 'b', error: {} }]);
    const { lines } = provider;
    let files = 0;
    provider.lines = async function* broken(...given) {
      files += 1;
      if (files === 2) throw modelError('connection');
      yield* lines(...given);
    };
    expect(await collect()).toMatchObject({
      collected: [],
      troubles: [{ error: { failure: 'connection' } }],
    });
    expect(replies.findReply('a')).not.toBeNull();
    expect(batches.batches()[0]?.outcome).toBeNull();
    provider.lines = lines;
    expect(await collect()).toMatchObject({ collected: [{ record: { outcome: { replies: 1 } } }] });
  });

  it('collects a batch once', async () => {
    const { provider, collect } = await handedOver(['a']);
    provider.end('batch-1', 'completed', [repliedLine('a')]);
    await collect();
    const calls = provider.calls.length;
    expect(await collect()).toEqual({ collected: [], running: [], unfinished: [], troubles: [] });
    expect(provider.calls).toHaveLength(calls);
  });

  it('goes on with the others when one cannot be reached', async () => {
    const { provider, collect } = await handedOver(['a'], ['b'], ['c']);
    provider.end('batch-2', 'completed', [repliedLine('b')]);
    provider.failNext('retrieve', modelError('overloaded'));
    const { collected, running, troubles } = await collect();
    expect(collected.map(({ record }) => record.id)).toEqual([2]);
    expect(running.map(({ id }) => id)).toEqual([3]);
    expect(troubles.map(({ record }) => record.id)).toEqual([1]);
  });

  it('is over when it is given up, or when a reply cannot be stored', async () => {
    const { provider, batches, replies, collect } = await handedOver(['a']);
    provider.failNext('retrieve', modelError('aborted'));
    await expect(collect()).rejects.toMatchObject({ failure: 'aborted' });
    provider.end('batch-1', 'completed', [repliedLine('a')]);
    replies.keepReplies = () => {
      throw new Error('disk full');
    };
    await expect(collect()).rejects.toThrow('disk full');
    expect(batches.batches()[0]?.outcome).toBeNull();
  });

  it('names batches that were never handed over', async () => {
    const { batches, collect } = await handedOver();
    batches.planBatch({ name: 'n', baseUrl: 'b', label: 'l', plannedAt: at, fresh: false }, ['a']);
    expect(await collect()).toMatchObject({ unfinished: [{ id: 1, state: 'planned' }] });
  });
});

describe('collectUntilDone', () => {
  it('looks again after pauses that grow, until every batch has ended', async () => {
    const { provider, replies, request } = await handedOver(['a'], ['b']);
    const pauses: number[] = [];
    const told: number[] = [];
    const result = await collectUntilDone(request, {
      pause: async (ms) => {
        pauses.push(ms);
        if (pauses.length === 2) provider.end('batch-2', 'completed', [repliedLine('b')]);
        if (pauses.length === 3) provider.failNext('retrieve', modelError('overloaded'));
        if (pauses.length === 15) provider.end('batch-1', 'completed', [repliedLine('a')]);
      },
      isOver: () => false,
      onWait: ({ running }) => told.push(running.length),
    });
    expect(pauses.slice(0, 3)).toEqual([5_000, 7_500, 11_250]);
    expect(pauses.at(-1)).toBe(300_000);
    expect(pauses).toHaveLength(15);
    expect(told.slice(0, 3)).toEqual([2, 2, 1]);
    expect(result.collected.map(({ record }) => record.id)).toEqual([2, 1]);
    expect([replies.findReply('a'), replies.findReply('b')]).not.toContain(null);
  });

  it('ends when waiting is over', async () => {
    const { request } = await handedOver(['a']);
    let isOver = false;
    const pause = async () => {
      isOver = true;
    };
    const result = await collectUntilDone(request, { pause, isOver: () => isOver });
    expect(result.running).toHaveLength(1);
  });

  it('does not wait for what will not pass', async () => {
    const { provider, request } = await handedOver(['a']);
    provider.failNext('retrieve', modelError('authentication'));
    const pause = () => Promise.reject(new Error('waited'));
    const result = await collectUntilDone(request, { pause, isOver: () => false });
    expect(result.troubles).toMatchObject([{ error: { failure: 'authentication' } }]);
  });
});
