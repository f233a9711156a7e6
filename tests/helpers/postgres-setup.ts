import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import type { TestProject } from 'vitest/node';
import { type Cluster, findPrograms, startCluster } from './postgres-cluster.ts';

/** How the tests of PostgreSQL come by a server. */
export interface PostgresSource {
  /** Where a server is; null where it is to be asked for. */
  address: string | null;
  /** A port of this machine that starts a server for the first who connects, and tells everybody its address. */
  port: number | null;
  /** The folder with PostgreSQL's programs; null where there is none. */
  programs: string | null;
  /** Why there is no server; null where there is one. */
  missing: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresSource;
  }
}

let cluster: Promise<Cluster> | null = null;
let giver: Server | null = null;

/** Tells each who connects where the server is, which only then is started: most runs need none. */
async function giveOnDemand(programs: string): Promise<number> {
  giver = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    cluster ??= startCluster(programs, tmpdir());
    void cluster
      .then(
        ({ address }) => ({ address }),
        (error: unknown) => ({ fault: String(error) }),
      )
      .then((told) => socket.end(JSON.stringify(told)));
  });
  giver.listen(0, '127.0.0.1').unref();
  await once(giver, 'listening');
  return (giver.address() as AddressInfo).port;
}

/** For vitest, before all files. */
export async function setup({ provide }: TestProject): Promise<void> {
  const address = process.env['TEST_DATABASE_URL'] || null;
  const programs = findPrograms();
  const port = address === null && programs !== null ? await giveOnDemand(programs) : null;
  const missing =
    address === null && port === null
      ? 'TEST_DATABASE_URL is not set and this machine has no PostgreSQL (apt-get install postgresql)'
      : null;
  if (missing !== null) process.stderr.write(`PostgreSQL: skipped, because ${missing}\n`);
  provide('postgres', { address, port, programs, missing });
}

/** For vitest, after all files. */
export async function teardown(): Promise<void> {
  giver?.close();
  const started = await cluster?.catch(() => null);
  started?.remove();
}
