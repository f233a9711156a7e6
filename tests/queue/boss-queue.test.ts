import { expect, it } from 'vitest';
import { type Job, tries } from '../../src/app/work-queue.ts';
import { InputError } from '../../src/core/errors.ts';
import { openBossQueue } from '../../src/queue/boss-queue.ts';
import { describePostgres } from '../helpers/postgres.ts';
import { bossQueues } from './boss-queues.ts';
import { describeQueue } from './queue-contract.ts';
import { job, watched } from './watched.ts';

/** A handler that never ends by itself, told when it begins. */
function endless() {
  const begun = Promise.withResolvers<AbortSignal>();
  return {
    begun: begun.promise,
    handle: (_: Job, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('not finished')));
        begun.resolve(signal);
      }),
  };
}

async function outOfOrder(): Promise<void> {
  throw new Error('out of order');
}

describePostgres('a queue in PostgreSQL', (database) => {
  const queues = bossQueues(database);

  it('is installed by the first of several that start at once', async () => {
    const [one, other] = await Promise.all([queues.open(), queues.open()]);
    await one?.add([job()]);
    expect(await other?.length()).toBe(1);
    expect(queues.faults).toEqual([]);
  });

  it('is not opened where no server is, which is said', async () => {
    const nowhere = new URL(database.address());
    nowhere.port = '1';
    const opening = openBossQueue(nowhere.href, { onFault: () => undefined });
    await expect(opening).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  describeQueue(queues.open);
});

describePostgres('several queues in one PostgreSQL', (database) => {
  const queues = bossQueues(database);

  it('have each job once, whoever adds it at the same moment, in whatever order', async () => {
    const [one, other] = await Promise.all([queues.open(), queues.open()]);
    const jobs = Array.from({ length: 200 }, (_, portion) => job({ portion }));
    await Promise.all([
      one.add(jobs),
      other.add(jobs.toReversed()),
      one.add(jobs.toReversed()),
      other.add(jobs),
    ]);
    expect(await one.length()).toBe(200);
    expect(queues.faults).toEqual([]);
  });

  it('hand each job to one worker, whoever adds it again meanwhile', async () => {
    const [one, other] = await Promise.all([queues.open(), queues.open()]);
    const jobs = Array.from({ length: 100 }, (_, run) => job({ run }));
    const last = watched();
    const busy = watched({ handle: () => other.add(jobs.slice(50)) });
    await one.add(jobs);
    await Promise.all([one.work(busy.handler, 3), other.work(last.handler, 3)]);
    const done = () => [...busy.handled, ...last.handled].map(({ run }) => run);
    // What is added again when it was done is done again, so that more than 100 may be handed out.
    while (new Set(done()).size < 100) await Promise.race([busy.untilNext(), last.untilNext()]);
    await Promise.all([one.close(), other.close()]);
    expect(done().filter((run) => run < 50)).toHaveLength(50);
    expect(queues.faults).toEqual([]);
  });

  it('pass on at once what a worker leaves that ends, and do not count it', async () => {
    const [one, other] = await Promise.all([queues.open(), queues.open()]);
    const { begun, handle } = endless();
    await one.work(watched({ handle }).handler, 1);
    await one.add([job()]);
    await begun;
    await one.close();
    expect(await other.length()).toBe(1);
    const { handler, handled, untilGivenUp } = watched({ handle: outOfOrder });
    await other.work(handler, 1);
    await untilGivenUp(1);
    expect(handled).toEqual(Array(tries).fill(job()));
  });

  it('count what failed before a worker left it', async () => {
    const [one, other] = await Promise.all([queues.open(), queues.open()]);
    const { begun, handle } = endless();
    let failures = 0;
    const leaving = watched({
      async handle(taken, signal) {
        failures += 1;
        if (failures <= 2) return outOfOrder();
        return handle(taken, signal);
      },
    });
    await one.work(leaving.handler, 1);
    await one.add([job()]);
    await begun;
    await one.close();
    const { handler, handled, untilGivenUp } = watched({ handle: outOfOrder });
    await other.work(handler, 1);
    await untilGivenUp(1);
    expect(handled).toHaveLength(tries - 2);
  });
});

describePostgres('a job in PostgreSQL', (database) => {
  const queues = bossQueues(database);
  /** When this one is begun by the only worker, what became of the one before stands in the database. */
  const next = job({ portion: 1 });

  it('waits after a failure, longer each time', async () => {
    const queue = await queues.open({ pauseSeconds: { first: 30, longest: 600 } });
    const { handler, untilHandled } = watched({ handle: outOfOrder });
    await queue.work(handler, 1);
    await queue.add([job()]);
    await queue.add([next]);
    await untilHandled(2);
    const [row] = await queues.rows(
      `state::text, retry_backoff, start_after > now() + interval '20 s' AS waits`,
    );
    expect(row).toEqual({ state: 'retry', retry_backoff: true, waits: true });
  });

  it('keeps of a failure no more than what is said of it', async () => {
    const queue = await queues.open({ pauseSeconds: { first: 30, longest: 600 } });
    const text = { ko: '2번 문제가 없습니다.', en: 'there is no question 2.' };
    const { handler, untilHandled } = watched({
      async handle() {
        throw new InputError(text, { place: { file: 'Ada.md' }, cause: new Error('Ada wrote: …') });
      },
    });
    await queue.work(handler, 1);
    await queue.add([job()]);
    await queue.add([next]);
    await untilHandled(2);
    const [row] = await queues.rows('data, output');
    expect(row).toEqual({ data: job(), output: { message: text.en, text } });
  });

  it('shows that its worker is alive', async () => {
    const queue = await queues.open({ lookSeconds: 600, beatSeconds: 0.05 });
    const { begun, handle } = endless();
    await queue.work(watched({ handle }).handler, 1);
    await queue.add([job()]);
    await begun;
    await queues.change(`heartbeat_on = now() - interval '1 hour'`);
    const isSilent = async () => {
      const [row] = await queues.rows(`heartbeat_on < now() - interval '1 minute' AS silent`);
      return (row as { silent: boolean }).silent;
    };
    while (await isSilent());
    expect(await queue.length()).toBe(0);
  });

  it('is left by a worker that has lost it, to whoever has it now', async () => {
    const queue = await queues.open({ lookSeconds: 600, beatSeconds: 0.05 });
    const { begun, handle } = endless();
    const { handler, untilHandled } = watched({
      handle: (taken, signal) => (taken.portion === 0 ? handle(taken, signal) : Promise.resolve()),
    });
    await queue.work(handler, 1);
    await queue.add([job()]);
    const signal = await begun;
    // As when another worker has taken it.
    await queues.change('retry_count = retry_count + 1');
    await queue.add([next]);
    await untilHandled(2);
    expect(signal.aborted).toBe(true);
    await queue.close();
    expect(await queues.rows('state::text, retry_count')).toEqual([
      { state: 'active', retry_count: 1 },
      { state: 'completed', retry_count: 0 },
    ]);
  });
});
