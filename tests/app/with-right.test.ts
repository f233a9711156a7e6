import { describe, expect, it } from 'vitest';
import { withRight } from '../../src/app/with-right.ts';
import type { Job, JobHandler } from '../../src/app/work-queue.ts';

const never = new AbortController().signal;
const job = (portion: number): Job => ({ group: '', run: 1, portion });

/** A handler that notes what it does among the taking and giving back of its right. */
function noted(take: () => Promise<void> = async () => {}) {
  const notes: string[] = [];
  const inner: JobHandler = {
    handle: async ({ portion }) => void notes.push(`job ${portion}`),
    giveUp: async ({ portion }) => void notes.push(`gave up ${portion}`),
  };
  const handler = withRight(inner, {
    async take() {
      await take();
      notes.push('taken');
    },
    giveBack: async () => void notes.push('given back'),
  });
  return { handler, notes };
}

describe('jobs that need a right', () => {
  it('take it once for all that are done at the same moment', async () => {
    const { handler, notes } = noted();
    await Promise.all([handler.handle(job(1), never), handler.handle(job(2), never)]);
    expect(notes).toEqual(['taken', 'job 1', 'job 2', 'given back']);
    await handler.handle(job(3), never);
    await handler.giveUp(job(4), new Error('again'));
    expect(notes.slice(4)).toEqual(['taken', 'job 3', 'given back', 'gave up 4']);
  });

  it('give it back where they fail', async () => {
    const { handler, notes } = noted();
    const failing = withRight(
      { ...handler, handle: () => Promise.reject(new Error('failed')) },
      { take: async () => void notes.push('taken'), giveBack: async () => void notes.push('given back') },
    );
    await expect(failing.handle(job(1), never)).rejects.toThrow('failed');
    expect(notes).toEqual(['taken', 'given back']);
  });

  it('do not wait for it any longer than they are wanted, and leave it to nobody', async () => {
    const free = Promise.withResolvers<void>();
    const { handler, notes } = noted(() => free.promise);
    const closing = new AbortController();
    const waiting = handler.handle(job(1), closing.signal);
    closing.abort();
    await expect(waiting).rejects.toMatchObject({ failure: 'aborted' });
    free.resolve();
    await expect.poll(() => notes).toEqual(['taken', 'given back']);
  });
});
