import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noUsage } from '../../src/core/grade.ts';
import { gradeBatch } from '../../src/judge/grade-batch.ts';
import type { Judge, Judgement, Task } from '../../src/judge/judge.ts';
import { createLlmJudge } from '../../src/judge/llm-judge.ts';
import { withRetries } from '../../src/judge/retry.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { openThrottle } from '../helpers/open-throttle.ts';
import { keyPointCriteria, sampleMaterial, verdictFor } from '../helpers/sample-material.ts';
import {
  always,
  modelError,
  plainPrices,
  replyWith,
  type Step,
  scriptedModel,
  settle,
} from '../helpers/scripted-model.ts';

const verdict = verdictFor(keyPointCriteria, '가람');
const judged: Judgement = { verdict, opinions: [], models: ['judge-1'], usage: noUsage };
const stopped: Judgement = { ungraded: 'stopped', detail: null, models: [], usage: noUsage };

function task(question: number, member = '가람'): Task {
  return {
    member,
    question,
    attempt: 'first',
    material: sampleMaterial({ answer: `${member} ${question}` }),
  };
}

/** A judge that does what a function says. */
function judgeBy(judge: Judge['judge']): Judge {
  return { kind: 'llm', asked: ['judge-1'], promptVersion: 'v1', samples: 1, judge };
}

async function run(tasks: readonly Task[], judge: Judge, control = createRunControl()) {
  const told: [Task, Judgement][] = [];
  const failure = await gradeBatch(tasks, judge, control, 1, (item, judgement) => {
    told.push([item, judgement]);
  });
  return { told, failure, control };
}

describe('gradeBatch', () => {
  it('asks in the order given', async () => {
    const asked: string[] = [];
    const judge = judgeBy(async ({ answer }) => {
      asked.push(answer);
      return judged;
    });
    const { told, failure } = await run([task(10), task(2, '나래'), task(1), task(2)], judge);
    expect(asked).toEqual(['가람 10', '나래 2', '가람 1', '가람 2']);
    expect(told).toHaveLength(4);
    expect(failure).toBeNull();
  });

  it('takes tasks up as others end, never all at once', async () => {
    let [made, ended, most] = [0, 0, 0];
    function* tasks() {
      for (; made < 1000; most = Math.max(most, made - ended)) {
        made += 1;
        yield task(made);
      }
    }
    const judge = judgeBy(async () => {
      await settle();
      return judged;
    });
    await gradeBatch(tasks(), judge, createRunControl(), 10, () => {
      ended += 1;
    });
    expect(ended).toBe(1000);
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThan(100);
  });

  it('takes tasks from where they take their time, in their order', async () => {
    let made = 0;
    async function* tasks() {
      for (; made < 200; await settle()) {
        made += 1;
        yield task(made);
      }
    }
    const asked: string[] = [];
    const told: number[] = [];
    const judge = judgeBy(async ({ answer }) => {
      asked.push(answer);
      return judged;
    });
    const failure = await gradeBatch(tasks(), judge, createRunControl(), 2, ({ question }) => {
      told.push(question);
    });
    expect(asked).toEqual(Array.from({ length: 200 }, (_, index) => `가람 ${index + 1}`));
    expect(told.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(failure).toBeNull();
  });

  it('tells of a task that cannot be fetched, once those under way have come to their end', async () => {
    const bug = new RangeError('the store is gone');
    async function* tasks() {
      yield task(1);
      await settle();
      throw bug;
    }
    const control = createRunControl();
    const told: number[] = [];
    const batch = gradeBatch(
      tasks(),
      judgeBy(async () => {
        await settle();
        await settle();
        return judged;
      }),
      control,
      1,
      ({ question }) => {
        told.push(question);
      },
    );
    await expect(batch).rejects.toBe(bug);
    expect(told).toEqual([1]);
    expect(control.stopped.aborted).toBe(true);
  });

  it('tells of a task that cannot be made, once those under way have come to their end', async () => {
    const bug = new RangeError('a bug');
    function* tasks() {
      yield task(1);
      throw bug;
    }
    const told: number[] = [];
    const batch = gradeBatch(
      tasks(),
      judgeBy(async () => judged),
      createRunControl(),
      1,
      ({ question }) => {
        told.push(question);
      },
    );
    await expect(batch).rejects.toBe(bug);
    expect(told).toEqual([1]);
  });

  it('tells each outcome as soon as it is there', async () => {
    const first = Promise.withResolvers<Judgement>();
    const judge = judgeBy(async ({ answer }) => (answer === '가람 1' ? first.promise : judged));
    const told: number[] = [];
    await gradeBatch([task(1), task(2)], judge, createRunControl(), 1, ({ question }) => {
      told.push(question);
      first.resolve(judged);
    });
    expect(told).toEqual([2, 1]);
  });

  it('hands every judgement on as it is', async () => {
    const failed: Judgement = { ungraded: 'refused', detail: null, models: ['m'], usage: noUsage };
    const judge = judgeBy(async ({ answer }) => (answer === '가람 1' ? failed : judged));
    const [one, two] = [task(1), task(2)];
    const { told } = await run([one, two], judge);
    expect(told).toEqual([
      [one, failed],
      [two, judged],
    ]);
  });

  it('judges nothing when there is nothing', async () => {
    expect(
      await run(
        [],
        judgeBy(async () => judged),
      ),
    ).toMatchObject({ told: [], failure: null });
  });

  it('judges nothing when the run is already stopped', async () => {
    const control = createRunControl();
    control.stop();
    const judge = judgeBy(async () => {
      throw new Error('asked');
    });
    const { told, failure } = await run([task(1), task(2)], judge, control);
    expect(told.map(([, judgement]) => judgement)).toEqual([stopped, stopped]);
    expect(failure).toBeNull();
  });

  /** A judge as it is composed: one request in flight, what the script says. */
  function composed(script: readonly Step[], control = createRunControl()) {
    const chat = withRetries(scriptedModel(script), {
      throttle: openThrottle(1),
      control,
      wait: async () => {},
    });
    return { control, judge: createLlmJudge({ model: 'judge-1', chat, prices: plainPrices }) };
  }

  it('stops at once on a failure that every request would meet, and keeps what was done', async () => {
    const error = modelError('authentication');
    const { judge, control } = composed([replyWith(verdict), ...always(error, 3)]);
    const { told, failure } = await run([task(1), task(2), task(3), task(4)], judge, control);
    // Those that a stop meets come to their end together, in any order.
    told.sort(([a], [b]) => a.question - b.question);
    expect(told.map(([{ question }, judgement]) => [question, 'verdict' in judgement])).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [4, false],
    ]);
    expect(told.slice(1).map(([, judgement]) => judgement)).toEqual([stopped, stopped, stopped]);
    expect(failure).toBe(error);
    expect(control.stopped.aborted).toBe(true);
    expect(control.abandoned.aborted).toBe(false);
  });

  it('goes on after a failure of one request', async () => {
    const { judge, control } = composed([modelError('bad_request'), replyWith(verdict)]);
    const { told, failure } = await run([task(1), task(2)], judge, control);
    expect(told.map(([, judgement]) => 'verdict' in judgement)).toEqual([false, true]);
    expect(failure).toBeNull();
    expect(control.stopped.aborted).toBe(false);
  });

  it('a run that the user stopped has no failure', async () => {
    const control = createRunControl();
    const { judge } = composed(
      [
        () => {
          control.stop();
          return replyWith(verdict);
        },
      ],
      control,
    );
    const { told, failure } = await run([task(1), task(2)], judge, control);
    const verdicts = new Map(told.map(([{ question }, judgement]) => [question, 'verdict' in judgement]));
    expect([verdicts.get(1), verdicts.get(2)]).toEqual([true, false]);
    expect(failure).toBeNull();
  });

  it('gives the judge the signal that abandons requests in flight', async () => {
    const control = createRunControl();
    const judge = judgeBy(async (_material, signal) => {
      control.abandon();
      if (signal.aborted) throw modelError('aborted');
      return judged;
    });
    const { told, failure } = await run([task(1)], judge, control);
    expect(told.map(([, judgement]) => judgement)).toEqual([stopped]);
    expect(failure).toBeNull();
  });

  it('throws a bug, once the others have come to their end', async () => {
    const bug = new RangeError('a bug');
    const judge = judgeBy(async ({ answer }) => {
      if (answer === '가람 1') throw bug;
      return judged;
    });
    const told: number[] = [];
    const batch = gradeBatch([task(1), task(2)], judge, createRunControl(), 1, ({ question }) => {
      told.push(question);
    });
    await expect(batch).rejects.toBe(bug);
    expect(told).toEqual([2]);
  });

  it('throws what goes wrong when an outcome is taken', async () => {
    const full = new Error('disk full');
    const batch = gradeBatch(
      [task(1)],
      judgeBy(async () => judged),
      createRunControl(),
      1,
      () => {
        throw full;
      },
    );
    await expect(batch).rejects.toBe(full);
  });

  it('tells each task its outcome exactly once, whatever happens', async () => {
    const outcome = fc.constantFrom(
      'verdict' as const,
      'ungraded' as const,
      'authentication' as const,
      'quota_exhausted' as const,
      'aborted' as const,
      'stop' as const,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(fc.nat(4), outcome), { maxLength: 12 }),
        async (scheduler, items) => {
          const control = createRunControl();
          const tasks = items.map(([question], index) => ({ ...task(question, String(index)), index }));
          const act = scheduler.scheduleFunction(async (index: number): Promise<Judgement> => {
            const what = items[index]?.[1];
            if (what === 'verdict') return judged;
            if (what === 'ungraded') return { ungraded: 'refused', detail: null, models: [], usage: noUsage };
            if (what !== 'stop') throw modelError(what ?? 'aborted');
            control.stop();
            return judged;
          });
          const told: number[] = [];
          const judge = judgeBy(({ answer }) => act(Number.parseInt(answer, 10)));
          const batch = gradeBatch(tasks, judge, control, 1, ({ index }) => {
            told.push(index);
          });
          await scheduler.waitFor(batch);
          expect(told.toSorted((a, b) => a - b)).toEqual(items.map((_, index) => index));
          const failure = await batch;
          expect(['authentication', 'quota_exhausted', undefined]).toContain(failure?.failure);
          expect(failure === null || control.stopped.aborted).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});
