import { describe, expect, it } from 'vitest';
import type { WorkQueue } from '../../src/app/work-queue.ts';
import { describeFailures } from './failures-contract.ts';
import { held, job, watched } from './watched.ts';

const [first, second, third] = [job({ portion: 1 }), job({ portion: 2 }), job({ portion: 3 })];

/**
 * What every queue must do.
 * @param open a new, empty queue that does not make those wait whose job failed, closed after the test
 */
export function describeQueue(open: () => Promise<WorkQueue>): void {
  describe('jobs', () => {
    it('of one turn are handed out first in, first out', async () => {
      const queue = await open();
      const added = [8, 7, 9].map((run) => job({ run }));
      for (const one of added) await queue.add([one]);
      const { handler, handled, untilHandled } = watched();
      await queue.work(handler, 1);
      await untilHandled(3);
      expect(handled).toEqual(added);
    });

    it('of a long run let a later one have its turns', async () => {
      const queue = await open();
      const long = [0, 1, 2, 3].map((portion) => job({ portion }));
      const [whole, ...short] = [null, 0, 1].map((portion) => job({ group: 'writers', portion }));
      await queue.add(long);
      const { handler, handled, untilHandled } = watched({
        async handle(taken) {
          if (taken === handled[1] && whole) await queue.add([whole]);
          if (taken.group === 'writers' && taken.portion === null) await queue.add(short);
        },
      });
      await queue.work(handler, 1);
      await untilHandled(7);
      expect(handled).toEqual([...long.slice(0, 2), whole, ...short, ...long.slice(2)]);
    });

    it('are handed out when they are added to a queue that is worked on', async () => {
      const queue = await open();
      const { handler, handled, untilHandled } = watched();
      await queue.work(handler, 1);
      await queue.add([first]);
      await untilHandled(1);
      await queue.add([second]);
      await untilHandled(2);
      expect(handled).toEqual([first, second]);
    });

    it('may be added by one of them', async () => {
      const queue = await open();
      const whole = job({ portion: null });
      let [now, most] = [0, 0];
      const { handler, handled, untilHandled } = watched({
        async handle({ portion }) {
          now += 1;
          most = Math.max(most, now);
          if (portion === null) await queue.add([first, second]);
          now -= 1;
        },
      });
      await queue.work(handler, 1);
      await queue.add([whole]);
      await untilHandled(3);
      expect(new Set(handled)).toEqual(new Set([whole, first, second]));
      expect(most).toBe(1);
    });

    it('are added once while they wait', async () => {
      const queue = await open();
      await queue.add([first, second]);
      await queue.add([first]);
      await queue.add([second, third, third]);
      expect(await queue.length()).toBe(3);
      const { handler, handled, untilHandled } = watched();
      await queue.work(handler, 1);
      await queue.add([job({ portion: 4 })]);
      await untilHandled(4);
      expect(handled.map(({ portion }) => portion).sort()).toEqual([1, 2, 3, 4]);
    });

    it('are not added while they are at work, and again when they are done', async () => {
      const queue = await open();
      const gate = held();
      const { handler, handled, untilHandled } = watched(gate);
      await queue.work(handler, 1);
      await queue.add([first]);
      await untilHandled(1);
      await queue.add([first, second]);
      expect(await queue.length()).toBe(1);
      gate.letGo(1);
      await untilHandled(2);
      await queue.add([first]);
      gate.letGo(2);
      await untilHandled(3);
      gate.letGo(1);
      expect(handled).toEqual([first, second, first]);
    });

    it('of other groups, other runs and a whole run are others', async () => {
      const queue = await open();
      const jobs = [
        job(),
        job({ portion: null }),
        job({ run: 8 }),
        job({ group: 'writers' }),
        job({ group: 'readers/7' }),
      ];
      await queue.add(jobs);
      const { handler, handled, untilHandled } = watched();
      await queue.work(handler, 1);
      await untilHandled(jobs.length);
      expect(handled).toEqual(expect.arrayContaining(jobs));
    });

    it('are at work as many at a time as is said, each ending by itself', async () => {
      const queue = await open();
      const gate = held();
      const { handler, handled, untilHandled } = watched(gate);
      await queue.add([first, second, third]);
      await queue.work(handler, 2);
      await untilHandled(2);
      expect(await queue.length()).toBe(1);
      const [, later] = handled;
      gate.letGo(later?.portion ?? null);
      await untilHandled(3);
      expect(gate.most()).toBe(2);
      for (const { portion } of handled) gate.letGo(portion);
    });
  });

  describeFailures(open);

  describe('the end', () => {
    it('is told to those at work and waits for them, and no other job is taken', async () => {
      const queue = await open();
      const steps: string[] = [];
      const { handler, handled, untilHandled } = watched({
        async handle(_, signal) {
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
          steps.push('told');
          await new Promise<void>((resolve) => setImmediate(resolve));
          steps.push('left');
          throw new Error('not finished');
        },
      });
      await queue.work(handler, 1);
      await queue.add([first]);
      await untilHandled(1);
      await queue.add([second]);
      await queue.close();
      expect(steps).toEqual(['told', 'left']);
      expect(handled).toEqual([first]);
    });

    it('comes although nobody works', async () => {
      const queue = await open();
      await queue.add([first]);
      await queue.close();
      await queue.close();
    });

    it('is not told before it comes', async () => {
      const queue = await open();
      const isTold: boolean[] = [];
      const { handler, untilHandled } = watched({
        async handle(_, signal) {
          isTold.push(signal.aborted);
        },
      });
      await queue.work(handler, 1);
      await queue.add([first, second]);
      await untilHandled(2);
      expect(isTold).toEqual([false, false]);
    });
  });

  it('tells how many jobs wait', async () => {
    const queue = await open();
    expect(await queue.length()).toBe(0);
    for (const added of [first, second, third]) await queue.add([added]);
    expect(await queue.length()).toBe(3);
    const gate = held();
    const { handler, untilHandled } = watched(gate);
    await queue.work(handler, 1);
    await untilHandled(1);
    expect(await queue.length()).toBe(2);
    gate.letGo(1);
    await untilHandled(2);
    expect(await queue.length()).toBe(1);
    gate.letGo(2);
    await untilHandled(3);
    expect(await queue.length()).toBe(0);
    gate.letGo(3);
  });
}
