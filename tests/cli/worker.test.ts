import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { describePostgres } from '../helpers/postgres.ts';
import { createWorkspace } from '../helpers/run-cli.ts';

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
    taken.close();
  });
});
