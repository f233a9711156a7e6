import { describe, expect, it } from 'vitest';
import { tries, type WorkQueue } from '../../src/app/work-queue.ts';
import { InputError } from '../../src/core/errors.ts';
import { job, watched } from './watched.ts';

const [first, second, third] = [job({ portion: 1 }), job({ portion: 2 }), job({ portion: 3 })];

/** What every queue must do with jobs that fail. */
export function describeFailures(open: () => Promise<WorkQueue>): void {
  describe('a job that fails', () => {
    it('is tried again, and that is all when it succeeds', async () => {
      const queue = await open();
      let failures = 0;
      const { handler, handled, givenUp, untilHandled } = watched({
        async handle({ portion }) {
          if (portion !== 1 || failures === 2) return;
          failures += 1;
          throw new Error('out of order');
        },
      });
      await queue.work(handler, 1);
      await queue.add([first]);
      await untilHandled(3);
      await queue.add([second]);
      await untilHandled(4);
      expect(handled).toEqual([first, first, first, second]);
      expect(givenUp).toEqual([]);
    });

    it('waits meanwhile, and is not added again', async () => {
      const queue = await open();
      const { handler, untilHandled, untilGivenUp, handled } = watched({
        async handle({ portion }) {
          if (portion !== 1) return;
          await queue.add([first]);
          throw new Error('out of order');
        },
      });
      await queue.work(handler, 1);
      await queue.add([first]);
      await untilGivenUp(1);
      await queue.add([second]);
      await untilHandled(tries + 1);
      expect(handled).toEqual([...Array(tries).fill(first), second]);
    });

    it(`is given up after ${tries} tries, with what a person is told`, async () => {
      const queue = await open();
      const error = new InputError({ ko: '2번 문제가 없습니다.', en: 'there is no question 2.' });
      const { handler, handled, givenUp, untilGivenUp } = watched({
        async handle() {
          throw error;
        },
      });
      await queue.work(handler, 2);
      await queue.add([first]);
      await untilGivenUp(1);
      expect(handled).toEqual(Array(tries).fill(first));
      expect(givenUp).toEqual([{ job: first, error: expect.objectContaining({ text: error.text }) }]);
    });

    it('is given up with the message of a fault of ours', async () => {
      const queue = await open();
      const { handler, givenUp, untilGivenUp } = watched({
        async handle() {
          throw new TypeError('undefined is not a function');
        },
      });
      await queue.work(handler, 1);
      await queue.add([first]);
      await untilGivenUp(1);
      expect(givenUp[0]?.error).toMatchObject({ message: 'undefined is not a function' });
      expect(givenUp[0]?.error).not.toHaveProperty('text');
    });

    it('is given up again where nobody could take note', async () => {
      const queue = await open();
      let isOut = true;
      const { handler, handled, givenUp, untilGivenUp } = watched({
        async handle() {
          throw new Error('out of order');
        },
        async giveUp() {
          const wasOut = isOut;
          isOut = false;
          if (wasOut) throw new Error('nobody at home');
        },
      });
      await queue.work(handler, 1);
      await queue.add([first]);
      await untilGivenUp(2);
      expect(handled).toHaveLength(tries);
      expect(givenUp.map((given) => given.job)).toEqual([first, first]);
    });

    it('does not keep others from being done', async () => {
      const queue = await open();
      const { handler, handled, untilGivenUp } = watched({
        async handle({ portion }) {
          if (portion === 1) throw new Error('out of order');
        },
      });
      await queue.work(handler, 1);
      await queue.add([first, second, third]);
      await untilGivenUp(1);
      expect(handled).toEqual(expect.arrayContaining([second, third]));
    });
  });
}
