import { type ChildProcess, fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BareSettings, LoopResult } from './bare-loop.ts';
import type { OurSettings } from './ours.ts';
import type { ServerCounts, ServerMessage, ServerSettings } from './server.ts';

const running = new Set<ChildProcess>();

/** Node's cache of compiled modules: an installed package has no types to strip either. */
const compileCache = join(tmpdir(), 'answer-grader-bench-compile-cache');

/** Starts a script of this folder; it ends with this process at the latest. */
function start(script: URL, settings: object): ChildProcess {
  const child = fork(script, [JSON.stringify(settings)], {
    execArgv: [],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', NODE_COMPILE_CACHE: compileCache },
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

/** The next thing a child says; rejects when it ends without a word. */
function messageFrom<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`a part of the bench ended with ${code ?? signal}`)),
    );
  });
}

/** Ends every process that is still running. */
export function stopChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

export interface BenchServer extends Disposable {
  baseUrl: string;
  counts(): Promise<ServerCounts>;
}

/** Starts a loopback model in a process of its own. */
export async function startServer(settings: ServerSettings): Promise<BenchServer> {
  const child = start(new URL('./server.ts', import.meta.url), settings);
  const message = await messageFrom<ServerMessage>(child);
  if (!('port' in message)) throw new Error('the loopback model did not say where it listens');
  return {
    baseUrl: `http://127.0.0.1:${message.port}/v1`,
    counts: async () => {
      const answered = messageFrom<ServerMessage>(child);
      child.send('counts');
      const said = await answered;
      if (!('counts' in said)) throw new Error('the loopback model did not say what it has seen');
      return said.counts;
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

/** Runs the bare loop in a process of its own. */
export function runBareLoop(settings: BareSettings): Promise<LoopResult> {
  return messageFrom(start(new URL('./bare-loop.ts', import.meta.url), settings));
}

/** Runs the grader in a process of its own. */
export function runOurs(settings: OurSettings): Promise<LoopResult> {
  return messageFrom(start(new URL('./ours.ts', import.meta.url), settings));
}
