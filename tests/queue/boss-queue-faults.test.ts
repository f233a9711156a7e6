import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { GraderError } from '../../src/core/errors.ts';
import { openBossQueue } from '../../src/queue/boss-queue.ts';
import { describePostgres } from '../helpers/postgres.ts';
import { type Cluster, startCluster } from '../helpers/postgres-cluster.ts';
import { patience } from '../helpers/run-cli.ts';
import { bossQueues } from './boss-queues.ts';
import { job, watched } from './watched.ts';

describePostgres('a worker that is killed', (database) => {
  const queues = bossQueues(database);

  /** A worker has the job, and is killed; nothing was heard of it since long ago. */
  async function killOneAtWork() {
    const worker = fork(new URL('./endless-worker.ts', import.meta.url), [database.address()], {
      execArgv: [],
    });
    const [taken] = await once(worker, 'message');
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    await queues.change(`heartbeat_on = now() - interval '1 minute'`);
    return taken;
  }

  it('loses its job to another', { timeout: patience }, async () => {
    const queue = await queues.open({ lookSeconds: 1 });
    await queue.add([job()]);
    expect(await killOneAtWork()).toEqual(job());
    const { handler, handled, givenUp, untilHandled } = watched();
    await queue.work(handler, 1);
    await untilHandled(1);
    expect(handled).toEqual([job()]);
    expect(givenUp).toEqual([]);
  });

  it('at the last try has the job given up', { timeout: patience }, async () => {
    const queue = await queues.open({ lookSeconds: 1 });
    await queue.add([job()]);
    await queues.change('retry_limit = 0');
    await killOneAtWork();
    const { handler, handled, givenUp, untilGivenUp } = watched();
    await queue.work(handler, 1);
    await untilGivenUp(1);
    expect(handled).toEqual([]);
    expect(givenUp).toEqual([{ job: job(), error: expect.any(GraderError) }]);
    expect(String(givenUp[0]?.error)).toContain('each worker that did it ended');
  });
});

const { programs, missing } = inject('postgres');

describe.skipIf(programs === null)(
  `a PostgreSQL that is stopped${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let cluster: Cluster | null = null;

    afterEach(() => cluster?.remove(), patience);

    it('is worked with again once it is back', { timeout: 2 * patience }, async () => {
      cluster = await startCluster(programs ?? '', tmpdir());
      let onFault = () => {};
      const queue = await openBossQueue(cluster.address, {
        onFault: () => onFault(),
        times: { beatSeconds: 0.5 },
      });
      const end = Promise.withResolvers<void>();
      const { handler, handled, untilHandled } = watched({
        handle: ({ portion }) => (portion === 0 ? end.promise : Promise.resolve()),
      });
      await queue.work(handler, 2);
      await queue.add([job()]);
      await untilHandled(1);
      const fault = new Promise<void>((resolve) => {
        onFault = resolve;
      });
      cluster.stop('immediate');
      await fault;
      await expect(queue.add([job({ portion: 1 })])).rejects.toThrow();
      cluster.start();
      const isAdded = () =>
        queue.add([job({ portion: 1 })]).then(
          () => true,
          () => false,
        );
      while (!(await isAdded()));
      await untilHandled(2);
      end.resolve();
      await queue.close();
      expect(handled).toEqual([job(), job({ portion: 1 })]);
      const again = await openBossQueue(cluster.address, { onFault: () => undefined });
      expect(await again.length()).toBe(0);
      await again.close();
    });
  },
);
