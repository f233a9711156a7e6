import type { Command } from 'commander';
import type { WorkerOptions } from './commands/worker-command.ts';
import { choosingJudge, counting, sharedDatabase, speaking } from './options.ts';
import type { Actions, Finish } from './program.ts';
import { watching } from './watching-options.ts';

/** Adds `worker`. */
export function addWorkerCommand(program: Command, actions: Actions, finish: Finish): void {
  watching(choosingJudge(speaking(program.command('worker'), 'messages')))
    .description('grade what services on the same PostgreSQL database were asked to, beside other workers')
    .option('--concurrency <number>', 'requests in flight at most', counting, 8)
    .addOption(sharedDatabase())
    .action(async (options: WorkerOptions) => finish(await actions.worker(options)));
}
