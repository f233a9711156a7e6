import { type Command, Option } from 'commander';
import { port } from './options.ts';

/** What a process that runs for long tells of itself. */
export interface WatchingOptions {
  log: 'text' | 'json';
  metricsPort?: number;
  metricsHost: string;
}

/** Adds the options of {@link WatchingOptions} to a command that runs until a signal ends it. */
export function watching(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--log <form>',
        'text: sentences for a person; json: a line for each event, without names and answers',
      )
        .choices(['text', 'json'])
        .default('text'),
    )
    .option(
      '--metrics-port <number>',
      'port for /metrics, /healthz and /readyz, for the operator alone; 0 takes a free one (default: none)',
      port,
    )
    .option('--metrics-host <address>', 'address of that port; who reaches it may read', '127.0.0.1');
}
