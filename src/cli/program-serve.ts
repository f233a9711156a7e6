import type { Command } from 'commander';
import type { ServeOptions } from './commands/serve-command.ts';
import { amount, choosingJudge, collected, common, counting, keptIn, numberFrom0, port } from './options.ts';
import type { Actions, Finish } from './program.ts';
import { watching } from './watching-options.ts';

/** Adds `serve`. */
export function addServeCommand(program: Command, actions: Actions, finish: Finish): void {
  const serve = program.command('serve').argument('[path...]', 'chapter files or folders to begin with');
  watching(choosingJudge(common(serve, 'messages, and of pages and replies to clients that ask for none')))
    .description(
      'HTTP service and web page; any address but this machine demands a token: the one in ANSWER_GRADER_TOKEN or, on PostgreSQL, of a group',
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 takes a free one', port, 8787)
    .option('--allow-host <name>', 'a name that the service is reached by, as behind a proxy', collected)
    .option(
      '--trust-proxy',
      "take a client's address and TLS from the X-Forwarded headers of a proxy in front",
    )
    .option('--concurrency <number>', 'requests in flight at most', counting, 8)
    .option('--max-cost <dollars>', 'no run may spend more than this', amount)
    .option(
      '--model-requests-per-minute <number>',
      'no run may send its models more requests than this, over all workers',
      counting,
    )
    .option('--max-upload <megabytes>', 'largest document', amount, 10)
    .option('--requests-per-minute <number>', 'of one client; 0 for any number', numberFrom0, 600)
    .addOption(keptIn('grades, replies and documents'))
    .action(async (paths: string[], options: ServeOptions) => finish(await actions.serve(paths, options)));
}
