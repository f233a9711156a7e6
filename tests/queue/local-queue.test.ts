import { afterEach, describe, expect, it } from 'vitest';
import { tries, type WorkQueue } from '../../src/app/work-queue.ts';
import { createLocalQueue } from '../../src/queue/local-queue.ts';
import { describeQueue } from './queue-contract.ts';
import { job, watched } from './watched.ts';

const opened: WorkQueue[] = [];

afterEach(async () => {
  for (const queue of opened.splice(0)) await queue.close();
});

/** Pauses that end at once, noted. */
function noPauses() {
  const pauses: number[] = [];
  const later = (work: () => void, ms: number) => {
    pauses.push(ms);
    let isOff = false;
    queueMicrotask(() => isOff || work());
    return () => {
      isOff = true;
    };
  };
  return { pauses, later };
}

function open(later = noPauses().later, faults: unknown[] = []) {
  const queue = createLocalQueue({ later, onFault: (fault) => faults.push(fault) });
  opened.push(queue);
  return queue;
}

describeQueue(async () => open());

describe('a job that fails in this process', () => {
  it('waits longer each time', async () => {
    const { pauses, later } = noPauses();
    const queue = open(later);
    const { handler, untilGivenUp } = watched({
      async handle() {
        throw new Error('out of order');
      },
    });
    await queue.work(handler, 1);
    await queue.add([job()]);
    await untilGivenUp(1);
    expect(pauses).toEqual([2000, 4000, 8000, 16_000]);
  });

  it('is a fault when nobody can take note, and is told of ever more rarely', async () => {
    const { pauses, later } = noPauses();
    const faults: unknown[] = [];
    const queue = open(later, faults);
    const fault = new Error('nobody at home');
    let told = 0;
    const { handler, untilGivenUp } = watched({
      async handle() {
        throw new Error('out of order');
      },
      async giveUp() {
        told += 1;
        if (told < 4) throw fault;
      },
    });
    await queue.work(handler, 1);
    await queue.add([job()]);
    await untilGivenUp(4);
    expect(faults).toEqual([fault, fault, fault]);
    expect(pauses.slice(tries - 1)).toEqual([60_000, 60_000, 60_000]);
  });

  it('does not go on when the queue is closed while it waits', async () => {
    const offs: string[] = [];
    const works: (() => void)[] = [];
    const paused = Promise.withResolvers<void>();
    const queue = open((work) => {
      works.push(work);
      paused.resolve();
      return () => offs.push('off');
    });
    const { handler, handled } = watched({
      async handle() {
        throw new Error('out of order');
      },
    });
    await queue.work(handler, 1);
    await queue.add([job()]);
    await paused.promise;
    expect(await queue.length()).toBe(1);
    await queue.close();
    expect(offs).toEqual(['off']);
    for (const work of works) work();
    expect(handled).toHaveLength(1);
  });
});
