import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { describePostgres } from '../helpers/postgres.ts';
import { createWorkspace } from '../helpers/run-cli.ts';

/** The only line of a log for machines; fails where there is another one. */
function onlyLine(log: string): unknown {
  return JSON.parse(log);
}

test('the log of a worker that cannot start says why, without a password', async () => {
  await using workspace = await createWorkspace();
  const { code, stderr } = await workspace.run(['worker', '--judge', 'offline', '--log', 'json'], {
    env: { DATABASE_URL: 'postgres://group:s3?cret@db.test/grades' },
  });
  expect(code).toBe(2);
  const message = expect.stringContaining('the address cannot be read');
  expect(onlyLine(stderr)).toMatchObject({ level: 'error', event: 'failed to start', message });
  expect(stderr).not.toMatch(/s3|cret/u);
});

describePostgres('answer-grader worker', ({ address }) => {
  test('ends where the port of its metrics is taken', async () => {
    await using workspace = await createWorkspace();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await workspace.run(
      ['worker', '--judge', 'offline', '--metrics-port', String(port)],
      { env: { DATABASE_URL: address() } },
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`port ${port} on 127.0.0.1 is already in use`);
    const logged = await workspace.run(
      ['worker', '--judge', 'offline', '--metrics-port', String(port), '--log', 'json'],
      { env: { DATABASE_URL: address() } },
    );
    expect([logged.code, onlyLine(logged.stderr)]).toEqual([
      2,
      expect.objectContaining({
        level: 'error',
        event: 'failed to start',
        message: expect.stringContaining(`port ${port} on 127.0.0.1 is already in use`),
      }),
    ]);
    taken.close();
  });
});
