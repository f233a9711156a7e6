import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

/** Where Debian's packages put the programs of each version. */
const debian = '/usr/lib/postgresql';

/** The folder with the programs of the newest PostgreSQL of this machine; null where there is none. */
export function findPrograms(): string | null {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const named = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...named];
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** PostgreSQL does not run as root: Debian's package brings a user for it. */
const asUser = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];

function run(program: string, ...options: string[]): void {
  const [command = '', ...rest] = [...asUser, program, ...options];
  // The server that is started holds what it inherits: a pipe would never end.
  const { status, error } = spawnSync(command, rest, { stdio: 'ignore', cwd: '/' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${options.join(' ')} ended with ${status}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** What is lost with the machine's power need not be safe here. */
const settings = (port: number) => `
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
max_connections = 200
fsync = off
full_page_writes = off
jit = off
`;

const password = 'throwaway';

/** A PostgreSQL server of its own, which a test may stop and start. */
export interface Cluster {
  /** Address of the database `postgres` as its administrator. */
  address: string;
  start(): void;
  /** @param how `immediate`: as after a power cut */
  stop(how?: 'fast' | 'immediate'): void;
  /** Stops it and takes its files away. */
  remove(): void;
}

/** The server that {@link startCluster} made in a folder. */
function clusterIn(folder: string, programs: string): Cluster {
  const [data, log] = [join(folder, 'data'), join(folder, 'log')];
  const control = (...options: string[]) => run(join(programs, 'pg_ctl'), '-D', data, ...options);
  const port = /^port = (\d+)$/mu.exec(readFileSync(join(data, 'postgresql.auto.conf'), 'utf8'))?.[1];
  return {
    address: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    start: () => control('-l', log, '-w', 'start'),
    stop: (how = 'fast') => control('-m', how, '-w', 'stop'),
    remove() {
      if (existsSync(join(data, 'postmaster.pid'))) control('-m', 'immediate', '-w', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Makes a server in a new folder and starts it.
 * @param programs folder with PostgreSQL's programs
 * @param parent folder to make the new one in, open to everybody
 */
export async function startCluster(programs: string, parent: string): Promise<Cluster & { folder: string }> {
  const folder = mkdtempSync(join(parent, 'answer-grader-postgres-'));
  const [data, passwordFile] = [join(folder, 'data'), join(folder, 'password')];
  writeFileSync(passwordFile, password);
  if (asUser.length > 0) spawnSync('chown', ['-R', 'postgres:', folder]);
  const auth = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  run(join(programs, 'initdb'), '-D', data, '-N', '--locale=C.UTF-8', '-E', 'UTF8', ...auth);
  writeFileSync(join(data, 'postgresql.auto.conf'), settings(await freePort()));
  const cluster = clusterIn(folder, programs);
  cluster.start();
  return { ...cluster, folder };
}

/**
 * For scripts: `start FOLDER` makes a server in a folder of that one and prints its address, its folder and its
 * version; `stop FOLDER` ends the server in a folder.
 */
async function main([command, folder = '']: string[]): Promise<void> {
  const programs = findPrograms();
  if (programs === null) throw new Error('there is no initdb on this machine');
  if (command === 'stop') return clusterIn(folder, programs).remove();
  const { address, folder: made } = await startCluster(programs, folder);
  const version = spawnSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout.trim();
  process.stdout.write(`${address} ${made} ${version}\n`);
}

if (import.meta.main) await main(process.argv.slice(2));
