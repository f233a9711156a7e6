import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../helpers/run-cli.ts';
import { atMost, type Figure, figure, median } from './figure.ts';

const rounds = 9;
const command = join(repository, 'dist/cli/bin.js');

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { cwd: repository, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

/** Milliseconds that Node takes from its start to its end. */
function timeNode(args: readonly string[]): number {
  const from = performance.now();
  run(process.execPath, args);
  return performance.now() - from;
}

/** (g) How long the command takes to start, beside Node alone. */
export function measureStartUp(): Figure[] {
  if (!existsSync(command)) run('npm', ['run', '-s', 'build']);
  const pairs = Array.from({ length: rounds }, () => ({
    ours: timeNode([command, '--version']),
    bare: timeNode(['-e', '0']),
  }));
  const times = {
    ours: median(pairs.map(({ ours }) => ours)),
    bare: median(pairs.map(({ bare }) => bare)),
  };
  return [figure('g', '--version, beside node -e 0', 'ms', { ...times, target: atMost(2.5, 'ratio') })];
}
